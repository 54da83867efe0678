package io.tunesmith.api;

import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Vertx;
import java.util.Optional;

/**
 * What the gate noted about the request under way.
 *
 * @param id on every answer as {@code x-request-id}, and in the log beside every defect
 * @param form of its errors
 */
public record Exchange(String id, ErrorForm form) {
    public static final String HEADER = "x-request-id";
    private static final String KEY = "tunesmith.exchange";

    /** Notes it on the request's own context; called once, by the gate. */
    public void enter() {
        ContextLocals.put(KEY, this);
    }

    /** Empty where no request is under way. */
    public static Optional<Exchange> current() {
        return Optional.ofNullable(Vertx.currentContext()).filter(VertxContext::isDuplicatedContext).flatMap(_ -> ContextLocals.<Exchange>get(KEY));
    }
}
