package io.tunesmith.study;

/** What a study does next. */
public sealed interface NextAction {

    /** Propose the trial of this number now, with {@link StudyDecider#propose}. */
    record Propose(int number) implements NextAction {}

    /** Nothing until an open trial ends. */
    record Wait() implements NextAction {}

    /** The search is over and no trial is open. */
    record Finish(Reason reason) implements NextAction {
        /** Why it is over. */
        public enum Reason {
            /** As many trials as the spec says. */
            TRIALS,
            /** No time is left. */
            TIME,
            /** A finite space of which every configuration was proposed. */
            SPACE
        }
    }
}
