package io.tunesmith.api.mcp;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The JSON schema of a tool's arguments and answer, read off their records; an {@link Optional} is a field that may be absent. */
final class Schemas {
    private Schemas() {}

    /** @param closed whether other fields are refused: so for arguments, never for answers, which may grow */
    static Map<String, Object> of(Class<?> type, boolean closed) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (RecordComponent part : type.getRecordComponents()) {
            properties.put(name(part), described(part, closed));
            if (part.getType() != Optional.class) {
                required.add(name(part));
            }
        }
        Map<String, Object> schema = new LinkedHashMap<>(Map.of("type", "object", "properties", properties));
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        if (closed) {
            schema.put("additionalProperties", false);
        }
        return schema;
    }

    static String name(RecordComponent part) {
        return new SnakeCaseStrategy().translate(part.getName());
    }

    private static Map<String, Object> described(RecordComponent part, boolean closed) {
        Map<String, Object> schema = new LinkedHashMap<>(of(part.getGenericType(), closed));
        Says says = part.getAnnotation(Says.class);
        if (says != null) {
            schema.put("description", says.value());
            if (says.oneOf().length > 0) {
                schema.put("enum", List.of(says.oneOf()));
            }
            if (!Double.isNaN(says.least())) {
                schema.put("minimum", number(says.least()));
            }
            if (!Double.isNaN(says.most())) {
                schema.put("maximum", number(says.most()));
            }
            if (says.longest() > 0) {
                schema.put("maxLength", says.longest());
            }
        }
        return schema;
    }

    private static Number number(double value) {
        if (value == Math.rint(value)) {
            return (long) value;
        }
        return value;
    }

    private static Map<String, Object> of(Type type, boolean closed) {
        if (type instanceof ParameterizedType generic) {
            Type[] inner = generic.getActualTypeArguments();
            return generic.getRawType() == Optional.class ? of(inner[0], closed)
                    : generic.getRawType() == List.class ? Map.of("type", "array", "items", of(inner[0], closed))
                    : Map.of("type", "object", "additionalProperties", of(inner[1], closed));
        }
        Class<?> plain = (Class<?>) type;
        return plain.isRecord() ? of(plain, closed)
                : plain == String.class ? Map.of("type", "string")
                : plain == Instant.class ? Map.of("type", "string", "format", "date-time")
                : plain == Boolean.class || plain == boolean.class ? Map.of("type", "boolean")
                : plain == Double.class || plain == double.class ? Map.of("type", "number")
                : plain == Long.class || plain == long.class || plain == Integer.class || plain == int.class ? Map.of("type", "integer")
                : Map.of();
    }
}
