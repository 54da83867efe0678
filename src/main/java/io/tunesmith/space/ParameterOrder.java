package io.tunesmith.space;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sorts parameters parents first and refuses what cannot be sorted. */
final class ParameterOrder {
    private ParameterOrder() {}

    static List<Parameter> parentsFirst(List<Parameter> parameters) {
        if (parameters.size() > SearchSpace.MAX_PARAMETERS) {
            Checks.refuse("length", parameters.size() + " parameters are too many", "at most " + SearchSpace.MAX_PARAMETERS);
        }
        checkParents(byName(parameters));
        return sorted(parameters);
    }

    private static Map<String, Parameter> byName(List<Parameter> parameters) {
        Map<String, Parameter> byName = new HashMap<>();
        for (Parameter parameter : parameters) {
            if (byName.put(parameter.name(), parameter) != null) {
                Checks.refuse(parameter.name(), "the name " + parameter.name() + " is there twice", "each name once");
            }
        }
        return byName;
    }

    private static void checkParents(Map<String, Parameter> byName) {
        byName.values().forEach(parameter -> parameter.activeWhen().statements().forEach(statement -> {
            Parameter parent = byName.get(statement.parameter());
            if (parent == null) {
                Checks.refuse(parameter.name(), "its condition names " + statement.parameter() + ", which is no parameter",
                        byName.keySet().stream().sorted().toList().toString());
                return;
            }
            statement.values().stream().filter(value -> !parent.accepts(value)).findFirst().ifPresent(value ->
                    Checks.refuse(parameter.name(), "its condition wants " + parent.name() + " to be " + value + ", which it cannot be", parent.allowed()));
        }));
    }

    private static List<Parameter> sorted(List<Parameter> parameters) {
        List<Parameter> waiting = new ArrayList<>(parameters);
        List<Parameter> sorted = new ArrayList<>();
        Set<String> placed = new HashSet<>();
        while (!waiting.isEmpty()) {
            Parameter next = firstFree(waiting, placed);
            placed.add(next.name());
            sorted.add(next);
        }
        return List.copyOf(sorted);
    }

    private static Parameter firstFree(List<Parameter> waiting, Set<String> placed) {
        for (Iterator<Parameter> rest = waiting.iterator(); rest.hasNext(); ) {
            Parameter parameter = rest.next();
            if (placed.containsAll(parameter.activeWhen().parents())) {
                rest.remove();
                return parameter;
            }
        }
        List<String> names = waiting.stream().map(Parameter::name).toList();
        throw Checks.refusal(names.getFirst(), "conditions go in a circle through " + names, "no parameter that depends on itself");
    }
}
