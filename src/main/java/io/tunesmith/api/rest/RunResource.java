package io.tunesmith.api.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tunesmith.api.Access;
import io.tunesmith.api.Idempotency;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.RunId;
import io.tunesmith.run.KeptAnswers.Answer;
import io.tunesmith.run.Run;
import io.tunesmith.run.RunQuery;
import io.tunesmith.run.RunStatus;
import io.tunesmith.run.RunVersion;
import io.tunesmith.run.Runs;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Runs: start, look, list, change. */
@Path("/api/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class RunResource {
    private final Access access;
    private final Idempotency idempotency;
    private final RunViews views;
    private final RunBodies bodies;

    public RunResource(Access access, Idempotency idempotency, RunViews views, RunBodies bodies) {
        this.access = access;
        this.idempotency = idempotency;
        this.views = views;
        this.bodies = bodies;
    }

    @POST
    @Operation(operationId = "startRun", summary = "Starts a run from a request and data, or a plan that waits")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = StartRun.class)))
    @APIResponse(responseCode = "202", description = "Accepted; Location is the run", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = RunView.class)))
    public Response start(@HeaderParam(Idempotency.HEADER) Optional<String> key, InputStream body) {
        byte[] bytes = WireJson.bytes(body);
        return idempotency.once(key, "POST /api/v1/runs", bytes, draw -> {
            StartRun wish = WireJson.read(bytes, StartRun.class);
            Run run = wish.plan().map(this::begun).orElseGet(() -> access.runs().start(new RunId(draw.id(RunId.PREFIX)), wish.request(access.datasets())));
            return new Answer(202, location(run), WireJson.write(views.brief(run)));
        });
    }

    private Run begun(String plan) {
        Run run = run(PlanDraft.run(plan));
        PlanResource.start(access.runs(), run);
        return run(run.id().value());
    }

    @GET
    @Operation(operationId = "listRuns", summary = "Lists runs, newest first")
    public Page<RunView> list(@Parameter(description = "one status, or several separated by commas") @QueryParam("status") Optional<String> status,
            @Parameter(description = "words of the request") @QueryParam("q") Optional<String> text,
            @QueryParam("limit") @DefaultValue(Cursor.DEFAULT_LIMIT) long limit, @QueryParam("cursor") Optional<String> cursor) {
        int most = Cursor.limit(limit);
        Optional<RunId> before = Cursor.read("runs", cursor).map(RunId::new);
        RunQuery query = new RunQuery(status.map(RunResource::statuses).orElse(Set.of()), text.filter(words -> !words.isEmpty()), before, most + 1);
        return Page.of(access.runs().list(query), most, run -> Cursor.of("runs", run.id().value())).map(views::brief);
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getRun", summary = "A run: status, task, plan, question, progress, result")
    @APIResponse(responseCode = "200", description = "The run; its ETag changes with every event", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = RunView.class)))
    @APIResponse(responseCode = "304", description = "As If-None-Match says")
    public Response one(@PathParam("id") String id, @Context Request request) {
        Runs runs = access.runs();
        RunVersion version = RunLookup.version(runs, id);
        EntityTag tag = RunTag.of(version);
        return RunTag.known(request, tag).orElseGet(() -> Response.ok(bodies.of(runs, version))).tag(tag).header("Cache-Control", "private, no-cache").build();
    }

    @DELETE
    @Path("{id}")
    @Operation(operationId = "cancelRun", summary = "Asks a run to end; one that has ended stays as it is")
    @APIResponse(responseCode = "200", description = "The run", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = RunView.class)))
    public Response cancel(@PathParam("id") String id, @HeaderParam("If-Match") Optional<String> version, @Context Request request) {
        Run run = run(id);
        RunTag.same(request, access.runs(), run);
        access.runs().cancel(run.id());
        return changed(run(id), 200);
    }

    @PATCH
    @Path("{id}")
    @Operation(operationId = "changeRun", summary = "Cancels, pauses, resumes or extends a run")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = RunChange.class)))
    @APIResponse(responseCode = "200", description = "The run", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = RunView.class)))
    @APIResponse(responseCode = "202", description = "An ended run was extended: Location is the new run that goes on from it",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = RunView.class)))
    public Response change(@PathParam("id") String id, @HeaderParam("If-Match") Optional<String> version, @Context Request request, InputStream body) {
        RunChange change = WireJson.read(body, RunChange.class);
        Run run = run(id);
        RunTag.same(request, access.runs(), run);
        String action = change.action().orElse("");
        if (!action.equals("extend") && change.budget().isPresent()) {
            throw Failure.BadRequest.of(FailureCode.CONTRADICTION, "budget", "only extend takes a budget").asException();
        }
        switch (action) {
            case "cancel" -> access.runs().cancel(run.id());
            case "pause" -> access.runs().pause(run.id());
            case "resume" -> access.runs().resume(run.id());
            case "extend" -> {
                Run longer = access.runs().extend(run.id(), change.budget().orElse(BudgetView.NONE).more());
                return changed(run(longer.id().value()), longer.id().equals(run.id()) ? 200 : 202);
            }
            default -> throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "action", "\"" + action + "\" is no action").allowed("pause, resume, cancel, extend").asException();
        }
        return changed(run(id), 200);
    }

    @GET
    @Path("{id}/audit")
    @Operation(operationId = "auditRun", summary = "Whether the records of a run keep what is promised; violations is empty")
    public AuditView audit(@PathParam("id") String id) {
        return AuditView.of(run(id), access.runs().audit(run(id).id()));
    }

    @POST
    @Path("{id}/fork")
    @Operation(operationId = "forkRun", summary = "Starts a new run on the same data that goes on from one that has ended, with what is said here in place of what it had")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = ForkRun.class)))
    @APIResponse(responseCode = "202", description = "Accepted; Location is the new run", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = RunView.class)))
    public Response fork(@PathParam("id") String id, @HeaderParam(Idempotency.HEADER) Optional<String> key, InputStream body) {
        byte[] bytes = WireJson.bytes(body);
        Run parent = run(id);
        return idempotency.once(key, "POST /api/v1/runs/" + parent.id() + "/fork", bytes, draw -> {
            Run run = access.runs().start(new RunId(draw.id(RunId.PREFIX)), WireJson.read(bytes, ForkRun.class).request(parent));
            return new Answer(202, location(run), WireJson.write(views.brief(run)));
        });
    }

    private Response changed(Run run, int status) {
        Response.ResponseBuilder answer = Response.status(status).entity(views.whole(access.runs(), run)).tag(RunTag.of(access.runs(), run));
        return (status == 202 ? answer.header("Location", location(run).get("Location")) : answer).build();
    }

    private Run run(String id) {
        return RunLookup.find(access.runs(), id);
    }

    private static Map<String, String> location(Run run) {
        return Map.of("Location", "/api/v1/runs/" + run.id());
    }

    private static Set<RunStatus> statuses(String text) {
        return Stream.of(text.split(",")).map(String::strip).filter(name -> !name.isEmpty()).map(RunResource::status).collect(Collectors.toSet());
    }

    private static RunStatus status(String name) {
        List<RunStatus> all = Arrays.asList(RunStatus.values());
        return all.stream().filter(known -> known.wire().equals(name)).findFirst().orElseThrow(() -> Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "status", "\"" + name + "\" is no status")
                .allowed(all.stream().map(RunStatus::wire).collect(Collectors.joining(", "))).asException());
    }
}
