package io.tunesmith.batch;

import java.util.Locale;

/** Where a batch stands. The last four are terminal and never change. */
public enum BatchStatus {
    /** Its file is checked; nothing has begun. */
    VALIDATING,
    IN_PROGRESS,
    /** Every line has ended, or time is up; the output is written. */
    FINALIZING,
    /** No line begins any more; runs under way are ended. */
    CANCELLING,
    /** The file was refused as a whole. */
    FAILED,
    COMPLETED,
    EXPIRED,
    CANCELLED;

    public boolean terminal() {
        return compareTo(FAILED) >= 0;
    }

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
