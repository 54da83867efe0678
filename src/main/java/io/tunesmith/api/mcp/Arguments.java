package io.tunesmith.api.mcp;

import io.tunesmith.api.rest.WireJson;
import io.tunesmith.core.Excerpt;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** From what a client sends to a tool's own record; what does not fit is refused by field, value and what is allowed. */
final class Arguments {
    private Arguments() {}

    static <T> T read(Map<String, Object> arguments, Class<T> type) {
        T read = WireJson.read(new io.vertx.core.json.JsonObject(arguments).encode(), type);
        check(read, "");
        return read;
    }

    private static void check(Object record, String prefix) {
        for (RecordComponent part : record.getClass().getRecordComponents()) {
            String field = prefix + Schemas.name(part);
            Object value = value(part, record);
            if (value == null) {
                throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, field, "\"" + field + "\" is missing").hint(Optional.ofNullable(part.getAnnotation(Says.class)).map(Says::value).orElse("give it")).asException();
            }
            Object inner = value instanceof Optional<?> maybe ? maybe.orElse(null) : value;
            if (inner != null && inner.getClass().isRecord()) {
                check(inner, field + ".");
            } else if (inner != null && part.getAnnotation(Says.class) != null) {
                bounds(field, inner, part.getAnnotation(Says.class));
            }
        }
    }

    private static Object value(RecordComponent part, Object record) {
        try {
            part.getAccessor().setAccessible(true);
            return part.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void bounds(String field, Object value, Says says) {
        if (value instanceof String text) {
            if (text.isBlank()) {
                throw refusal(field, "\"" + field + "\" is empty", says);
            }
            if (says.longest() > 0 && text.length() > says.longest()) {
                throw refusal(field, "\"" + field + "\" has " + text.length() + " characters", says);
            }
            if (says.oneOf().length > 0 && !Arrays.asList(says.oneOf()).contains(text)) {
                throw refusal(field, "\"" + shortened(text) + "\" is no " + field, says);
            }
        }
        if (value instanceof Number number && !(!(number.doubleValue() < says.least()) && !(number.doubleValue() > says.most()) && Double.isFinite(number.doubleValue()))) {
            throw refusal(field, number + " is out of range", says);
        }
    }

    private static FailureException refusal(String field, String message, Says says) {
        String allowed = says.oneOf().length > 0 ? String.join(", ", says.oneOf())
                : !Double.isNaN(says.least()) ? plain(says.least()) + (Double.isNaN(says.most()) ? " or more" : " to " + plain(says.most()))
                : says.longest() > 0 ? "1 to " + says.longest() + " characters" : "text";
        return Failure.BadRequest.of(FailureCode.INVALID_REQUEST, field, message).allowed(allowed).asException();
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /** A value for a message: never all of a huge one. */
    static String shortened(String text) {
        return Excerpt.of(text, 80);
    }
}
