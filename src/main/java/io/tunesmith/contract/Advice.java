package io.tunesmith.contract;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.util.Locale;
import java.util.Optional;

/**
 * What a person needs to know beside the message of a failure: the same as in the errors of every door.
 *
 * @param code a {@link FailureCode} on the wire
 */
public record Advice(String code, Optional<String> field, Optional<String> allowed, Optional<String> hint) {

    public static Advice of(Failure.BadRequest failure) {
        return new Advice(failure.code().wire(), failure.field(), failure.allowed(), failure.hint());
    }

    /** The failure with this advice; a code that this side does not know is {@code DATA_UNUSABLE}: advice comes with failures of data. */
    public Failure.BadRequest failure(String message) {
        FailureCode known = FailureCode.DATA_UNUSABLE;
        for (FailureCode candidate : FailureCode.values()) {
            known = candidate.wire().equals(code.toLowerCase(Locale.ROOT)) ? candidate : known;
        }
        return new Failure.BadRequest(known, field, message, allowed, hint);
    }
}
