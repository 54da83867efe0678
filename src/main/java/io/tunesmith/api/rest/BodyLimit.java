package io.tunesmith.api.rest;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;

/**
 * How large a JSON body may be, whatever the door.
 *
 * @param bytes 1,024 to {@value WireJson#MAX_BODY_BYTES}: more is never held in memory
 */
public record BodyLimit(int bytes) {
    private static final int LEAST = 1024;

    public BodyLimit {
        if (bytes < LEAST || bytes > WireJson.MAX_BODY_BYTES) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "tunesmith.limits.json-bytes", "a JSON body cannot be limited to " + bytes + " bytes")
                    .allowed(LEAST + " to " + WireJson.MAX_BODY_BYTES).asException();
        }
    }
}
