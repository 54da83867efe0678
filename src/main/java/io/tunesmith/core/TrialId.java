package io.tunesmith.core;

/** Names one trial: its run and its number from 0. */
public record TrialId(RunId run, int number) {
    public TrialId {
        if (number < 0) {
            throw new IllegalArgumentException("trial number " + number + " is negative");
        }
    }

    @Override
    public String toString() {
        return run + "/" + number;
    }
}
