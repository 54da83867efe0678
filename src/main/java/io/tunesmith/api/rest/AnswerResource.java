package io.tunesmith.api.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tunesmith.api.Access;
import io.tunesmith.api.Idempotency;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.run.KeptAnswers.Answer;
import io.tunesmith.run.Question;
import io.tunesmith.run.Run;
import io.tunesmith.run.Runs;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Answers to what a run asks. */
@Path("/api/v1/runs/{id}/answers")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class AnswerResource {
    private final Access access;
    private final Idempotency idempotency;
    private final RunViews views;

    public AnswerResource(Access access, Idempotency idempotency, RunViews views) {
        this.access = access;
        this.idempotency = idempotency;
        this.views = views;
    }

    @POST
    @Operation(operationId = "answerQuestion", summary = "Answers what a run asks; the same answer again changes nothing")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = GiveAnswer.class)))
    @APIResponse(responseCode = "200", description = "The run", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = RunView.class)))
    public Response answer(@PathParam("id") String id, @HeaderParam(Idempotency.HEADER) Optional<String> key, InputStream body) {
        byte[] bytes = WireJson.bytes(body);
        Runs runs = access.runs();
        Run run = RunLookup.find(runs, id);
        return idempotency.once(key, "POST /api/v1/runs/" + run.id() + "/answers", bytes, _ -> {
            GiveAnswer given = WireJson.read(bytes, GiveAnswer.class);
            String question = given.questionId().or(() -> runs.question(run.id()).map(Question::id)).orElseThrow(() -> Failure.BadRequest
                    .of(FailureCode.RUN_CONFLICT, "question_id", "the run is " + run.status().wire() + " and asks nothing").hint("an answer that was given stands").asException());
            runs.answer(run.id(), question, given.answer());
            return new Answer(200, Map.of(), WireJson.write(views.whole(runs, RunLookup.find(runs, id))));
        });
    }
}
