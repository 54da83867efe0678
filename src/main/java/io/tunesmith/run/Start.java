package io.tunesmith.run;

/** When a run begins to spend. */
public enum Start {
    /** At once; what the request leaves open is assumed, and said. */
    NOW,
    /** Questions are asked first, and above the price that starts by itself a "yes" is asked for. */
    ASK,
    /** Never by itself: it is planned, its questions are asked, and then it waits for a "yes". What the other doors call a plan. */
    HOLD
}
