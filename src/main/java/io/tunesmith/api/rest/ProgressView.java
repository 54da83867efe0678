package io.tunesmith.api.rest;

import io.tunesmith.core.Direction;
import io.tunesmith.run.TrialStore.TimedTrial;
import io.tunesmith.study.TrialState;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How far a run is.
 *
 * @param trials trials that have ended
 * @param running trials under way
 * @param best the best score of a trial that succeeded
 * @param seconds wall clock since acceptance
 */
public record ProgressView(int trials, int running, Optional<Double> best, double seconds) {

    static ProgressView of(List<TimedTrial> trials, Optional<Direction> direction, double seconds) {
        int running = (int) trials.stream().filter(timed -> timed.trial().state() instanceof TrialState.Running).count();
        int open = (int) trials.stream().filter(timed -> timed.trial().state() instanceof TrialState.Proposed || timed.trial().state() instanceof TrialState.Queued).count();
        Optional<Double> best = direction.flatMap(way -> trials.stream()
                .flatMap(timed -> timed.trial().state() instanceof TrialState.Succeeded done ? Optional.of(done.score()).stream() : Optional.<Double>empty().stream())
                .min(Comparator.comparingDouble(way::loss)));
        return new ProgressView(trials.size() - running - open, running, best, seconds);
    }
}
