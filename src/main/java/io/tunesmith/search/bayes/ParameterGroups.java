package io.tunesmith.search.bayes;

import io.tunesmith.space.Axis;
import io.tunesmith.space.Condition;
import io.tunesmith.space.Parameter;
import io.tunesmith.space.SearchSpace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The space in groups of parameters that are always active together, parents' groups first. Optuna's {@code group=True} finds such groups
 * in the trials it has seen; here parameters with the same condition form one, so that a group does not change during a study.
 */
record ParameterGroups(List<Group> groups) {

    /** Parameters under one condition; never empty, without constants. */
    record Group(Condition activeWhen, List<Axis> axes) {}

    static ParameterGroups of(SearchSpace space) {
        Map<Object, List<Axis>> byCondition = new LinkedHashMap<>();
        for (Parameter parameter : space.parameters()) {
            Axis.of(parameter).ifPresent(axis -> byCondition.computeIfAbsent(meaning(parameter.activeWhen()), key -> new ArrayList<>()).add(axis));
        }
        return new ParameterGroups(byCondition.values().stream()
                .map(axes -> new Group(axes.getFirst().parameter().activeWhen(), List.copyOf(axes))).toList());
    }

    /** Equal for conditions that say the same: each parent with the values that all statements allow. */
    private static Map<String, Set<String>> meaning(Condition condition) {
        Map<String, Set<String>> meaning = new TreeMap<>();
        for (Condition.OneOf statement : condition.statements()) {
            Set<String> values = new TreeSet<>(statement.values().stream().map(value -> value.getClass().getSimpleName() + value).toList());
            meaning.merge(statement.parameter(), values, (earlier, now) -> {
                earlier.retainAll(now);
                return earlier;
            });
        }
        return meaning;
    }
}
