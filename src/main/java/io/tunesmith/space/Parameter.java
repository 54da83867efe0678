package io.tunesmith.space;

import java.util.List;
import java.util.OptionalLong;

/**
 * One dimension of a search space. Values are Double (Real), Long (Whole), String, Double, Long or Boolean (Ordinal, Categorical, Fixed).
 * Bounds are inclusive. The compact constructors refuse empty ranges, defaults outside the range and logarithmic ranges that touch zero,
 * each as a {@link io.tunesmith.core.Failure.BadRequest} that names the parameter.
 */
public sealed interface Parameter {
    String name();

    /** The value of the default configuration. */
    Object defaultValue();

    Condition activeWhen();

    /** How distances are measured along a numeric range. LOGIT is for open unit intervals. */
    enum Scale { LINEAR, LOG, LOGIT }

    record Real(String name, double low, double high, Scale scale, Double defaultValue, Condition activeWhen) implements Parameter {
        public Real {
            Checks.name(name, activeWhen);
            Checks.range(name, low, high, scale, defaultValue);
        }
    }

    /** Whole numbers low, low + step, … up to high; bounds within ±2^40, so that every value survives the encoding. */
    record Whole(String name, long low, long high, long step, Scale scale, Long defaultValue, Condition activeWhen) implements Parameter {
        public Whole {
            Checks.name(name, activeWhen);
            Checks.range(name, low, high, scale, defaultValue.doubleValue());
            Checks.steps(name, low, high, step, defaultValue);
        }

        /** How many values there are, at least 1. */
        public long levels() {
            return (high - low) / step + 1;
        }
    }

    /** Choices whose order means something. */
    record Ordinal(String name, List<Object> choices, Object defaultValue, Condition activeWhen) implements Parameter {
        public Ordinal {
            Checks.name(name, activeWhen);
            choices = Checks.choices(name, choices, defaultValue);
        }
    }

    /** Choices without an order. */
    record Categorical(String name, List<Object> choices, Object defaultValue, Condition activeWhen) implements Parameter {
        public Categorical {
            Checks.name(name, activeWhen);
            choices = Checks.choices(name, choices, defaultValue);
        }
    }

    /** A constant that travels with every configuration. */
    record Fixed(String name, Object defaultValue, Condition activeWhen) implements Parameter {
        public Fixed {
            Checks.name(name, activeWhen);
            Checks.value(name, defaultValue);
        }
    }

    /** How many values it can take; empty for {@link Real}. */
    default OptionalLong count() {
        return switch (this) {
            case Real ignored -> OptionalLong.empty();
            case Whole whole -> OptionalLong.of(whole.levels());
            case Ordinal ordinal -> OptionalLong.of(ordinal.choices().size());
            case Categorical categorical -> OptionalLong.of(categorical.choices().size());
            case Fixed ignored -> OptionalLong.of(1);
        };
    }

    /** Whether this is one of its values, of its type: a Whole takes 3 and not 3.0. */
    default boolean accepts(Object value) {
        return switch (this) {
            case Real real -> value instanceof Double number && number >= real.low() && number <= real.high();
            case Whole whole -> value instanceof Long number && number >= whole.low() && number <= whole.high()
                    && (number - whole.low()) % whole.step() == 0;
            case Ordinal ordinal -> ordinal.choices().contains(value);
            case Categorical categorical -> categorical.choices().contains(value);
            case Fixed fixed -> fixed.defaultValue().equals(value);
        };
    }

    /** What {@link #accepts} takes, in words for an error message. */
    default String allowed() {
        return switch (this) {
            case Real real -> "a number from " + real.low() + " to " + real.high();
            case Whole whole -> "a whole number from " + whole.low() + " to " + whole.high() + (whole.step() == 1 ? "" : " in steps of " + whole.step());
            case Ordinal ordinal -> "one of " + ordinal.choices();
            case Categorical categorical -> "one of " + categorical.choices();
            case Fixed fixed -> "only " + fixed.defaultValue();
        };
    }
}
