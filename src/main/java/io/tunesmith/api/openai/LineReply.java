package io.tunesmith.api.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tunesmith.api.ErrorForm;
import io.tunesmith.api.rest.Problem;
import io.tunesmith.api.rest.WireJson;
import io.tunesmith.batch.LineAnswer;
import io.tunesmith.core.Failure;
import io.tunesmith.core.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The answers of lines: the endpoint's own, with a finished run's result under {@code tunesmith}; or its error. */
final class LineReply {
    private LineReply() {}

    static LineAnswer of(ObjectNode body) {
        return new LineAnswer.Response(200, body.toString());
    }

    /** @param artifacts of the run, which has succeeded */
    static LineAnswer of(ObjectNode body, Path artifacts) {
        try {
            body.withObject("/tunesmith").set("result", WireJson.MAPPER.readTree(Files.readAllBytes(artifacts.resolve("result.json"))));
        } catch (IOException e) {
            throw new UncheckedIOException("the result in " + artifacts + " cannot be read", e);
        }
        return of(body);
    }

    /** An error in the form of the endpoint. @param run that came to nothing; absent: there is none */
    static LineAnswer refused(Failure failure, Optional<RunId> run) {
        Problem problem = Problem.of(failure);
        ObjectNode body = WireJson.MAPPER.createObjectNode();
        body.set("error", ErrorForm.openAiError(problem));
        run.ifPresent(id -> body.putObject("tunesmith").put("run_id", id.value()));
        return new LineAnswer.Response(Math.max(400, problem.status()), body.toString());
    }
}
