package io.tunesmith.run;

/** Ends a walk through a run that has not ended: it waits for an answer, or is to be paused. Carries no trace: nothing has gone wrong. */
final class WalkEnds extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WalkEnds() {
        super("the run waits", null, false, false);
    }
}
