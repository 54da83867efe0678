package io.tunesmith.core;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** Why something was not done, sealed by what the caller does next. A value; {@link FailureException} carries it. */
public sealed interface Failure {

    FailureCode code();

    /** One sentence for a person: what is wrong, with the value. Never a stack trace, never a secret. */
    String message();

    /** Tell the user: the request or its data must change. {@code field} names what, {@code allowed} says what would pass, {@code hint} what to do. */
    record BadRequest(FailureCode code, Optional<String> field, String message, Optional<String> allowed, Optional<String> hint) implements Failure {
        public BadRequest {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(message, "message");
        }

        public static BadRequest of(FailureCode code, String field, String message) {
            return new BadRequest(code, Optional.of(field), message, Optional.empty(), Optional.empty());
        }

        /** The same of another field: what is {@code data} inside has another name in some bodies. */
        public BadRequest at(String name) {
            return new BadRequest(code, Optional.of(name), message, allowed, hint);
        }

        public BadRequest allowed(String text) {
            return new BadRequest(code, field, message, Optional.of(text), hint);
        }

        public BadRequest hint(String text) {
            return new BadRequest(code, field, message, allowed, Optional.of(text));
        }
    }

    /** Ask again, then fall back: a reply (of a model or a worker) that does not fit its schema. {@code raw} is kept for the record. */
    record MalformedReply(String message, String raw) implements Failure {
        @Override
        public FailureCode code() {
            return FailureCode.INTERNAL;
        }
    }

    /** Try again after {@code retryAfter}. */
    record Transient(FailureCode code, String message, Duration retryAfter) implements Failure {}

    /** Wait: nothing is wrong, there is just no free place. */
    record NoCapacity(String message) implements Failure {
        @Override
        public FailureCode code() {
            return FailureCode.ENVIRONMENT;
        }
    }

    /** Stop: the budget or the attempts are used up. */
    record Exhausted(FailureCode code, String message) implements Failure {}

    /** Ours: a rule of the code itself is broken. */
    record Defect(String message) implements Failure {
        @Override
        public FailureCode code() {
            return FailureCode.INTERNAL;
        }
    }

    default FailureException asException() {
        return new FailureException(this);
    }
}
