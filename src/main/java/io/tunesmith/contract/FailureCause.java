package io.tunesmith.contract;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a process ended without a result, as it says itself. */
public enum FailureCause {
    /** The configuration needs more memory than it may use: infeasible. */
    MEMORY,
    /** A score is not a number or infinite: infeasible. */
    NOT_FINITE,
    /** The input data cannot be used; the message is for the user. */
    DATA,
    /** The input is not what its digest says. */
    CORRUPT_INPUT,
    /** No space left on the device. */
    DISK_FULL,
    /** TERM was received. */
    CANCELLED,
    /** Anything else; the log has more. */
    ERROR;

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
