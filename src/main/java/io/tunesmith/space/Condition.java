package io.tunesmith.space;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** When a parameter exists: a statement about other parameters' values. A parameter that is itself inactive satisfies no statement. */
public sealed interface Condition {

    /** Always true. */
    record Always() implements Condition {}

    /** True if the named parameter is active and has this value. */
    record Equals(String parameter, Object value) implements Condition {
        public Equals {
            Objects.requireNonNull(parameter, "parameter");
            Objects.requireNonNull(value, "value");
        }
    }

    /** True if the named parameter is active and has one of these values. */
    record OneOf(String parameter, List<Object> values) implements Condition {
        public OneOf {
            Objects.requireNonNull(parameter, "parameter");
            values = List.copyOf(values);
        }
    }

    /** True if every one is true. */
    record All(List<Condition> conditions) implements Condition {
        public All {
            conditions = List.copyOf(conditions);
        }
    }

    Condition ALWAYS = new Always();

    /** Whether it is true for these values, all of which are taken as active; a parameter without a value satisfies nothing. */
    default boolean holds(Assignment active) {
        return switch (this) {
            case Always() -> true;
            case Equals(String parameter, Object value) -> active.has(parameter) && active.values().get(parameter).equals(value);
            case OneOf(String parameter, List<Object> values) -> active.has(parameter) && values.contains(active.values().get(parameter));
            case All(List<Condition> conditions) -> conditions.stream().allMatch(condition -> condition.holds(active));
        };
    }

    /** The parameters it speaks of, sorted by name. */
    default Set<String> parents() {
        TreeSet<String> names = new TreeSet<>();
        statements().forEach(statement -> names.add(statement.parameter()));
        return names;
    }

    /** The same condition as a flat conjunction; empty for always. */
    default List<OneOf> statements() {
        return switch (this) {
            case Always() -> List.of();
            case Equals(String parameter, Object value) -> List.of(new OneOf(parameter, List.of(value)));
            case OneOf one -> List.of(one);
            case All(List<Condition> conditions) -> conditions.stream().flatMap(condition -> condition.statements().stream()).toList();
        };
    }
}
