package io.tunesmith.contract;

/**
 * What the process may use.
 *
 * @param gpus whole GPUs, 0 or more
 * @param memoryBytes heap and native memory together, positive
 * @param wallSeconds wall-clock limit, positive; past it the attempt ends as TIME_LIMIT
 * @param threads CPU threads, at least 1; part of the spec because another count gives another model
 */
public record Resources(int gpus, long memoryBytes, double wallSeconds, int threads) {
    public Resources {
        if (gpus < 0 || memoryBytes <= 0 || !(wallSeconds > 0) || threads < 1) {
            throw new IllegalArgumentException("resources out of range: " + gpus + " GPUs, " + memoryBytes + " bytes, " + wallSeconds + " s, " + threads + " threads");
        }
    }
}
