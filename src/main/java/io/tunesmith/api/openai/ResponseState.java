package io.tunesmith.api.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tunesmith.api.rest.WireJson;
import io.tunesmith.core.Failure;
import io.tunesmith.run.Question;
import io.tunesmith.run.Run;
import io.tunesmith.run.RunEvent;
import io.tunesmith.run.RunStatus;
import io.tunesmith.run.Runs;
import io.tunesmith.talk.Narrator;
import io.tunesmith.talk.Wording;
import java.util.List;
import java.util.Optional;

/**
 * How far an answer is: it is over when its run first rested after it began; what the run did later belongs to later answers.
 *
 * @param rest the event with which the telling ended; absent: it goes on, or there is nothing to tell
 */
record ResponseState(ResponseRecord response, Optional<Run> run, Optional<RunEvent> rest, Wording wording, Runs runs) {
    private static final int PAGE = 1000;

    static ResponseState of(ResponseRecord response, Runs runs, String url) {
        Optional<Run> run = response.runId().flatMap(runs::find);
        Optional<RunEvent> rest = run.isEmpty() ? Optional.empty() : response.after().flatMap(after -> rest(runs, run.get(), after));
        return new ResponseState(response, run, rest, new Wording(url), runs);
    }

    private static Optional<RunEvent> rest(Runs runs, Run run, long after) {
        long last = after;
        for (List<RunEvent> page = runs.events(run.id(), last, PAGE); !page.isEmpty(); page = runs.events(run.id(), last, PAGE)) {
            Optional<RunEvent> found = page.stream().filter(Narrator::rests).findFirst();
            if (found.isPresent()) {
                return found;
            }
            last = page.getLast().seq();
        }
        return Optional.empty();
    }

    String status() {
        if (response.after().isEmpty() || run.isEmpty()) {
            return "completed";
        }
        if (rest.isEmpty()) {
            return run.get().status() == RunStatus.QUEUED ? "queued" : "in_progress";
        }
        return rest.get().type().equals("run.finished") ? switch (run.get().status()) {
            case FAILED -> "failed";
            case CANCELLED -> "cancelled";
            case BUDGET_EXHAUSTED -> "incomplete";
            default -> "completed";
        } : "completed";
    }

    /** All that it says up to now. */
    String text() {
        return response.text() + closing();
    }

    /** What is said when the telling ends; empty until then. */
    String closing() {
        return rest.map(this::closing).orElse("");
    }

    private String closing(RunEvent event) {
        return switch (event.type()) {
            case "question.asked" -> wording.question(run.orElseThrow(), question(event));
            case "run.status" -> "Run " + run.orElseThrow().id() + " is paused. \"resume\" goes on.";
            default -> wording.standing(runs, run.orElseThrow());
        };
    }

    private static Question question(RunEvent event) {
        List<String> options = event.data().get("options") instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
        return new Question(String.valueOf(event.data().get("question_id")), String.valueOf(event.data().get("text")), options, Optional.ofNullable(event.data().get("assumed")).map(String::valueOf).filter(assumed -> !assumed.isEmpty()));
    }

    /** The {@code response} object. */
    ObjectNode json() {
        String status = status();
        ObjectNode json = frame(status);
        ArrayNode output = json.putArray("output");
        if (!status.equals("queued") && !status.equals("in_progress")) {
            output.add(message("completed", text()));
        }
        Tokens.Usage usage = Tokens.Usage.of(response.asked(), text());
        ObjectNode used = json.putObject("usage").put("input_tokens", usage.promptTokens()).put("output_tokens", usage.completionTokens()).put("total_tokens", usage.totalTokens());
        used.putObject("input_tokens_details").put("cached_tokens", 0);
        used.putObject("output_tokens_details").put("reasoning_tokens", 0);
        ObjectNode ours = json.putObject("tunesmith").put("attached", response.attached());
        ours.put("run_id", response.run().orElse(null));
        ours.put("status", run.map(found -> found.status().wire()).orElse(null));
        return json;
    }

    private ObjectNode frame(String status) {
        ObjectNode json = WireJson.MAPPER.createObjectNode().put("id", response.id()).put("object", "response").put("created_at", response.created()).put("status", status).put("background", response.background()).put("model", response.model());
        json.set("error", status.equals("failed") ? error() : null);
        json.set("incomplete_details", status.equals("incomplete") ? WireJson.MAPPER.createObjectNode().put("reason", "budget_exhausted") : null);
        json.put("instructions", response.instructions().orElse(null)).put("previous_response_id", response.previous().orElse(null)).putNull("max_output_tokens");
        json.put("parallel_tool_calls", true).put("store", true).put("temperature", 1.0).put("top_p", 1.0).put("tool_choice", "auto").put("truncation", "disabled");
        json.putArray("tools");
        json.putObject("metadata");
        json.putObject("reasoning").putNull("effort").putNull("summary");
        json.putObject("text").putObject("format").put("type", "text");
        return json;
    }

    private ObjectNode error() {
        Optional<Failure> failure = run.flatMap(Run::failure);
        return WireJson.MAPPER.createObjectNode().put("code", failure.map(why -> why.code().wire()).orElse("server_error")).put("message", failure.map(Failure::message).orElse("the run failed"));
    }

    ObjectNode message(String status, String text) {
        ObjectNode message = WireJson.MAPPER.createObjectNode().put("type", "message").put("id", "msg_" + response.body()).put("status", status).put("role", "assistant");
        message.putArray("content").add(part(text));
        return message;
    }

    static ObjectNode part(String text) {
        ObjectNode part = WireJson.MAPPER.createObjectNode().put("type", "output_text").put("text", text);
        part.putArray("annotations");
        return part;
    }
}
