package io.tunesmith.budget;

/** What something has cost, or may cost: trials, wall-clock seconds, GPU seconds, tokens, US dollars. */
public record Cost(long trials, double seconds, double gpuSeconds, long tokens, double moneyUsd) {
    public static final Cost NOTHING = new Cost(0, 0, 0, 0, 0);
}
