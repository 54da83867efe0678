package io.tunesmith.batch;

import com.fasterxml.jackson.databind.JsonNode;
import io.tunesmith.core.Excerpt;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A file of requests, one JSON object a line. It is taken or refused as a whole: every line is read before the first one begins, and each error names its
 * line. Memory grows with one line and the custom ids, not with the file.
 */
public final class BatchFile {
    static final int LONGEST_ID = 512;
    private static final int MOST_ERRORS = 100;
    private static final String METHOD = "POST";
    private final Path file;
    private final BatchEndpoint endpoint;
    private final Limits limits;

    /**
     * @param lines that are requests, at least 1
     * @param lineBytes of one line
     */
    public record Limits(int lines, int lineBytes) {
        public static final Limits USUAL = new Limits(50_000, 1 << 20);
    }

    /** One line that is fit to run. */
    public record Request(int line, String customId, String body) {}

    /** Reads a body without doing anything; what is wrong with it is a {@code BadRequest}. */
    public interface BodyCheck {
        void check(String body);
    }

    public BatchFile(Path file, BatchEndpoint endpoint, Limits limits) {
        this.file = file;
        this.endpoint = endpoint;
        this.limits = limits;
    }

    /** @return what is wrong, at most {@value #MOST_ERRORS} errors; none: the file can be worked through */
    public List<BatchError> errors(BodyCheck bodies) throws IOException {
        List<BatchError> errors = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        int[] requests = {0};
        each(line -> {
            requests[0]++;
            if (errors.size() < MOST_ERRORS && requests[0] <= limits.lines()) {
                judge(line, ids, bodies, errors);
            }
        });
        if (requests[0] > limits.lines()) {
            errors.addFirst(whole("too_many_requests", "the file has " + requests[0] + " requests; at most " + limits.lines() + " are taken"));
        } else if (requests[0] == 0) {
            errors.add(whole("empty_file", "the file has no request"));
        }
        return errors.size() > MOST_ERRORS ? errors.subList(0, MOST_ERRORS) : errors;
    }

    /** Hands on each request of a file without errors, in order. */
    public int requests(Consumer<Request> to) throws IOException {
        int[] count = {0};
        each(line -> {
            JsonNode request = checked(line);
            to.accept(new Request(line.number(), request.path("custom_id").textValue(), request.path("body").toString()));
            count[0]++;
        });
        return count[0];
    }

    private static JsonNode checked(Lines.Line line) {
        try {
            return LineJson.read(line.text().orElseThrow());
        } catch (LineJson.Unreadable e) {
            throw new IllegalStateException("line " + line.number() + " was read before: " + e.getMessage(), e);
        }
    }

    private void each(Consumer<Lines.Line> to) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            new Lines(in, limits.lineBytes()).each(to);
        }
    }

    private void judge(Lines.Line line, Set<String> ids, BodyCheck bodies, List<BatchError> errors) {
        if (line.text().isEmpty()) {
            errors.add(line.tooLong() ? error("line_too_long", "the line is longer than " + limits.lineBytes() + " bytes", "", line) : error("invalid_encoding", "the line is not UTF-8", "", line));
            return;
        }
        try {
            request(LineJson.read(line.text().get()), line, ids, bodies, errors);
        } catch (LineJson.Unreadable e) {
            errors.add(error("invalid_json_line", e.getMessage(), "", line));
        }
    }

    private void request(JsonNode request, Lines.Line line, Set<String> ids, BodyCheck bodies, List<BatchError> errors) {
        if (!request.isObject()) {
            errors.add(error("invalid_json_line", "the line is no JSON object", "", line));
            return;
        }
        id(request.path("custom_id"), line, ids).ifPresent(errors::add);
        if (!METHOD.equals(request.path("method").textValue())) {
            errors.add(error("invalid_method", "the method is " + shown(request.path("method")) + ", not \"POST\"", "method", line));
        }
        if (!endpoint.path().equals(request.path("url").textValue())) {
            errors.add(error("invalid_url", "the url is " + shown(request.path("url")) + ", and the batch's endpoint is \"" + endpoint.path() + "\"", "url", line));
        }
        body(request.path("body"), line, bodies).ifPresent(errors::add);
    }

    private static Optional<BatchError> id(JsonNode id, Lines.Line line, Set<String> ids) {
        String text = id.isTextual() ? id.textValue() : "";
        if (text.isBlank() || text.length() > LONGEST_ID || text.chars().anyMatch(Character::isISOControl)) {
            return Optional.of(error(id.isMissingNode() ? "missing_custom_id" : "invalid_custom_id", "the custom_id is " + shown(id) + ", not a text of 1 to " + LONGEST_ID + " printable characters", "custom_id", line));
        }
        return ids.add(text) ? Optional.empty() : Optional.of(error("duplicate_custom_id", "the custom_id " + shown(id) + " is on an earlier line too", "custom_id", line));
    }

    private static Optional<BatchError> body(JsonNode body, Lines.Line line, BodyCheck bodies) {
        if (!body.isObject()) {
            return Optional.of(error("invalid_body", "the body is " + shown(body) + ", not a JSON object", "body", line));
        }
        JsonNode stream = body.path("stream");
        if (!stream.isMissingNode() && !stream.isNull() && !(stream.isBoolean() && !stream.booleanValue())) {
            return Optional.of(error("invalid_body", "a batch does not stream: stream is " + shown(stream), "body.stream", line));
        }
        try {
            bodies.check(body.toString());
            return Optional.empty();
        } catch (FailureException e) {
            String field = e.failure() instanceof Failure.BadRequest bad ? bad.field().map(name -> "body." + name).orElse("body") : "body";
            return Optional.of(error("invalid_body", e.failure().message(), field, line));
        }
    }

    /** The value, cut short: it is someone else's text. */
    private static String shown(JsonNode value) {
        String text = value.isMissingNode() ? "missing" : value.toString();
        return Excerpt.of(text, 80);
    }

    private static BatchError whole(String code, String message) {
        return new BatchError(code, message, Optional.empty(), OptionalInt.empty());
    }

    private static BatchError error(String code, String message, String param, Lines.Line line) {
        return new BatchError(code, message, Optional.of(param).filter(name -> !name.isEmpty()), OptionalInt.of(line.number()));
    }
}
