package io.tunesmith.api.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.tunesmith.api.rest.MetricName;
import io.tunesmith.batch.BatchEndpoint;
import io.tunesmith.batch.LineJson;
import io.tunesmith.batch.Spend;
import io.tunesmith.budget.Budget;
import io.tunesmith.core.Excerpt;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.Metric;
import io.tunesmith.task.Overrides;
import io.tunesmith.task.RulesReader;
import io.tunesmith.task.TaskSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What one line of a batch asks for: a conversation whose last user message is the request, and what is stated outright in the object {@code tunesmith}.
 *
 * @param data a reference: stated, or named by the last user message in the user's own words
 */
record LineRequest(String model, String prompt, String data, Overrides stated) {
    static final String MODEL = "tunesmith";
    private static final int LONGEST_PROMPT = 100_000;
    private static final int LONGEST_REFERENCE = 4_000;
    private static final Set<String> OURS = Set.of("data", "target", "metric", "budget", "seed");
    private static final Set<String> CAPS = Set.of("trials", "seconds");
    private static final Pattern QUOTED = Pattern.compile("(?s)```.*?(?:```|\\z)|(?m:^[ \\t]{0,3}>.*$)|\"[^\"]*(?:\"|\\z)|“[^”]*(?:”|\\z)|`[^`]*(?:`|\\z)|<([A-Za-z]\\w{0,40})[^<>]{0,200}>.*?(?:</\\1\\s*>|\\z)");
    private static final Pattern REFERENCE = Pattern.compile("(?<![\\w/-])(?:ds_|file-)[0-9a-hjkmnp-tv-z]{26}(?![0-9a-z])|(?<![\\w/-])(?:https|s3|hf)://[^\\s,;\"'`<>()\\[\\]{}|\\\\]{1,2000}");

    static LineRequest read(BatchEndpoint endpoint, String body) {
        JsonNode line;
        try {
            line = LineJson.read(body);
        } catch (LineJson.Unreadable e) {
            throw invalid("", e.getMessage()).asException();
        }
        String model = text(line, "model", "model");
        if (!model.equals(MODEL)) {
            throw Failure.BadRequest.of(FailureCode.MODEL_NOT_FOUND, "model", model.isEmpty() ? "the model is missing" : "a batch has no model \"" + shown(model) + "\"").allowed(MODEL).asException();
        }
        String prompt = endpoint == BatchEndpoint.CHAT_COMPLETIONS ? Spoken.last(line.path("messages"), "messages") : line.path("input").isTextual() ? line.path("input").textValue() : Spoken.last(line.path("input"), "input");
        if (prompt.isBlank() || prompt.length() > LONGEST_PROMPT) {
            throw invalid(endpoint == BatchEndpoint.CHAT_COMPLETIONS ? "messages" : "input", "the last user message has " + prompt.strip().length() + " characters").allowed("1 to " + LONGEST_PROMPT).asException();
        }
        JsonNode ours = object(line, "tunesmith", OURS);
        return new LineRequest(model, prompt.strip(), data(ours, prompt), overrides(ours));
    }

    /** The most that it may spend: stated, or read in the request, or the usual. */
    Spend spend() {
        TaskSpec.Budget read = new RulesReader().read(prompt, List.of(), Optional.empty(), stated).budget();
        Budget budget = new Budget(read.trials(), read.seconds(), Optional.empty(), Optional.empty(), Optional.empty());
        boolean nothing = budget.trials().isEmpty() && budget.seconds().isEmpty();
        return new Spend(budget.seconds().or(Budget.DEFAULT::seconds).orElseThrow(), nothing ? Budget.DEFAULT.trials() : budget.trials());
    }

    private static String data(JsonNode ours, String prompt) {
        String stated = text(ours, "data", "tunesmith.data");
        if (stated.length() > LONGEST_REFERENCE) {
            throw invalid("tunesmith.data", "the reference has " + stated.length() + " characters").allowed("at most " + LONGEST_REFERENCE).asException();
        }
        return Optional.of(stated).filter(reference -> !reference.isBlank()).or(() -> named(prompt))
                .orElseThrow(() -> invalid("tunesmith.data", "no data are named").allowed("a ds_… or file-… id, or an address, here or in the last user message").asException());
    }

    private static Optional<String> named(String prompt) {
        return REFERENCE.matcher(QUOTED.matcher(prompt).replaceAll(" ")).results().findFirst().map(match -> match.group().replaceAll("[.,;:!?]+$", ""));
    }

    private static Overrides overrides(JsonNode ours) {
        Optional<String> target = Optional.of(text(ours, "target", "tunesmith.target")).filter(name -> !name.isBlank());
        Optional<Metric> metric = Optional.of(text(ours, "metric", "tunesmith.metric")).filter(name -> !name.isBlank()).map(name -> MetricName.read("tunesmith.metric", name));
        JsonNode budget = object(ours, "budget", CAPS);
        Budget caps = new Budget(whole(budget, "trials", "tunesmith.budget.trials"), number(budget, "seconds"), Optional.empty(), Optional.empty(), Optional.empty());
        return new Overrides(target, metric, caps.trials(), caps.seconds(), whole(ours, "seed", "tunesmith.seed"));
    }

    private static JsonNode object(JsonNode parent, String name, Set<String> known) {
        JsonNode value = parent.path(name);
        if (!value.isObject() && !value.isMissingNode() && !value.isNull()) {
            throw invalid(name, name + " is no object").asException();
        }
        value.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                throw invalid(name + "." + shown(field), "there is no such field").allowed(String.join(", ", known.stream().sorted().toList())).asException();
            }
        });
        return value;
    }

    private static String text(JsonNode parent, String name, String field) {
        JsonNode value = parent.path(name);
        if (!value.isTextual() && !value.isMissingNode() && !value.isNull()) {
            throw invalid(field, name + " is no text").asException();
        }
        return value.isTextual() ? value.textValue() : "";
    }

    private static Optional<Long> whole(JsonNode parent, String name, String field) {
        JsonNode value = parent.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw invalid(field, name + " is " + shown(value.toString())).allowed("a whole number").asException();
        }
        return Optional.of(value.longValue());
    }

    private static Optional<Double> number(JsonNode budget, String name) {
        JsonNode value = budget.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isNumber() || value.toString().length() > 30) {
            throw invalid("tunesmith.budget." + name, name + " is " + shown(value.toString())).allowed("a number").asException();
        }
        return Optional.of(value.doubleValue());
    }

    private static String shown(String text) {
        return Excerpt.of(text, 60);
    }

    private static Failure.BadRequest invalid(String field, String message) {
        return Failure.BadRequest.of(FailureCode.INVALID_REQUEST, field, message);
    }
}
