package io.tunesmith.api.openai;

import io.tunesmith.api.rest.Problem;
import io.tunesmith.batch.BatchEndpoint;
import io.tunesmith.batch.LineAnswer;
import io.tunesmith.batch.LineRunner;
import io.tunesmith.batch.Spend;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.RunId;
import io.tunesmith.data.DatasetRef;
import io.tunesmith.run.Caller;
import io.tunesmith.run.DatasetService;
import io.tunesmith.run.Run;
import io.tunesmith.run.RunRequest;
import io.tunesmith.run.RunService;
import io.tunesmith.run.RunStatus;
import io.tunesmith.run.Runs;
import io.tunesmith.run.Start;
import io.tunesmith.task.Overrides;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Does lines of batches as conversations: each is a request that starts one run at once and is answered when the run has ended. Thread-safe. */
@Singleton
public final class ConversationLines implements LineRunner {
    private static final Logger LOG = Logger.getLogger(ConversationLines.class);
    private final RunService runs;
    private final DatasetService datasets;

    public ConversationLines(RunService runs, DatasetService datasets) {
        this.runs = runs;
        this.datasets = datasets;
    }

    @Override
    public Spend read(BatchEndpoint endpoint, String body) {
        return LineRequest.read(endpoint, body).spend();
    }

    @Override
    public Optional<LineAnswer> begin(Work work, Caller caller) {
        try {
            LineRequest request = LineRequest.read(work.endpoint(), work.body());
            DatasetRef data = datasets.as(caller).resolve(request.data());
            Overrides stated = request.stated();
            Overrides granted = new Overrides(stated.target(), stated.metric(), work.granted().trials(), Optional.of(work.granted().seconds()), stated.seed());
            runs.as(caller).start(work.run(), new RunRequest(request.prompt(), data.id(), granted, Start.NOW, Optional.empty()));
            return Optional.empty();
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.Transient || e.failure() instanceof Failure.NoCapacity) {
                throw e;
            }
            return Optional.of(LineReply.refused(e.failure(), Problem.of(e.failure()).status(), Optional.empty()));
        } catch (RuntimeException e) {
            LOG.errorf(e, "the run %s of a batch cannot be begun", work.run());
            Failure ours = new Failure.Defect("a defect of Tunesmith; the service's log has it under " + work.run());
            return Optional.of(LineReply.refused(ours, 500, Optional.empty()));
        }
    }

    @Override
    public Progress look(Work work, Caller caller) {
        Runs mine = runs.as(caller);
        Optional<Run> found = mine.find(work.run());
        if (found.isEmpty()) {
            return new Progress.Absent();
        }
        Run run = found.get();
        if (!run.status().terminal()) {
            return new Progress.UnderWay();
        }
        LineReply reply = new LineReply(work.endpoint(), run, mine.artifacts(run.id()));
        Spend spent = new Spend(run.worked().toMillis() / 1000.0, Optional.of((long) mine.trials(run.id()).size()));
        return new Progress.Ended(reply.answer(), run.status() == RunStatus.CANCELLED, spent);
    }

    @Override
    public void cancel(RunId run, Caller caller) {
        Runs mine = runs.as(caller);
        if (mine.find(run).isPresent()) {
            mine.cancel(run);
        }
    }
}
