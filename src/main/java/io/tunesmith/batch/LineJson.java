package io.tunesmith.batch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tunesmith.core.Excerpt;

/** Reads one line of JSON strictly: no name twice in an object, nothing after it, no more than {@value #DEPTH} levels, no number of more than {@value #DIGITS} digits. Thread-safe. */
public final class LineJson {
    private static final int DEPTH = 64;
    private static final int DIGITS = 100;
    static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH).maxNumberLength(DIGITS).maxStringLength(4 << 20).build()).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private LineJson() {}

    /** The line is no JSON; the message says where, and nothing of ours. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    public static JsonNode read(String line) throws Unreadable {
        try {
            JsonNode read = MAPPER.readTree(line);
            if (read == null || read.isMissingNode()) {
                throw new Unreadable("the line is empty");
            }
            return read;
        } catch (JsonProcessingException e) {
            String why = e.getOriginalMessage().lines().findFirst().orElse("").replaceAll("\\(`[^`]*`[^)]*\\)", "").strip();
            throw new Unreadable("this is not JSON" + (e.getLocation() == null ? "" : " at column " + e.getLocation().getColumnNr()) + ": " + Excerpt.of(why, 160));
        }
    }
}
