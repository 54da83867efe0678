package io.tunesmith.api.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tunesmith.api.rest.BodyLimit;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import java.util.Optional;
import java.util.Set;

/**
 * Fields of a JSON object, read one by one: clients send many that say nothing here, which are let pass; one that says something must have the right type.
 *
 * @param path of the object within the body; empty for the body itself
 */
record Fields(JsonNode object, String path) {
    private static final JsonMapper MAPPER = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();

    static {
        MAPPER.getFactory().setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(64).maxStringLength(8 << 20).maxNumberLength(100).build());
    }

    static Fields body(byte[] body) {
        try {
            JsonNode root = MAPPER.readTree(BodyLimit.text(body));
            if (!root.isObject()) {
                throw invalid("body", "the body is no JSON object").asException();
            }
            return new Fields(root, "");
        } catch (JsonProcessingException e) {
            throw invalid("body", "the body is not JSON: " + e.getOriginalMessage().lines().findFirst().orElse("")).asException();
        }
    }

    Optional<JsonNode> field(String name) {
        return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
    }

    Optional<String> text(String name) {
        return field(name).map(node -> node.isTextual() ? storable(node.asText()) : this.<String>misfit(name, "a string"));
    }

    /** The database keeps no NUL. */
    static String storable(String text) {
        return text.replace('\u0000', '\ufffd');
    }

    String requiredText(String name) {
        return text(name).filter(text -> !text.isBlank()).orElseThrow(() -> invalid(at(name), "\"" + at(name) + "\" is missing").allowed("a string").asException());
    }

    boolean flag(String name) {
        return field(name).map(node -> node.isBoolean() ? node.asBoolean() : this.<Boolean>misfit(name, "true or false")).orElse(false);
    }

    Optional<Long> whole(String name) {
        return field(name).map(node -> node.isIntegralNumber() && node.canConvertToLong() ? node.asLong() : this.<Long>misfit(name, "a whole number"));
    }

    Optional<Double> number(String name) {
        return field(name).map(node -> node.isNumber() && Double.isFinite(node.asDouble()) ? node.asDouble() : this.<Double>misfit(name, "a number"));
    }

    Optional<Fields> inner(String name) {
        return field(name).map(node -> node.isObject() ? new Fields(node, at(name)) : this.<Fields>misfit(name, "an object"));
    }

    /** For an object of ours, where a field that nobody knows is a slip of the pen. */
    Fields only(Set<String> known) {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw invalid(at(name), "there is no field \"" + at(name) + "\"").allowed(String.join(", ", known.stream().sorted().toList())).asException();
            }
        });
        return this;
    }

    String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private <T> T misfit(String name, String allowed) {
        throw wrong(at(name), allowed);
    }

    static FailureException wrong(String field, String allowed) {
        return invalid(field, "\"" + field + "\" has the wrong type").allowed(allowed).asException();
    }

    static Failure.BadRequest invalid(String field, String message) {
        return Failure.BadRequest.of(FailureCode.INVALID_REQUEST, field, message);
    }
}
