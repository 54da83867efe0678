package io.tunesmith.dispatch;

/** The engine did not answer: what it does or did is unknown. Never read this as "not there". */
public final class Unreachable extends Exception {
    private static final long serialVersionUID = 1L;

    public Unreachable(String message, Throwable cause) {
        super(message, cause);
    }
}
