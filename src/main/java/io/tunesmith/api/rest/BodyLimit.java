package io.tunesmith.api.rest;

import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.Utf8;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
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

    /**
     * A request's body.
     *
     * @param most bytes that its reader takes; the request's own limit may be lower
     * @throws io.tunesmith.core.FailureException {@code TOO_LARGE}, or {@code INVALID_REQUEST} for a body that broke off
     */
    public static byte[] read(InputStream body, int most) {
        int limit = Math.min(most, current());
        try {
            byte[] bytes = body.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw Failure.BadRequest.of(FailureCode.TOO_LARGE, "body", "the body is too large").allowed("at most " + limit + " bytes").asException();
            }
            return bytes;
        } catch (IOException e) {
            // The client went away, or sent less than it announced, or did not frame it as HTTP does.
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "body", "the body broke off").asException();
        }
    }

    /** What was read, as text. */
    public static String text(byte[] body) {
        return Utf8.unmarked(body).orElseThrow(() -> Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "body", "the body is not UTF-8").allowed("JSON in UTF-8").asException());
    }
}
