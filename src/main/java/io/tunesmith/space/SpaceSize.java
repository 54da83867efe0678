package io.tunesmith.space;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Counts assignments exactly: parameters that no condition links are multiplied; a parent is taken value by value, values that no
 * condition names all at once. After each choice the rest falls apart again, as in model counting by components (Bayardo and Pehoushek 2000).
 */
final class SpaceSize {
    /** Stands for any value that no condition names: conditions compare by equality, so one that equals none serves for all. */
    private static final String UNNAMED = "\0 unnamed";
    private final Map<String, Object> chosen = new HashMap<>();

    private SpaceSize() {}

    static Optional<BigInteger> of(SearchSpace space) {
        boolean plainlyInfinite = space.parameters().stream()
                .anyMatch(parameter -> parameter instanceof Parameter.Real && parameter.activeWhen() instanceof Condition.Always);
        return plainlyInfinite ? Optional.empty() : new SpaceSize().product(space.parameters());
    }

    private Optional<BigInteger> product(List<Parameter> parameters) {
        Optional<BigInteger> product = Optional.of(BigInteger.ONE);
        for (List<Parameter> component : components(parameters)) {
            Optional<BigInteger> count = count(component);
            if (count.isEmpty()) {
                return count;
            }
            product = product.map(count.get()::multiply);
        }
        return product;
    }

    /** Counts a component; its first parameter has no parent in it. */
    private Optional<BigInteger> count(List<Parameter> component) {
        Parameter first = component.getFirst();
        List<Parameter> rest = component.subList(1, component.size());
        if (!first.activeWhen().holds(new Assignment(chosen))) {
            return product(rest);
        }
        if (first instanceof Parameter.Real) {
            return Optional.empty();
        }
        BigInteger total = BigInteger.ZERO;
        for (Map.Entry<Object, Long> part : parts(first, rest).entrySet()) {
            chosen.put(first.name(), part.getKey());
            Optional<BigInteger> count = product(rest);
            chosen.remove(first.name());
            if (count.isEmpty()) {
                return count;
            }
            total = total.add(count.get().multiply(BigInteger.valueOf(part.getValue())));
        }
        return Optional.of(total);
    }

    /** One value of each kind that the conditions of the rest can tell apart, with how many values are of that kind. */
    private static Map<Object, Long> parts(Parameter parameter, List<Parameter> rest) {
        Set<Object> named = new HashSet<>();
        rest.forEach(child -> child.activeWhen().statements().stream()
                .filter(statement -> statement.parameter().equals(parameter.name()))
                .forEach(statement -> named.addAll(statement.values())));
        Map<Object, Long> parts = new HashMap<>();
        named.forEach(value -> parts.put(value, 1L));
        long others = parameter.count().orElseThrow() - named.size();
        if (others > 0) {
            parts.put(UNNAMED, others);
        }
        return parts;
    }

    private static List<List<Parameter>> components(List<Parameter> parameters) {
        List<List<Parameter>> components = new ArrayList<>();
        for (Parameter parameter : parameters) {
            List<Parameter> merged = new ArrayList<>();
            components.removeIf(component -> {
                boolean linked = component.stream().anyMatch(earlier -> parameter.activeWhen().parents().contains(earlier.name()));
                if (linked) {
                    merged.addAll(component);
                }
                return linked;
            });
            merged.add(parameter);
            components.add(merged);
        }
        components.forEach(component -> component.sort(java.util.Comparator.comparingInt(parameters::indexOf)));
        return components;
    }
}
