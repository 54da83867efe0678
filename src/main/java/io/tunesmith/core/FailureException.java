package io.tunesmith.core;

import java.util.Objects;

/** Carries a {@link Failure} up to the door that answers; the door maps {@link #failure()} to its own error form. */
public final class FailureException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Failure failure;

    public FailureException(Failure failure) {
        super(failure.message());
        this.failure = Objects.requireNonNull(failure);
    }

    public FailureException(Failure failure, Throwable cause) {
        super(failure.message(), cause);
        this.failure = Objects.requireNonNull(failure);
    }

    public Failure failure() {
        return failure;
    }
}
