package io.tunesmith.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tunesmith.core.Excerpt;

/** Reads one JSON object of someone's: no name twice, nothing after it, not too deep, no endless numbers. */
final class StrictJson {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(64).maxNumberLength(100).build()).build()).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private StrictJson() {}

    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    static JsonNode read(String line) throws Unreadable {
        try {
            JsonNode read = MAPPER.readTree(line);
            if (read == null || !read.isObject()) {
                throw new Unreadable("this is no JSON object");
            }
            return read;
        } catch (JsonProcessingException e) {
            String why = e.getOriginalMessage().lines().findFirst().orElse("").replaceAll("\\(`[^`]*`[^)]*\\)", "").strip();
            throw new Unreadable("this is not JSON" + (e.getLocation() == null ? "" : " at column " + e.getLocation().getColumnNr()) + ": " + Excerpt.of(why, 160));
        }
    }
}
