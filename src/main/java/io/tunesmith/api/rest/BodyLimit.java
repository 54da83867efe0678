package io.tunesmith.api.rest;

import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.vertx.core.Vertx;
import java.util.Optional;

/**
 * How large a JSON body may be, whatever the door.
 *
 * @param bytes 1,024 to {@value WireJson#MAX_BODY_BYTES}: more is never held in memory
 */
public record BodyLimit(int bytes) {
    private static final String HERE = "tunesmith.body";
    private static final int LEAST = 1024;

    public BodyLimit {
        if (bytes < LEAST || bytes > WireJson.MAX_BODY_BYTES) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "tunesmith.limits.json-bytes", "a JSON body cannot be limited to " + bytes + " bytes")
                    .allowed(LEAST + " to " + WireJson.MAX_BODY_BYTES).asException();
        }
    }

    /** Holds for the request of this context; a body that does not say its length is counted as it is read. */
    void enter() {
        ContextLocals.put(HERE, bytes);
    }

    /** Of the current request, or what is never passed. */
    public static int current() {
        return Optional.ofNullable(Vertx.currentContext()).filter(VertxContext::isDuplicatedContext).flatMap(_ -> ContextLocals.<Integer>get(HERE)).orElse(WireJson.MAX_BODY_BYTES);
    }
}
