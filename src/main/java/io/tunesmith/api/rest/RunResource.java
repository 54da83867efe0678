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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Runs: start, look, follow, pause, resume, extend, cancel. */
@Path("/api/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class RunResource {
    private static final int MOST = 200;
    private static final int LONGEST_WAIT_SECONDS = 30;
    private final Access access;
    private final Idempotency idempotency;
    private final Clock clock;

    public RunResource(Access access, Idempotency idempotency, Clock clock) {
        this.access = access;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    @POST
    public Response start(@HeaderParam(Idempotency.HEADER) Optional<String> key, InputStream body) {
        byte[] bytes = WireJson.bytes(body);
        return idempotency.once(key, "POST /api/v1/runs", bytes, draw -> {
            Run run = access.runs().start(new RunId(draw.id(RunId.PREFIX)), WireJson.read(bytes, StartRun.class).request());
            return new Answer(202, Map.of("Location", "/api/v1/runs/" + run.id()), WireJson.write(views().brief(run)));
        });
    }

    @GET
    public Page<RunView> newest(@QueryParam("limit") @DefaultValue("50") long limit) {
        return new Page<>(access.runs().list(RunQuery.newest(limit(limit, MOST))).stream().map(views()::brief).toList());
    }

    @GET
    @Path("{id}")
    public RunView one(@PathParam("id") String id) {
        return views().whole(run(id));
    }

    @DELETE
    @Path("{id}")
    public RunView cancel(@PathParam("id") String id) {
        Run run = run(id);
        access.runs().cancel(run.id());
        return views().whole(run(id));
    }

    @PATCH
    @Path("{id}")
    public RunView change(@PathParam("id") String id, InputStream body) {
        return views().whole(run(WireJson.read(body, RunChange.class).apply(access.runs(), run(id)).value()));
    }

    @GET
    @Path("{id}/events")
    public Page<EventView> events(@PathParam("id") String id, @QueryParam("after") @DefaultValue("0") long after, @QueryParam("limit") @DefaultValue("200") long limit,
            @QueryParam("wait") @DefaultValue("0") long waitSeconds) {
        if (waitSeconds > 0) {
            Duration wait = Duration.ofSeconds(limit(waitSeconds, LONGEST_WAIT_SECONDS));
            return new Page<>(access.runs().await(run(id).id(), Math.max(0, after), wait).stream().map(EventView::of).toList());
        }
        return new Page<>(access.runs().events(run(id).id(), Math.max(0, after), limit(limit, 1000)).stream().map(EventView::of).toList());
    }

    @GET
    @Path("{id}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Response follow(@PathParam("id") String id, @QueryParam("after") Optional<Long> after, @HeaderParam("Last-Event-ID") Optional<String> last) {
        long from = last.filter(text -> text.matches("\\d{1,18}")).map(Long::valueOf).or(() -> after).orElse(0L);
        return Response.ok(new EventStream(access.runs(), run(id).id(), from), MediaType.SERVER_SENT_EVENTS)
                .header("Cache-Control", "no-cache").header("X-Accel-Buffering", "no").build();
    }

    @GET
    @Path("{id}/trials")
    public Page<TrialView> trials(@PathParam("id") String id) {
        RunId run = run(id).id();
        return new Page<>(access.runs().trials(run).stream().map(timed -> TrialView.of(timed, timed.trial().state().terminal() ? Optional.empty() : access.runs().waits(run, timed.trial().number()))).toList());
    }

    @GET
    @Path("{id}/audit")
    public AuditView audit(@PathParam("id") String id) {
        return AuditView.of(run(id), access.runs().audit(run(id).id()));
    }

    private Run run(String id) {
        return RunLookup.find(access.runs(), id);
    }

    private RunViews views() {
        return new RunViews(access.runs(), clock);
    }

    private static int limit(long limit, int most) {
        if (limit < 1 || limit > most) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "limit", limit + " is out of range").allowed("1 to " + most).asException();
        }
        return (int) limit;
    }
}
