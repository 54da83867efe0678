package io.tunesmith.budget;

import java.time.Duration;
import java.time.Instant;

/**
 * The one meter of a run's time. Part of the time is kept for what follows the search (re-runs on fresh seeds, refit, test, report), so that the
 * whole ends inside the budget. Immutable; time is passed in.
 *
 * @param accepted when the run was accepted: seconds count from here
 */
public record Meter(Budget budget, Instant accepted) {
    /** Share of the seconds that is kept for re-runs, refit, test and report: at most 35 %. */
    static final double KEPT = 0.35;
    /** Share of the seconds by which the re-runs must have ended. */
    private static final double RERUNS_END = 0.8;

    /** When the search must end. */
    public Instant searchUntil() {
        return accepted.plus(seconds((1 - KEPT) * total()));
    }

    /** When the re-runs must end, so that refit, test and report still fit. */
    public Instant rerunsUntil() {
        return accepted.plus(seconds(RERUNS_END * total()));
    }

    /** When the budget is over. */
    public Instant until() {
        return accepted.plus(seconds(total()));
    }

    /** Time left until {@code end}, never negative. */
    public static Duration left(Instant end, Instant now) {
        return now.isBefore(end) ? Duration.between(now, end) : Duration.ZERO;
    }

    private double total() {
        return budget.seconds().orElseThrow();
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
