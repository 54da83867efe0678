package io.tunesmith.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tunesmith.core.Excerpt;
import io.tunesmith.core.Metric;
import io.tunesmith.core.TableFile;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** Reads the fields of one request, and tells everything that is wrong with them by its field. For one thread. */
final class RequestFields {
    private static final int LONGEST_PROMPT = 100_000;
    private static final int LONGEST_ID = 512;
    private static final long MOST_TRIALS = 100_000;
    private static final double LEAST_SECONDS = 5;
    private static final double MOST_SECONDS = 30 * 86_400;
    private static final Set<String> SIMPLE = Set.of("custom_id", "prompt", "data", "target", "metric", "budget", "seed");
    private static final Set<String> STATED = Set.of("data", "target", "metric", "budget", "seed");
    private static final Set<String> CAPS = Set.of("trials", "seconds");
    private static final Set<String> ENDPOINTS = Set.of("/v1/chat/completions", "/v1/responses");
    private static final Pattern ELSEWHERE = Pattern.compile("(?:ds_|file-)[0-9a-hjkmnp-tv-z]{26}|(?:https|s3|hf)://\\S{1,4000}");
    private final JsonNode line;
    private final Path folder;
    private final BiConsumer<String, String> complaints;
    private boolean wrong;

    /**
     * @param folder that paths are relative to
     * @param complaints takes field and message
     */
    RequestFields(JsonNode line, Path folder, BiConsumer<String, String> complaints) {
        this.line = line;
        this.folder = folder;
        this.complaints = complaints;
    }

    /** @param prompt the request where it is no field */
    Optional<BatchItem> simple(String name, Optional<String> prompt) {
        known(line, "", SIMPLE);
        if (prompt.isPresent() && line.has("prompt")) {
            complain("prompt", "the request is the text below the front matter");
        }
        String id = line.has("custom_id") ? text(line, "custom_id", "custom_id") : name;
        return item(id, prompt.orElseGet(() -> text(line, "prompt", "prompt")), "prompt", line, "");
    }

    /** A line as OpenAI's batches have it. */
    Optional<BatchItem> openAi() {
        if (!"POST".equals(text(line, "method", "method"))) {
            complain("method", "it must be POST");
        }
        if (!ENDPOINTS.contains(text(line, "url", "url"))) {
            complain("url", "it must be one of " + String.join(", ", ENDPOINTS.stream().sorted().toList()));
        }
        JsonNode body = line.path("body");
        if (!body.isObject()) {
            complain("body", "it is no JSON object");
            return Optional.empty();
        }
        if (body.path("stream").asBoolean(false)) {
            complain("body.stream", "a batch does not stream");
        }
        JsonNode ours = body.path("tunesmith");
        known(ours, "body.tunesmith.", STATED);
        String field = body.has("input") ? "body.input" : "body.messages";
        String prompt = body.path("input").isTextual() ? body.path("input").textValue() : lastUser(body.has("input") ? body.path("input") : body.path("messages"));
        return item(text(line, "custom_id", "custom_id"), prompt, field, ours, "body.tunesmith.");
    }

    private Optional<BatchItem> item(String id, String prompt, String promptField, JsonNode stated, String prefix) {
        if (id.isBlank() || id.length() > LONGEST_ID || id.chars().anyMatch(Character::isISOControl)) {
            complain("custom_id", "it must be a text of 1 to " + LONGEST_ID + " printable characters");
        }
        if (prompt.isBlank() || prompt.length() > LONGEST_PROMPT) {
            complain(promptField, "the request has " + prompt.strip().length() + " characters; 1 to " + LONGEST_PROMPT + " are taken");
        }
        String data = text(stated, "data", prefix + "data");
        Optional<Path> file = file(data, prefix + "data");
        JsonNode budget = stated.path("budget");
        if (!budget.isMissingNode() && !budget.isObject()) {
            complain(prefix + "budget", "it must hold trials or seconds");
        }
        known(budget, prefix + "budget.", CAPS);
        BatchItem item = new BatchItem(id, prompt.strip(), file.map(Path::toString).orElse(data), file, target(stated, prefix), metric(stated, prefix), trials(budget, prefix), seconds(budget, prefix),
                whole(stated, "seed", prefix + "seed"));
        return wrong ? Optional.empty() : Optional.of(item);
    }

    /** The local file that the reference names; empty if it is elsewhere. */
    private Optional<Path> file(String data, String field) {
        if (data.isBlank()) {
            complain(field, "no data are named: a path (relative to " + folder + "), a ds_… or file-… id, or an address");
            return Optional.empty();
        }
        if (ELSEWHERE.matcher(data).matches()) {
            return Optional.empty();
        }
        try {
            Path file = folder.resolve(data).normalize();
            if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
                complain(field, "there is no readable file " + file);
            } else if (!TableFile.isTaken(file.getFileName().toString())) {
                complain(field, file.getFileName() + " has no ending that says what it is; taken are " + TableFile.TAKEN);
            }
            return Optional.of(file);
        } catch (InvalidPathException e) {
            complain(field, "this is no path");
            return Optional.empty();
        }
    }

    private Optional<String> target(JsonNode stated, String prefix) {
        return Optional.of(text(stated, "target", prefix + "target")).filter(name -> !name.isBlank());
    }

    private Optional<Metric> metric(JsonNode stated, String prefix) {
        String name = text(stated, "metric", prefix + "metric");
        Optional<Metric> metric = Metric.named(name);
        if (!name.isBlank() && metric.isEmpty()) {
            complain(prefix + "metric", "there is no metric \"" + shown(name) + "\"; there are " + String.join(", ", Metric.names(Metric.Family.values())));
        }
        return metric;
    }

    private Optional<Long> trials(JsonNode budget, String prefix) {
        Optional<Long> trials = whole(budget, "trials", prefix + "budget.trials");
        trials.filter(value -> value < 1 || value > MOST_TRIALS).ifPresent(value -> complain(prefix + "budget.trials", value + " is out of range; 1 to " + MOST_TRIALS));
        return trials;
    }

    private Optional<Double> seconds(JsonNode budget, String prefix) {
        JsonNode value = budget.path("seconds");
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        double seconds = value.isNumber() && value.toString().length() <= 30 ? value.doubleValue() : Double.NaN;
        if (!(seconds >= LEAST_SECONDS && seconds <= MOST_SECONDS)) {
            complain(prefix + "budget.seconds", shown(value.toString()) + " is out of range; 5 to 2592000");
        }
        return Optional.of(seconds);
    }

    private Optional<Long> whole(JsonNode parent, String name, String field) {
        JsonNode value = parent.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            complain(field, shown(value.toString()) + " is no whole number");
            return Optional.empty();
        }
        return Optional.of(value.longValue());
    }

    private String text(JsonNode parent, String name, String field) {
        JsonNode value = parent.path(name);
        if (!value.isTextual() && !value.isMissingNode() && !value.isNull()) {
            complain(field, shown(value.toString()) + " is no text");
        }
        return value.isTextual() ? value.textValue() : "";
    }

    private void known(JsonNode parent, String prefix, Set<String> names) {
        parent.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                complain(prefix + shown(name), "there is no such field; there are " + String.join(", ", names.stream().sorted().toList()));
            }
        });
    }

    /** Only the last user message asks. */
    private static String lastUser(JsonNode messages) {
        String last = "";
        for (JsonNode message : messages) {
            if (message.path("role").asText().equals("user")) {
                last = words(message.path("content"));
            }
        }
        return last;
    }

    private static String words(JsonNode content) {
        if (content.isTextual()) {
            return content.textValue();
        }
        StringBuilder text = new StringBuilder();
        content.forEach(part -> text.append(text.isEmpty() ? "" : "\n").append(part.path("text").asText()));
        return text.toString();
    }

    private void complain(String field, String message) {
        wrong = true;
        complaints.accept(field, message);
    }

    private static String shown(String text) {
        return Excerpt.of(text, 60);
    }
}
