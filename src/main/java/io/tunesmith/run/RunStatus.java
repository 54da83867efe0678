package io.tunesmith.run;

import java.util.Locale;

/** Where a run stands. The last four are terminal and never change. */
public enum RunStatus {
    QUEUED,
    PLANNING,
    /** A question is open; nothing is done and no time counts until it is answered. */
    WAITING_INPUT,
    RUNNING,
    /** No new trial begins; those under way end first. */
    PAUSING,
    /** Nothing is done and no time counts until it is resumed. */
    PAUSED,
    CANCELLING,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    BUDGET_EXHAUSTED;

    public boolean terminal() {
        return compareTo(SUCCEEDED) >= 0;
    }

    /** Whether new work may begin for it: nobody asked for its end or a pause, and it waits for nobody. */
    public boolean goesOn() {
        return this == QUEUED || this == PLANNING || this == RUNNING;
    }

    /** Whether the service has something to do for it: one that waits for an answer, or is paused, costs nothing. */
    public boolean works() {
        return !terminal() && this != WAITING_INPUT && this != PAUSED;
    }

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
