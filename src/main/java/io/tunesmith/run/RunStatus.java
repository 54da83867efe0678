package io.tunesmith.run;

import java.util.Locale;

/** Where a run stands. The last four are terminal and never change. */
public enum RunStatus {
    QUEUED,
    PLANNING,
    /** A question is open; nothing is spent until it is answered. */
    WAITING_INPUT,
    RUNNING,
    /** No new trial begins; those under way end first. */
    PAUSING,
    PAUSED,
    CANCELLING,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    BUDGET_EXHAUSTED;

    public boolean terminal() {
        return compareTo(SUCCEEDED) >= 0;
    }

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
