package io.tunesmith.dispatch;

/** The engine refuses the job for good: asking again is useless. The message is for the user. */
public final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    public Refused(String message) {
        super(message);
    }
}
