package io.tunesmith.api.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tunesmith.api.Access;
import io.tunesmith.api.rest.WireJson;
import io.tunesmith.batch.BatchEndpoint;
import io.tunesmith.batch.LineAnswer;
import io.tunesmith.batch.LineRunner;
import io.tunesmith.batch.Spend;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.RunId;
import io.tunesmith.run.Caller;
import io.tunesmith.run.Run;
import io.tunesmith.run.RunStatus;
import io.tunesmith.run.Runs;
import io.tunesmith.talk.Said;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Does lines of batches as the doors do the same bodies: it is read, understood and answered as a message of a conversation, and waited for until its run has
 * ended, or asks something, which is its answer then. A run that comes to no model is an error, since nobody reads the words. Thread-safe.
 */
@Singleton
public final class ConversationLines implements LineRunner {
    private static final Logger LOG = Logger.getLogger(ConversationLines.class);
    private final Access access;
    private final ChatService chat;
    private final ResponseService responses;
    private final Clock clock;

    ConversationLines(Access access, ChatService chat, ResponseService responses, Clock clock) {
        this.access = access;
        this.chat = chat;
        this.responses = responses;
        this.clock = clock;
    }

    /** What a body may spend, at most; one that the endpoint would refuse is refused. */
    public static Spend most(BatchEndpoint endpoint, String body) {
        return LineBody.read(endpoint, body, _ -> List.of()).most();
    }

    @Override
    public Spend read(BatchEndpoint endpoint, String body) {
        return most(endpoint, body);
    }

    @Override
    public Optional<LineAnswer> begin(Work work, Caller caller) {
        try {
            LineBody body = body(work, caller);
            Said said = chat.work(body.granted(work.granted()), work.run(), caller);
            Optional<ResponseRecord> kept = body.response().map(response -> responses.keep(ResponseRecord.of(tail(work.run()), clock.instant(), response).saying(said), caller));
            return said.after().isPresent() ? Optional.empty() : Optional.of(LineReply.of(kept.map(record -> responses.state(record, caller).json()).orElseGet(() -> completion(work, body, said, caller))));
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.Transient || e.failure() instanceof Failure.NoCapacity) {
                throw e;
            }
            return Optional.of(LineReply.refused(e.failure(), Optional.empty()));
        } catch (RuntimeException e) {
            LOG.errorf(e, "the line of the run %s of a batch cannot be begun", work.run());
            return Optional.of(LineReply.refused(new Failure.Defect("a defect of Tunesmith; the service's log has it under " + work.run()), Optional.empty()));
        }
    }

    @Override
    public Progress look(Work work, Caller caller) {
        Runs mine = access.runs(caller);
        Optional<Run> found = mine.find(work.run());
        if (found.isEmpty()) {
            return new Progress.Absent();
        }
        Run run = found.get();
        if (!run.status().terminal() && run.status() != RunStatus.WAITING_INPUT) {
            return new Progress.UnderWay();
        }
        Spend spent = new Spend(run.worked().toMillis() / 1000.0, Optional.of((long) mine.trials(run.id()).size()));
        return new Progress.Ended(answer(work, run, mine, caller), run.status() == RunStatus.CANCELLED, spent);
    }

    private LineAnswer answer(Work work, Run run, Runs mine, Caller caller) {
        if (run.status().terminal() && run.status() != RunStatus.SUCCEEDED) {
            Failure why = run.failure().orElseGet(() -> Failure.BadRequest.of(FailureCode.RUN_CONFLICT, "run", "the run was cancelled"));
            return LineReply.refused(why, Optional.of(run.id()));
        }
        Said said = chat.started(run);
        ObjectNode told = work.endpoint() == BatchEndpoint.RESPONSES ? responses.state(record(work, run, said, caller), caller).json() : completion(work, body(work, caller), said, caller);
        return run.status() == RunStatus.SUCCEEDED ? LineReply.of(told, mine.artifacts(run.id())) : LineReply.of(told);
    }

    /** Where the service was killed after it had made the run, what is said of it is kept now. */
    private ResponseRecord record(Work work, Run run, Said said, Caller caller) {
        return responses.kept(ResponseRecord.PREFIX + tail(run.id()), caller)
                .orElseGet(() -> responses.keep(ResponseRecord.of(tail(run.id()), run.accepted(), body(work, caller).response().orElseThrow()).saying(said), caller));
    }

    private ObjectNode completion(Work work, LineBody body, Said said, Caller caller) {
        return WireJson.MAPPER.valueToTree(chat.reply(body.chat(), said, caller, "chatcmpl-" + tail(work.run()), clock.instant()).completion());
    }

    private LineBody body(Work work, Caller caller) {
        return LineBody.read(work.endpoint(), work.body(), id -> responses.conversation(id, caller));
    }

    private static String tail(RunId run) {
        return run.value().substring(RunId.PREFIX.length());
    }

    @Override
    public void cancel(RunId run, Caller caller) {
        Runs mine = access.runs(caller);
        if (mine.find(run).isPresent()) {
            mine.cancel(run);
        }
    }
}
