package io.tunesmith.batch;

import java.time.Duration;

/**
 * How batches are worked through.
 *
 * @param linesAtOnce of one batch, 1 to 1000
 * @param openEach batches of one owner that have not ended, at least 1; more are refused
 * @param cap where a batch states none
 * @param expiry after how long a batch ends as it is
 * @param patience how long runs are waited for that were asked to end
 */
public record BatchSettings(int linesAtOnce, int openEach, BatchCap cap, Duration expiry, Duration patience, BatchFile.Limits limits) {
    public static final Duration EXPIRY = Duration.ofHours(24);
    public static final Duration PATIENCE = Duration.ofMinutes(10);
}
