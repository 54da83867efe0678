package io.tunesmith.space;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** All assignments of a space, given up as soon as there are more than wanted. */
final class Enumeration {
    private final List<Parameter> parameters;
    private final int limit;
    private final List<Assignment> found = new ArrayList<>();

    private Enumeration(List<Parameter> parameters, int limit) {
        this.parameters = parameters;
        this.limit = limit;
    }

    static Optional<List<Assignment>> of(SearchSpace space, int limit) {
        Enumeration enumeration = new Enumeration(space.parameters(), limit);
        boolean plainlyMore = atLeast(space).compareTo(BigInteger.valueOf(limit)) > 0;
        return plainlyMore || !enumeration.extend(0, Map.of()) ? Optional.empty() : Optional.of(List.copyOf(enumeration.found));
    }

    /** The parameters that are always there give a lower bound; a real number stands for more than any limit. */
    private static BigInteger atLeast(SearchSpace space) {
        return space.parameters().stream().filter(parameter -> parameter.activeWhen() instanceof Condition.Always)
                .map(parameter -> BigInteger.valueOf(parameter.count().orElse(Long.MAX_VALUE))).reduce(BigInteger.ONE, BigInteger::multiply);
    }

    /** Whether all that begin so could be added within the limit. */
    private boolean extend(int index, Map<String, Object> soFar) {
        if (index == parameters.size()) {
            return found.size() < limit && found.add(new Assignment(soFar));
        }
        Parameter parameter = parameters.get(index);
        if (!parameter.activeWhen().holds(new Assignment(soFar))) {
            return extend(index + 1, soFar);
        }
        return parameter.count().orElse(Long.MAX_VALUE) <= limit && values(parameter).allMatch(value -> {
            Map<String, Object> longer = new LinkedHashMap<>(soFar);
            longer.put(parameter.name(), value);
            return extend(index + 1, longer);
        });
    }

    private static Stream<?> values(Parameter parameter) {
        return switch (parameter) {
            case Parameter.Real real -> throw new IllegalArgumentException(real.name() + " has infinitely many values");
            case Parameter.Whole whole -> LongStream.range(0, whole.levels()).mapToObj(k -> whole.low() + k * whole.step());
            case Parameter.Ordinal ordinal -> ordinal.choices().stream();
            case Parameter.Categorical categorical -> categorical.choices().stream();
            case Parameter.Fixed fixed -> Stream.of(fixed.defaultValue());
        };
    }
}
