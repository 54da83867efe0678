package io.tunesmith.api.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tunesmith.api.Access;
import io.tunesmith.api.Idempotency;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.RunId;
import io.tunesmith.run.KeptAnswers.Answer;
import io.tunesmith.run.Question;
import io.tunesmith.run.Run;
import io.tunesmith.run.RunEvent;
import io.tunesmith.run.RunStatus;
import io.tunesmith.run.Runs;
import io.tunesmith.run.Start;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Plans: what would be done, before anything is spent. A plan is a run that waits for a yes, under an id of its own prefix. */
@Path("/api/v1/plans")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class PlanResource {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
    private static final String YES = "yes";
    private final Access access;
    private final Idempotency idempotency;
    private final Clock clock;

    public PlanResource(Access access, Idempotency idempotency, Clock clock) {
        this.access = access;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    @POST
    @Operation(operationId = "makePlan", summary = "Plans a run and spends nothing: the questions that are open, the space, an estimate")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = MakePlan.class)))
    @APIResponse(responseCode = "201", description = "The plan", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = PlanDraft.class)))
    @APIResponse(responseCode = "202", description = "Planning takes longer than 20 s; Location is the plan", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = PlanDraft.class)))
    public Response make(@HeaderParam(Idempotency.HEADER) Optional<String> key, InputStream body) {
        byte[] bytes = WireJson.bytes(body);
        return idempotency.once(key, "POST /api/v1/plans", bytes, draw -> {
            Runs runs = access.runs();
            Run run = runs.start(new RunId(draw.id(RunId.PREFIX)), WireJson.read(bytes, MakePlan.class).request(access.datasets(), Start.HOLD));
            Run planned = awaited(runs, run.id());
            planned.failure().ifPresent(failure -> {
                throw failure.asException();
            });
            return new Answer(planning(planned) ? 202 : 201, Map.of("Location", "/api/v1/plans/" + PlanDraft.id(run.id())), WireJson.write(PlanDraft.of(runs, planned)));
        });
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getPlan", summary = "A plan")
    public PlanDraft one(@PathParam("id") String id) {
        if (!id.startsWith(PlanDraft.PREFIX)) {
            throw unknown(id);
        }
        Run run = access.runs().find(runId(id)).orElseThrow(() -> unknown(id));
        return PlanDraft.of(access.runs(), run);
    }

    /** Begins what waits for a yes; a plan that was begun before goes on as it does. */
    static void start(Runs runs, Run run) {
        Optional<Question> open = runs.question(run.id());
        if (open.filter(question -> !question.id().equals(Question.START)).isPresent()) {
            throw Failure.BadRequest.of(FailureCode.RUN_CONFLICT, "plan_id", "the plan has an open question: " + open.get().text()).hint("answer it: POST /api/v1/runs/" + run.id() + "/answers").asException();
        }
        if (planning(run)) {
            throw Failure.BadRequest.of(FailureCode.RUN_CONFLICT, "plan_id", "the plan is not made yet").hint("ask again: GET /api/v1/plans/" + PlanDraft.id(run.id())).asException();
        }
        runs.answer(run.id(), Question.START, YES);
    }

    private Run awaited(Runs runs, RunId id) {
        Instant end = clock.instant().plus(LONGEST_WAIT);
        long seen = 0;
        Run run = runs.find(id).orElseThrow();
        while (planning(run) && clock.instant().isBefore(end)) {
            List<RunEvent> events = runs.await(id, seen, Duration.between(clock.instant(), end).plusMillis(1));
            seen = events.isEmpty() ? seen : events.getLast().seq();
            run = runs.find(id).orElseThrow();
        }
        return run;
    }

    private static boolean planning(Run run) {
        return run.status() == RunStatus.QUEUED || run.status() == RunStatus.PLANNING;
    }

    private static RunId runId(String planId) {
        try {
            return new RunId(PlanDraft.run(planId));
        } catch (io.tunesmith.core.FailureException e) {
            throw unknown(planId);
        }
    }

    private static RuntimeException unknown(String id) {
        return Failure.BadRequest.of(FailureCode.NOT_FOUND, "id", "there is no plan \"" + id + "\"").hint("POST /api/v1/plans makes one").asException();
    }
}
