package io.tunesmith.space;

import java.util.List;
import java.util.Optional;

/** One value with a loose number type, read as the parameter means it. */
final class LooseValue {
    private static final double EXACT = 9007199254740992.0; // 2^53

    private LooseValue() {}

    static Object read(Optional<Parameter> parameter, Object value) {
        Object plain = plain(value);
        if (parameter.isEmpty() || !(plain instanceof Number number)) {
            return plain;
        }
        return switch (parameter.get()) {
            case Parameter.Real ignored -> number.doubleValue();
            case Parameter.Whole ignored -> whole(number);
            case Parameter.Ordinal ordinal -> sameNumber(ordinal.choices(), number);
            case Parameter.Categorical categorical -> sameNumber(categorical.choices(), number);
            case Parameter.Fixed fixed -> sameNumber(List.of(fixed.defaultValue()), number);
        };
    }

    private static Object plain(Object value) {
        return switch (value) {
            case Integer number -> number.longValue();
            case Short number -> number.longValue();
            case Byte number -> number.longValue();
            case Float number -> number.doubleValue();
            case java.math.BigDecimal number -> number.doubleValue();
            case java.math.BigInteger number -> number.bitLength() < 64 ? (Object) number.longValue() : (Object) number.doubleValue();
            case null -> throw new IllegalArgumentException("a value is null");
            default -> value;
        };
    }

    private static Number whole(Number number) {
        double value = number.doubleValue();
        return number instanceof Double && value == StrictMath.rint(value) && StrictMath.abs(value) <= EXACT ? (Number) (long) value : number;
    }

    private static Object sameNumber(List<Object> choices, Number number) {
        return choices.stream()
                .filter(choice -> choice instanceof Number other && other.doubleValue() == number.doubleValue())
                .findFirst().orElse(number);
    }
}
