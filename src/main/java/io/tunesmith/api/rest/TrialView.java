package io.tunesmith.api.rest;

import io.tunesmith.run.TrialStore.TimedTrial;
import io.tunesmith.study.TrialState;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One trial.
 *
 * @param state proposed, queued, running, succeeded, pruned, infeasible, failed or cancelled
 * @param score final for a trial that succeeded, the last one for a pruned one
 * @param seconds from its proposal to its end
 * @param end why it did not succeed
 * @param config name → number, string or boolean
 * @param curve step → score
 * @param waits why it is in no process yet; absent if it is, or was
 */
public record TrialView(int number, String state, Optional<Double> score, Optional<Double> seconds, Optional<String> end, Map<String, Object> config, String sampler, String why, SortedMap<Long, Double> curve, Instant proposed, Optional<Instant> ended, Optional<String> waits) {

    static TrialView of(TimedTrial timed, Optional<String> waits) {
        TrialState state = timed.trial().state();
        boolean ended = !timed.ended().equals(timed.proposed());
        return new TrialView(timed.trial().number(), state.getClass().getSimpleName().toLowerCase(Locale.ROOT), score(state),
                ended ? Optional.of(Duration.between(timed.proposed(), timed.ended()).toMillis() / 1000.0) : Optional.empty(), end(state),
                timed.trial().proposal().assignment().values(), timed.trial().proposal().sampler(), timed.trial().proposal().why(),
                timed.trial().curve(), timed.proposed(), ended ? Optional.of(timed.ended()) : Optional.empty(), waits);
    }

    boolean open() {
        return state.equals("proposed") || state.equals("queued") || state.equals("running");
    }

    TrialView waiting(Optional<String> why) {
        return new TrialView(number, state, score, seconds, end, config, sampler, this.why, curve, proposed, ended, why);
    }

    private static Optional<Double> score(TrialState state) {
        return switch (state) {
            case TrialState.Succeeded done -> Optional.of(done.score());
            case TrialState.Pruned pruned -> Optional.of(pruned.score());
            case TrialState.Proposed _, TrialState.Queued _, TrialState.Running _, TrialState.Infeasible _, TrialState.Failed _, TrialState.Cancelled _ -> Optional.empty();
        };
    }

    private static Optional<String> end(TrialState state) {
        return switch (state) {
            case TrialState.Pruned pruned -> Optional.of(pruned.why());
            case TrialState.Infeasible infeasible -> Optional.of(infeasible.reason().name().toLowerCase(Locale.ROOT) + ": " + infeasible.detail());
            case TrialState.Failed failed -> Optional.of(failed.code() + ": " + failed.message());
            case TrialState.Proposed _, TrialState.Queued _, TrialState.Running _, TrialState.Succeeded _, TrialState.Cancelled _ -> Optional.empty();
        };
    }
}
