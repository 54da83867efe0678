package io.tunesmith.space;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import java.util.HashSet;
import java.util.List;

/** What the constructors of {@link Parameter} refuse, each with the parameter, the value and what is allowed. */
final class Checks {
    private static final long LARGEST_WHOLE = 1L << 40;
    private static final int LONGEST_NAME = 200;

    private Checks() {}

    static void name(String name, Condition activeWhen) {
        if (name == null || name.isBlank() || name.length() > LONGEST_NAME) {
            refuse(String.valueOf(name), "the name is missing or too long", "1 to " + LONGEST_NAME + " characters");
        }
        if (activeWhen == null) {
            refuse(name, "the condition is missing", "a condition; always where there is none");
        }
    }

    static void range(String name, double low, double high, Parameter.Scale scale, double defaultValue) {
        if (!(Double.isFinite(low) && Double.isFinite(high) && low < high && Double.isFinite(high - low))) {
            refuse(name, "range " + low + " to " + high + " is empty or not finite", "finite numbers, low < high");
        }
        if (scale == Parameter.Scale.LOG && low <= 0) {
            refuse(name, "low " + low + " cannot be on a log scale", "low > 0, or scale linear");
        }
        if (scale == Parameter.Scale.LOGIT && (low <= 0 || high >= 1)) {
            refuse(name, "range " + low + " to " + high + " cannot be on a logit scale", "0 < low and high < 1");
        }
        if (!(defaultValue >= low && defaultValue <= high)) {
            refuse(name, "default " + defaultValue + " is outside", low + " to " + high);
        }
    }

    static void steps(String name, long low, long high, long step, long defaultValue) {
        if (low < -LARGEST_WHOLE || high > LARGEST_WHOLE) {
            refuse(name, "range " + low + " to " + high + " is too wide for a whole number", "-2^40 to 2^40, or type float");
        }
        if (step < 1 || (defaultValue - low) % step != 0) {
            refuse(name, "step " + step + " does not reach the default " + defaultValue, "low + k * step, step at least 1");
        }
    }

    static List<Object> choices(String name, List<Object> choices, Object defaultValue) {
        if (choices.isEmpty() || new HashSet<>(choices).size() != choices.size()) {
            refuse(name, "choices " + choices + " are empty or repeat", "at least one, each once");
        }
        choices.forEach(choice -> value(name, choice));
        if (!choices.contains(defaultValue)) {
            refuse(name, "default " + defaultValue + " is no choice", choices.toString());
        }
        return List.copyOf(choices);
    }

    static void value(String name, Object value) {
        boolean fits = value instanceof String || value instanceof Boolean || value instanceof Long
                || value instanceof Double number && Double.isFinite(number);
        if (!fits) {
            refuse(name, value + " is no value of a parameter", "text, true or false, or a finite number");
        }
    }

    static void refuse(String name, String message, String allowed) {
        throw refusal(name, message, allowed);
    }

    static FailureException refusal(String name, String message, String allowed) {
        return Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "parameters." + name, message).allowed(allowed).asException();
    }
}
