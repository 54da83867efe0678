package io.tunesmith.api.rest;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.tunesmith.core.Direction;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.Metric;
import io.tunesmith.task.TaskType;
import java.io.InputStream;
import java.util.stream.Collectors;

/** The JSON of this API: snake_case, absent as null, times in RFC 3339, enums by their wire name. A field that nobody knows is refused. Thread-safe. */
public final class WireJson {
    /** The largest JSON body that is read. */
    public static final int MAX_BODY_BYTES = 8 << 20;

    /** The deepest nesting that is read. */
    public static final int MAX_DEPTH = 64;

    public static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build()).enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
            .addModules(new Jdk8Module(), new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .addMixIn(Metric.class, WireName.class)
            .addMixIn(Direction.class, WireName.class)
            .addMixIn(TaskType.class, WireName.class)
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .withCoercionConfig(LogicalType.Textual, text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail).setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .build();

    /** For answers of a service that may be newer than its reader: fields that this side does not know are ignored. */
    public static final JsonMapper LENIENT = MAPPER.rebuild().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private WireJson() {}

    private interface WireName {
        @JsonValue
        String wire();
    }

    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Reads a request's body, at most {@value #MAX_BODY_BYTES} bytes; what does not fit is a {@link Failure.BadRequest} that names the field. */
    static <T> T read(InputStream body, Class<T> type) {
        return read(bytes(body), type);
    }

    /** A request's body, at most {@value #MAX_BODY_BYTES} bytes. */
    static byte[] bytes(InputStream body) {
        return BodyLimit.read(body, MAX_BODY_BYTES);
    }

    static <T> T read(byte[] bytes, Class<T> type) {
        return read(BodyLimit.text(bytes), type);
    }

    /** Reads an object that another door has taken in; what does not fit is a {@link Failure.BadRequest} that names the field. */
    public static <T> T read(String json, Class<T> type) {
        try {
            T value = MAPPER.readValue(json, type);
            if (value == null) {
                throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "body", "the body is null").asException();
            }
            return value;
        } catch (JsonProcessingException e) {
            throw misfit(e);
        }
    }

    /** Reads an answer of the service. */
    public static <T> T readAnswer(String json, Class<T> type) throws JsonProcessingException {
        return LENIENT.readValue(json, type);
    }

    static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    private static FailureException misfit(JsonProcessingException e) {
        return switch (e) {
            case UnrecognizedPropertyException unknown -> Failure.BadRequest.of(FailureCode.INVALID_REQUEST, path(unknown), "there is no field \"" + unknown.getPropertyName() + "\"")
                    .allowed(unknown.getKnownPropertyIds().stream().map(String::valueOf).sorted().collect(Collectors.joining(", "))).asException();
            case JsonMappingException wrong when wrong.getCause() instanceof FailureException ours -> ours;
            case JsonMappingException wrong -> Failure.BadRequest.of(FailureCode.INVALID_REQUEST, path(wrong), firstLine(wrong.getOriginalMessage())).asException();
            default -> Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "body", "the body is not JSON: " + firstLine(e.getOriginalMessage())
                    + (e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr() + ")")).asException();
        };
    }

    private static String path(JsonMappingException e) {
        String path = e.getPath().stream().map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName()).collect(Collectors.joining("."));
        return path.isEmpty() ? "body" : path;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("").replaceAll("`[^`]*\\.([A-Za-z$]+)[^`]*`", "$1");
    }
}
