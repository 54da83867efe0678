package io.tunesmith.contract;

/** Exit codes of an attempt's process. */
public final class ExitCodes {
    public static final int OK = 0;
    /** Ended with a {@code failed} event. */
    public static final int FAILED = 1;
    /** The claim was refused or the incarnation is fenced. */
    public static final int REFUSED = 75;
    /** TERM: checkpointed and ended; read as cancelled when we sent it. */
    public static final int TERMINATED = 143;

    private ExitCodes() {}
}
