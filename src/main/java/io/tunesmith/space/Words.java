package io.tunesmith.space;

import java.util.stream.Collectors;

/** A condition as a person reads it. */
final class Words {
    private Words() {}

    static String of(Condition condition) {
        return switch (condition) {
            case Condition.Always() -> "always";
            case Condition.Equals equals -> equals.parameter() + " is " + equals.value();
            case Condition.OneOf one -> one.parameter() + " is one of " + one.values();
            case Condition.All all -> all.conditions().stream().map(Words::of).collect(Collectors.joining(" and "));
        };
    }
}
