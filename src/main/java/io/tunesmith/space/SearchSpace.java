package io.tunesmith.space;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Parameters with conditions between them, parents before children: parameters that come in another order are sorted, keeping the given
 * order where it is free. Refuses repeated names, conditions on unknown names or on values that the parent cannot have, cycles, and more
 * than {@value #MAX_PARAMETERS} parameters, each as a {@link io.tunesmith.core.Failure.BadRequest} that names the parameter. A space
 * without parameters has exactly one assignment, the empty one.
 */
public record SearchSpace(List<Parameter> parameters) {
    public static final int MAX_PARAMETERS = 1000;

    public SearchSpace {
        parameters = ParameterOrder.parentsFirst(parameters);
    }

    /** What is wrong with a value: the parameter, the value as text, and what is allowed. */
    public record Violation(String parameter, String value, String allowed) {}

    public Optional<Parameter> parameter(String name) {
        return parameters.stream().filter(parameter -> parameter.name().equals(name)).findFirst();
    }

    /** The parameters that exist under these values. Values of inactive parameters count for nothing; an unset parent activates nobody. */
    public List<Parameter> active(Assignment soFar) {
        List<Parameter> active = new ArrayList<>();
        walk(parameter -> {
            active.add(parameter);
            return Optional.ofNullable(soFar.values().get(parameter.name()));
        });
        return active;
    }

    /** The default configuration; always accepted. */
    public Assignment defaults() {
        return complete(new Assignment(Map.of()));
    }

    /** Every violation, in the order of the parameters, unknown names last; empty if the assignment is accepted. */
    public List<Violation> check(Assignment assignment) {
        Map<String, Object> rest = new LinkedHashMap<>(assignment.values());
        List<Violation> violations = new ArrayList<>();
        List<Parameter> active = active(assignment);
        for (Parameter parameter : parameters) {
            Optional<Object> value = Optional.ofNullable(rest.remove(parameter.name()));
            violation(parameter, value, active.contains(parameter)).ifPresent(violations::add);
        }
        rest.forEach((name, value) -> violations.add(new Violation(name, String.valueOf(value), "no parameter of this name; there are " + names())));
        return List.copyOf(violations);
    }

    public boolean accepts(Assignment assignment) {
        return check(assignment).isEmpty();
    }

    /** The same values without those of inactive and unknown parameters, in the order of the space. */
    public Assignment prune(Assignment assignment) {
        return walk(parameter -> Optional.ofNullable(assignment.values().get(parameter.name())));
    }

    /** The same values, defaults where an active parameter has none, without those of inactive and unknown parameters. */
    public Assignment complete(Assignment assignment) {
        return walk(parameter -> Optional.of(assignment.values().getOrDefault(parameter.name(), parameter.defaultValue())));
    }

    /**
     * Reads values whose number types are loose, as JSON's are: a whole-valued number for a Whole becomes a Long, any number for a Real a
     * Double, a number equal to a choice that choice. All else is kept for {@link #check} to refuse.
     *
     * @throws IllegalArgumentException for a value that is no text, number, true or false
     */
    public Assignment read(Map<String, ?> loose) {
        Map<String, Object> values = new LinkedHashMap<>();
        loose.forEach((name, value) -> values.put(name, LooseValue.read(parameter(name), value)));
        Map<String, Object> ordered = new LinkedHashMap<>();
        parameters.stream().map(Parameter::name).filter(values::containsKey).forEach(name -> ordered.put(name, values.get(name)));
        values.forEach(ordered::putIfAbsent);
        return new Assignment(ordered);
    }

    /** The exact number of assignments; empty if it is infinite. May take long where many parents share children; {@link #enumerate} never does. */
    public Optional<BigInteger> size() {
        return SpaceSize.of(this);
    }

    /**
     * Every assignment, the last parameter turning fastest. Takes time in proportion to the limit.
     *
     * @param limit the most that are wanted
     * @return empty if there are more than {@code limit}
     */
    public Optional<List<Assignment>> enumerate(int limit) {
        return Enumeration.of(this, limit);
    }

    List<String> names() {
        return parameters.stream().map(Parameter::name).toList();
    }

    /** Gives each active parameter a value, parents first; an empty one leaves it unset. */
    Assignment walk(ValueChoice choice) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            if (parameter.activeWhen() instanceof Condition.Always || parameter.activeWhen().holds(new Assignment(values))) {
                choice.value(parameter).ifPresent(value -> values.put(parameter.name(), value));
            }
        }
        return new Assignment(values);
    }

    /** Chooses the value of an active parameter. */
    @FunctionalInterface
    interface ValueChoice {
        Optional<Object> value(Parameter parameter);
    }

    private static Optional<Violation> violation(Parameter parameter, Optional<Object> value, boolean active) {
        if (!active) {
            String allowed = "nothing: it exists only when " + Words.of(parameter.activeWhen());
            return value.map(given -> new Violation(parameter.name(), String.valueOf(given), allowed));
        }
        if (value.filter(parameter::accepts).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new Violation(parameter.name(), value.map(String::valueOf).orElse("(missing)"), parameter.allowed()));
    }
}
