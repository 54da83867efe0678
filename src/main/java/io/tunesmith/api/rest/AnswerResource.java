package io.tunesmith.api.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tunesmith.api.Access;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.run.Question;
import io.tunesmith.run.Run;
import io.tunesmith.run.Runs;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.time.Clock;

/** Answers to what a run asks. */
@Path("/api/v1/runs/{id}/answers")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class AnswerResource {
    private final Access access;
    private final Clock clock;

    public AnswerResource(Access access, Clock clock) {
        this.access = access;
        this.clock = clock;
    }

    @POST
    public RunView answer(@PathParam("id") String id, InputStream body) {
        Runs runs = access.runs();
        Run run = RunLookup.find(runs, id);
        GiveAnswer given = WireJson.read(body, GiveAnswer.class);
        String question = given.questionId().or(() -> runs.question(run.id()).map(Question::id)).orElseThrow(() -> Failure.BadRequest
                .of(FailureCode.RUN_CONFLICT, "question_id", "the run is " + run.status().wire() + " and asks nothing").hint("an answer that was given stands").asException());
        runs.answer(run.id(), question, given.answer());
        return new RunViews(runs, clock).whole(RunLookup.find(runs, id));
    }
}
