package io.tunesmith.space;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A value for each active parameter of a space: Double, Long, String or Boolean. Immutable, ordered as the space orders its parameters;
 * equality ignores order.
 */
public record Assignment(Map<String, Object> values) {
    public Assignment {
        values.forEach((name, value) -> {
            if (!(value instanceof Double || value instanceof Long || value instanceof String || value instanceof Boolean)) {
                throw new IllegalArgumentException("parameter " + name + " has a value of type " + (value == null ? "null" : value.getClass().getSimpleName()));
            }
        });
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
