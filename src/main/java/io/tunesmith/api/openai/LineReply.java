package io.tunesmith.api.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tunesmith.api.ErrorForm;
import io.tunesmith.api.rest.Problem;
import io.tunesmith.api.rest.WireJson;
import io.tunesmith.batch.BatchEndpoint;
import io.tunesmith.batch.LineAnswer;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.RunId;
import io.tunesmith.run.Run;
import io.tunesmith.run.RunStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What a line is answered when its run has ended: the endpoint's own answer, with the run's result under {@code tunesmith}; a run without a model is an error. */
record LineReply(BatchEndpoint endpoint, Run run, Path artifacts) {

    LineAnswer answer() {
        if (run.status() != RunStatus.SUCCEEDED) {
            Failure failure = run.failure().orElseGet(() -> Failure.BadRequest.of(FailureCode.RUN_CONFLICT, "run", "the run was cancelled"));
            return refused(failure, Problem.of(failure).status(), Optional.of(run.id()));
        }
        JsonNode result = result();
        ObjectNode body = endpoint == BatchEndpoint.CHAT_COMPLETIONS ? completion(text(result)) : response(text(result));
        body.putObject("tunesmith").put("run_id", run.id().value()).put("status", run.status().wire()).set("result", result);
        return new LineAnswer.Response(200, body.toString());
    }

    /** An error in the form of the endpoint. */
    static LineAnswer refused(Failure failure, int status, Optional<RunId> run) {
        ObjectNode body = WireJson.MAPPER.createObjectNode();
        body.set("error", ErrorForm.openAiError(Problem.of(failure)));
        run.ifPresent(id -> body.putObject("tunesmith").put("run_id", id.value()));
        return new LineAnswer.Response(Math.max(400, status), body.toString());
    }

    private ObjectNode completion(String text) {
        ObjectNode body = WireJson.MAPPER.createObjectNode().put("id", "chatcmpl-" + tail()).put("object", "chat.completion").put("created", ended()).put("model", LineRequest.MODEL);
        ObjectNode choice = body.putArray("choices").addObject().put("index", 0);
        choice.putObject("message").put("role", "assistant").put("content", text).putNull("refusal");
        choice.put("finish_reason", "stop").putNull("logprobs");
        body.putObject("usage").put("prompt_tokens", 0).put("completion_tokens", 0).put("total_tokens", 0);
        return body;
    }

    private ObjectNode response(String text) {
        ObjectNode body = WireJson.MAPPER.createObjectNode().put("id", "resp_" + tail()).put("object", "response").put("created_at", run.accepted().getEpochSecond()).put("status", "completed").put("model", LineRequest.MODEL);
        ObjectNode message = body.putArray("output").addObject().put("type", "message").put("id", "msg_" + tail()).put("status", "completed").put("role", "assistant");
        message.putArray("content").addObject().put("type", "output_text").put("text", text).putArray("annotations");
        body.putObject("usage").put("input_tokens", 0).put("output_tokens", 0).put("total_tokens", 0);
        body.putNull("error");
        return body;
    }

    private String text(JsonNode result) {
        JsonNode metric = result.path("metric");
        return "The model scores " + rounded(metric.path("test")) + " (" + metric.path("name").asText() + ") on the sealed test; the default configuration scores " + rounded(metric.path("baseline_test"))
                + ". " + run.id() + " has the model and the report.";
    }

    private static String rounded(JsonNode score) {
        return String.format(java.util.Locale.ROOT, "%.4f", score.asDouble());
    }

    private JsonNode result() {
        try {
            return WireJson.MAPPER.readTree(Files.readAllBytes(artifacts.resolve("result.json")));
        } catch (IOException e) {
            throw new UncheckedIOException("the result of " + run.id() + " cannot be read", e);
        }
    }

    private String tail() {
        return run.id().value().substring(RunId.PREFIX.length());
    }

    private long ended() {
        return run.ended().orElse(run.accepted()).getEpochSecond();
    }
}
