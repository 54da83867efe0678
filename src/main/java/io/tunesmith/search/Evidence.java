package io.tunesmith.search;

import io.tunesmith.space.Assignment;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One past or pending trial as a sampler sees it.
 *
 * @param number the trial's number; evidence is handed over in this order
 * @param loss finite, smaller is better; present for COMPLETE, and for PRUNED the last reported one
 * @param curve step → loss as reported, may be empty
 */
public record Evidence(int number, Assignment assignment, Outcome outcome, Optional<Double> loss, SortedMap<Long, Double> curve) {
    public Evidence {
        if (outcome == Outcome.COMPLETE && loss.isEmpty() || loss.filter(value -> !Double.isFinite(value)).isPresent()) {
            throw new IllegalArgumentException("trial " + number + " is " + outcome + " with loss " + loss + "; a completed one needs a finite loss");
        }
        curve = Collections.unmodifiableSortedMap(new TreeMap<>(curve));
    }

    /** The same under another number. */
    public Evidence numbered(int other) {
        return new Evidence(other, assignment, outcome, loss, curve);
    }

    public enum Outcome {
        /** Asked for, not ended. */
        PENDING,
        COMPLETE,
        /** Stopped early: worse than what was running beside it. */
        PRUNED,
        /** This configuration cannot work (memory, not-a-number). */
        INFEASIBLE,
        /** Ended for a reason that says nothing about the configuration. */
        FAILED
    }
}
