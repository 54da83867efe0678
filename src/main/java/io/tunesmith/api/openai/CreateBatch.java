package io.tunesmith.api.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.tunesmith.batch.BatchEndpoint;
import io.tunesmith.batch.BatchOrder;
import io.tunesmith.core.Excerpt;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.FileId;
import io.tunesmith.run.FileService;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the body of {@code POST /v1/batches}; fields that nobody knows are ignored, as everywhere under /v1. */
record CreateBatch(JsonNode body) {
    private static final String WINDOW = "24h";

    BatchOrder order() {
        if (!body.isObject()) {
            throw invalid("body", "the body is no JSON object").asException();
        }
        String window = text("completion_window");
        if (!window.equals(WINDOW)) {
            throw invalid("completion_window", window.isEmpty() ? "the completion window is missing" : "\"" + window + "\" is no completion window").allowed(WINDOW).asException();
        }
        Map<String, String> metadata = metadata();
        return new BatchOrder(file(), BatchEndpoint.of(text("endpoint")), metadata, keep(), cap("max_seconds", metadata).map(Double::parseDouble), cap("max_trials", metadata).map(CreateBatch::whole));
    }

    private FileId file() {
        String id = text("input_file_id");
        if (id.isEmpty()) {
            throw invalid("input_file_id", "the input file is missing").allowed("the id of a file of purpose batch").asException();
        }
        try {
            return new FileId(id);
        } catch (FailureException e) {
            throw FileService.unknown(id);
        }
    }

    private Map<String, String> metadata() {
        Map<String, String> pairs = new LinkedHashMap<>();
        JsonNode given = body.path("metadata");
        if (!given.isObject() && !given.isNull() && !given.isMissingNode()) {
            throw invalid("metadata", "the metadata are no object").allowed("texts by name").asException();
        }
        given.properties().forEach(entry -> {
            if (!entry.getValue().isTextual()) {
                throw invalid("metadata", "a value is no text").allowed("texts by name").asException();
            }
            pairs.put(entry.getKey(), entry.getValue().textValue());
        });
        return pairs;
    }

    /** In the object {@code tunesmith}, or, for clients that send no field of ours, in the metadata. */
    private Optional<String> cap(String name, Map<String, String> metadata) {
        JsonNode given = body.path("tunesmith").path(name);
        Optional<String> text = given.isNumber() ? Optional.of(given.asText()) : given.isMissingNode() || given.isNull() ? Optional.ofNullable(metadata.get(name)) : Optional.of(given.toString());
        text.filter(value -> !value.matches("\\d{1,9}(\\.\\d{1,3})?")).ifPresent(value -> {
            throw invalid(name, "\"" + Excerpt.of(value, 40) + "\" is no number").allowed("a plain number of at most nine digits").asException();
        });
        return text;
    }

    private static Long whole(String text) {
        if (text.contains(".")) {
            throw invalid("max_trials", text + " is no whole number").allowed("1 to 10000000").asException();
        }
        return Long.valueOf(text);
    }

    private Optional<Duration> keep() {
        JsonNode given = body.path("output_expires_after");
        if (given.isMissingNode() || given.isNull()) {
            return Optional.empty();
        }
        if (!"created_at".equals(given.path("anchor").textValue())) {
            throw invalid("output_expires_after.anchor", "there is no such anchor").allowed("created_at").asException();
        }
        JsonNode seconds = given.path("seconds");
        return Optional.of(FileResource.keep("output_expires_after.seconds", seconds.isIntegralNumber() && seconds.canConvertToLong() ? seconds.longValue() : -1, seconds.toString()));
    }

    private String text(String field) {
        JsonNode value = body.path(field);
        if (!value.isTextual() && !value.isMissingNode() && !value.isNull()) {
            throw invalid(field, field + " is no text").asException();
        }
        return value.asText("").equals("null") && value.isNull() ? "" : value.asText("");
    }

    private static Failure.BadRequest invalid(String field, String message) {
        return Failure.BadRequest.of(FailureCode.INVALID_REQUEST, field, message);
    }
}
