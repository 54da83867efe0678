package io.tunesmith.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.tunesmith.contract.Wire;
import io.tunesmith.core.Direction;
import io.tunesmith.core.Metric;
import io.tunesmith.judge.Contender;
import io.tunesmith.task.TaskType;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;

/** The JSON that people and programs keep: as the contract's (snake_case, absent as null), enums in wire form, times as RFC 3339, indented. */
final class JsonForm {
    private static final JsonMapper MAPPER = mapper();

    private JsonForm() {}

    static String write(Object value) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static JsonMapper mapper() {
        SimpleModule words = new SimpleModule("words");
        text(words, TaskType.class, TaskType::wire);
        text(words, Metric.class, Metric::wire);
        text(words, Direction.class, Direction::wire);
        text(words, Contender.Kind.class, kind -> kind.name().toLowerCase(Locale.ROOT));
        text(words, Instant.class, Instant::toString);
        JsonMapper mapper = Wire.MAPPER.copy();
        mapper.registerModule(words);
        return mapper;
    }

    private static <T> void text(SimpleModule module, Class<T> type, Function<T, String> form) {
        module.addSerializer(type, new JsonSerializer<T>() {
            @Override
            public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
                out.writeString(form.apply(value));
            }
        });
    }
}
