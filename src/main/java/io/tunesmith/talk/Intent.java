package io.tunesmith.talk;

import java.util.Optional;

/** What the user's last message asks for. */
public sealed interface Intent {

    /** Whether it starts, changes or ends a run, or lets one go on. */
    default boolean acts() {
        return switch (this) {
            case NewRequest _, Answer _, Cancel _, Pause _, Resume _, Extend _ -> true;
            case Background _, NeedsData _, NeedsGoal _, Status _, Why _, WhyChosen _, Result _, ListRuns _, Help _, Unclear _ -> false;
        };
    }

    /** Whether it lets a run go on that was there before. */
    default boolean letsGoOn() {
        return this instanceof Answer || this instanceof Resume || this instanceof Extend;
    }

    /** A call that a chat program makes by itself, beside the conversation: it never starts or touches a run. */
    record Background(Chore chore) implements Intent {}

    /**
     * A model is wanted.
     *
     * @param text the request as typed
     * @param data the reference that the message names, unquoted
     */
    record NewRequest(String text, String data) implements Intent {}

    /** A model is wanted, but no data are named. */
    record NeedsData() implements Intent {}

    /** Data are named, but not what is to be done with them. */
    record NeedsGoal(String data) implements Intent {}

    /** The answer to the question that the run waits with. */
    record Answer(String text) implements Intent {}

    record Status() implements Intent {}

    /** Why this trial was made, and how it ended. */
    record Why(int trial) implements Intent {}

    /** Why the run's choice is what it is. */
    record WhyChosen() implements Intent {}

    record Cancel() implements Intent {}

    record Pause() implements Intent {}

    record Resume() implements Intent {}

    record Extend(Amount amount) implements Intent {}

    /** What came out: the score, the model, the report. */
    record Result() implements Intent {}

    record ListRuns() implements Intent {}

    record Help() implements Intent {}

    record Unclear() implements Intent {}

    /** How much more a run is to be given. */
    sealed interface Amount {

        /** So many times the budget in all; more than 1. */
        record Times(double factor) implements Amount {}

        record Added(Optional<Long> trials, Optional<Double> seconds) implements Amount {}

        /** More, but not how much. */
        record Unsaid() implements Amount {}
    }
}
