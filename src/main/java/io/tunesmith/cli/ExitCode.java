package io.tunesmith.cli;

import io.tunesmith.core.FailureCode;

/**
 * Exit codes of the program: one meaning each, in scripts as in tests. A file that is not there is {@link #NOT_FOUND}; one that is there and holds no
 * usable table is {@link #DATA}.
 */
public final class ExitCode {
    public static final int OK = 0;
    public static final int RUN_FAILED = 1;
    public static final int USAGE = 2;
    public static final int NOT_FOUND = 3;
    public static final int AUTH = 4;
    public static final int UNREACHABLE = 5;
    public static final int BUDGET = 6;
    public static final int REFUSED = 7;
    public static final int DATA = 8;
    /** The service lost the lead to another one: started again, it follows. */
    public static final int LEAD_LOST = 75;
    public static final int INTERRUPTED = 130;

    private ExitCode() {}

    public static int of(FailureCode code) {
        return switch (code) {
            case INVALID_REQUEST, CONTRADICTION, TARGET_MISSING -> USAGE;
            case RUN_NOT_FOUND, NOT_FOUND, MODEL_NOT_FOUND -> NOT_FOUND;
            case INVALID_API_KEY, FORBIDDEN -> AUTH;
            case SERVER_UNREACHABLE, NOT_LEADER, STORE_UNAVAILABLE -> UNREACHABLE;
            case BUDGET_EXHAUSTED -> BUDGET;
            case UNSUPPORTED, TOO_FEW_TRIALS, REFUSED, REF_NOT_ALLOWED, TOO_LARGE, ENVIRONMENT, RUN_CONFLICT, IDEMPOTENCY_CONFLICT, RATE_LIMITED -> REFUSED;
            case DATA_UNREADABLE, DATA_UNUSABLE -> DATA;
            case TRAINING_FAILED, INTERNAL -> RUN_FAILED;
        };
    }
}
