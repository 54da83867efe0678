package io.tunesmith.dispatch;

/** What became of an end that was handed in for recording. */
public enum Recording {
    /** It is the one. */
    RECORDED,
    /** The same was recorded before: answered as the first time. */
    SAME_AGAIN,
    /** Another end was recorded before; this one is not. */
    CONFLICT,
    /** It comes from a process that is not, or no longer, the one that works on the attempt. */
    FENCED
}
