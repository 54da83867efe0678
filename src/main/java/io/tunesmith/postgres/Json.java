package io.tunesmith.postgres;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.tunesmith.core.DatasetId;
import io.tunesmith.core.RunId;
import io.tunesmith.core.Sha256;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * The JSON in which domain records are stored: snake_case, ids as plain strings, a sealed type's alternative in {@code type}. Numbers keep
 * their kind in untyped maps: a Long comes back as a Long, a Double as a Double, although jsonb rewrites 1.0E10 as 10000000000.
 */
final class Json {
    static final JsonMapper MAPPER = JsonMapper.builder()
            .annotationIntrospector(new SealedTypes())
            .addModules(new Jdk8Module(), new JavaTimeModule(), numbers())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .addMixIn(RunId.class, PlainText.class)
            .addMixIn(DatasetId.class, PlainText.class)
            .addMixIn(Sha256.class, PlainText.class)
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .build();

    static {
        MAPPER.getFactory().setCharacterEscapes(new NoNul());
        MAPPER.getFactory().setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(200).maxStringLength(64 << 20).build());
    }

    private static final String REPLACEMENT = "\ufffd";

    private Json() {}

    /** The text as it is kept in JSON, to be looked for there. */
    static String kept(String text) {
        return text.replace("\0", REPLACEMENT);
    }

    /** PostgreSQL keeps no U+0000, which tables and requests may have: U+FFFD stands in its place. */
    private static final class NoNul extends CharacterEscapes {
        private static final long serialVersionUID = 1L;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] codes = CharacterEscapes.standardAsciiEscapesForJSON();
            codes[0] = CharacterEscapes.ESCAPE_CUSTOM;
            return codes;
        }

        /** Asked for every character beyond ASCII too; null is none. */
        @Override
        public SerializableString getEscapeSequence(int character) {
            return character == 0 ? new SerializedString(REPLACEMENT) : null;
        }
    }

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a " + value.getClass().getSimpleName() + " cannot be stored: " + e.getOriginalMessage(), e);
        }
    }

    /** Written as {@code type}, so that the alternative of a sealed type is in the text even at its root. */
    static String write(Class<?> type, Object value) {
        try {
            return MAPPER.writerFor(type).writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a " + type.getSimpleName() + " cannot be stored: " + e.getOriginalMessage(), e);
        }
    }

    static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored " + type.getSimpleName() + " cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    static <T> T read(String json, TypeReference<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored " + type.getType() + " cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    private static SimpleModule numbers() {
        return new SimpleModule().addSerializer(Double.class, new PointedDouble()).addSerializer(double.class, new PointedDouble());
    }

    private abstract static class PlainText {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        PlainText(@SuppressWarnings("unused") String value) {}

        @Override
        @JsonValue
        public abstract String toString();
    }

    /** Always with a decimal point and without an exponent: what jsonb keeps as it is. What is no number is its name, as text. */
    private static final class PointedDouble extends StdSerializer<Double> {
        private static final long serialVersionUID = 1L;

        PointedDouble() {
            super(Double.class);
        }

        @Override
        public void serialize(Double value, JsonGenerator out, SerializerProvider provider) throws IOException {
            if (!Double.isFinite(value)) {
                out.writeString(value.toString());
                return;
            }
            String plain = new BigDecimal(value.toString()).toPlainString();
            out.writeNumber(plain.indexOf('.') < 0 ? plain + ".0" : plain);
        }
    }
}
