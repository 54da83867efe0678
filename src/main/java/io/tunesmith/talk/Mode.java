package io.tunesmith.talk;

import java.util.Optional;

/** What a conversation may lead to: the models that clients choose from. */
public enum Mode {
    /** Plans, asks and runs. */
    RUN("tunesmith"),
    /** Plans and asks; never begins to spend. */
    PLAN("tunesmith-plan"),
    /** Answers questions on runs; makes and changes nothing. */
    ASK("tunesmith-ask");

    private final String wire;

    Mode(String wire) {
        this.wire = wire;
    }

    public String wire() {
        return wire;
    }

    public static Optional<Mode> of(String wire) {
        for (Mode mode : values()) {
            if (mode.wire.equals(wire)) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }
}
