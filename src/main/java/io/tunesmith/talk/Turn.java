package io.tunesmith.talk;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.RunId;
import io.tunesmith.run.Caller;
import io.tunesmith.run.Datasets;
import io.tunesmith.run.Question;
import io.tunesmith.run.Run;
import io.tunesmith.run.RunQuery;
import io.tunesmith.run.RunStatus;
import io.tunesmith.run.Runs;
import io.tunesmith.run.Scope;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One message and what it asks for.
 *
 * @param run the one that is meant: named in the message, else by the assistant before, else the newest that has not ended, else the newest; empty: there is none
 * @param open what that run waits for, if the conversation is about it
 */
public record Turn(Conversation conversation, Stated stated, Mode mode, Intent intent, Optional<Run> run, Optional<Question> open) {
    private static final Set<RunStatus> UNFINISHED = EnumSet.allOf(RunStatus.class).stream().filter(status -> !status.terminal()).collect(Collectors.toSet());
    private static final int LONGEST_REQUEST = 100_000;

    /** Reads the last message. A run that it names and that is not the caller's is {@code RUN_NOT_FOUND}. */
    public static Turn read(Conversation conversation, Stated stated, Mode mode, Runs runs) {
        if (Chore.of(conversation).isPresent()) {
            return new Turn(conversation, stated, mode, IntentReader.read(conversation, Optional.empty()), Optional.empty(), Optional.empty());
        }
        if (stated.data().isPresent()) {
            return new Turn(conversation, stated, mode, new Intent.NewRequest(conversation.asked().strip(), stated.data().get()), Optional.empty(), Optional.empty());
        }
        Optional<Run> named = References.run(Unquoted.of(conversation.asked())).map(id -> runs.find(id).orElseThrow(() -> unknown(id)));
        Optional<Run> told = named.or(() -> References.runs(conversation).stream().flatMap(id -> runs.find(id).stream()).findFirst());
        Optional<Question> open = told.filter(run -> run.status() == RunStatus.WAITING_INPUT).flatMap(run -> runs.question(run.id()));
        Intent intent = IntentReader.read(conversation, open);
        return new Turn(conversation, stated, mode, intent, told.or(() -> newest(intent, runs)), open);
    }

    /** What only a wider scope or another mode may do is refused here, before anything is begun. */
    public void check(Caller caller) {
        if (intent.acts() && mode != Mode.ASK) {
            caller.needs(Scope.RUN);
        }
        if (intent instanceof Intent.NewRequest request && request.text().length() > LONGEST_REQUEST) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "messages", "the request has " + request.text().length() + " characters").allowed("1 to " + LONGEST_REQUEST).asException();
        }
    }

    /** Does what is asked for; takes as long as the data's transfer. */
    public Said act(Sender sender, Runs runs, Datasets datasets, Once once, String url) {
        return new Acting(this, sender, runs, datasets, once, new Wording(url)).said();
    }

    private static Optional<Run> newest(Intent intent, Runs runs) {
        return switch (intent) {
            case Intent.Background _, Intent.NewRequest _, Intent.NeedsData _, Intent.NeedsGoal _, Intent.ListRuns _, Intent.Help _, Intent.Unclear _ -> Optional.empty();
            case Intent.Answer _, Intent.Status _, Intent.Why _, Intent.WhyChosen _, Intent.Cancel _, Intent.Pause _, Intent.Resume _, Intent.Extend _, Intent.Result _ ->
                    runs.list(new RunQuery(UNFINISHED, Optional.empty(), Optional.empty(), 1)).stream().findFirst().or(() -> runs.list(RunQuery.newest(1)).stream().findFirst());
        };
    }

    private static RuntimeException unknown(RunId id) {
        return Failure.BadRequest.of(FailureCode.RUN_NOT_FOUND, "messages", "there is no run " + id).hint("\"list my runs\" shows yours").asException();
    }
}
