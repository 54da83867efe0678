package io.tunesmith.study;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Where a trial is. Scores are in the study's own direction, always finite: what is not a number is {@link Infeasible}. */
public sealed interface TrialState {

    /** Whether it has ended; an ended trial never changes. */
    default boolean terminal() {
        return switch (this) {
            case Proposed() -> false;
            case Queued() -> false;
            case Running() -> false;
            case Succeeded ignored -> true;
            case Pruned ignored -> true;
            case Infeasible ignored -> true;
            case Failed ignored -> true;
            case Cancelled() -> true;
        };
    }

    /** The configuration is chosen; nothing runs. */
    record Proposed() implements TrialState {}

    /** Handed over for training; waits for a place. */
    record Queued() implements TrialState {}

    record Running() implements TrialState {}

    /** @param facts other finite measurements by name, for example seconds */
    record Succeeded(double score, Map<String, Double> facts) implements TrialState {
        public Succeeded {
            finite(score);
            facts.values().forEach(TrialState::finite);
            facts = Collections.unmodifiableMap(new TreeMap<>(facts));
        }
    }

    /** Stopped early at {@code step}, where its score was this. */
    record Pruned(long step, double score, String why) implements TrialState {
        public Pruned {
            finite(score);
        }
    }

    /** The configuration cannot work, and would not on another try. */
    record Infeasible(Reason reason, String detail) implements TrialState {
        /** Why it cannot. */
        public enum Reason {
            /** More memory than it may use. */
            MEMORY,
            /** The score is not a number or infinite. */
            NOT_FINITE,
            /** Longer than one trial may take. */
            TIME,
            /** A rule that the configuration breaks was known only at its start. */
            CONSTRAINT
        }
    }

    /** Ended for a reason that says nothing about the configuration; {@code code} is for programs, {@code message} for people. */
    record Failed(String code, String message) implements TrialState {}

    record Cancelled() implements TrialState {}

    private static void finite(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(value + " is no score; a trial without a finite score is infeasible");
        }
    }
}
