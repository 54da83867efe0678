package io.tunesmith.run;

import io.tunesmith.core.Metric;
import io.tunesmith.study.Trial;
import io.tunesmith.study.TrialState;
import java.util.Locale;
import java.util.Optional;

/** What a trial's state is called on the wire and in a line for people. */
final class TrialText {
    private TrialText() {}

    /** finished, pruned, infeasible, failed, cancelled, running or queued. */
    static String state(TrialState state) {
        return switch (state) {
            case TrialState.Proposed _, TrialState.Queued _ -> "queued";
            case TrialState.Running _ -> "running";
            case TrialState.Succeeded _ -> "finished";
            case TrialState.Pruned _ -> "pruned";
            case TrialState.Infeasible _ -> "infeasible";
            case TrialState.Failed _ -> "failed";
            case TrialState.Cancelled _ -> "cancelled";
        };
    }

    static Optional<Double> score(TrialState state) {
        return switch (state) {
            case TrialState.Succeeded succeeded -> Optional.of(succeeded.score());
            case TrialState.Pruned pruned -> Optional.of(pruned.score());
            case TrialState.Proposed _, TrialState.Queued _, TrialState.Running _, TrialState.Infeasible _, TrialState.Failed _, TrialState.Cancelled _ -> Optional.empty();
        };
    }

    /** Why a trial that did not finish ended. */
    static Optional<String> end(TrialState state) {
        return switch (state) {
            case TrialState.Pruned pruned -> Optional.of(pruned.why());
            case TrialState.Infeasible infeasible -> Optional.of(infeasible.reason().name().toLowerCase(Locale.ROOT) + ": " + infeasible.detail());
            case TrialState.Failed failed -> Optional.of(failed.message());
            case TrialState.Proposed _, TrialState.Queued _, TrialState.Running _, TrialState.Succeeded _, TrialState.Cancelled _ -> Optional.empty();
        };
    }

    static String line(Trial trial, Metric metric) {
        String score = score(trial.state()).map(value -> String.format(Locale.ROOT, " %s %.4f", metric.wire(), value)).orElse("");
        return "trial " + trial.number() + " " + state(trial.state()) + score + end(trial.state()).map(why -> " (" + why + ")").orElse("");
    }

    static Object[] values(Trial trial) {
        return score(trial.state()).isPresent()
                ? new Object[] {"number", trial.number(), "state", state(trial.state()), "score", score(trial.state()).orElseThrow()}
                : new Object[] {"number", trial.number(), "state", state(trial.state())};
    }
}
