package io.tunesmith.api.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tunesmith.api.Access;
import io.tunesmith.core.RunId;
import io.tunesmith.run.Run;
import io.tunesmith.run.RunEvent;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** What happens in a run: as pages, or as a stream that stays open. */
@Path("/api/v1/runs/{id}/events")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class RunEventResource {
    private static final int MOST = 1000;
    private static final int LONGEST_WAIT_SECONDS = 30;
    private final Access access;

    public RunEventResource(Access access) {
        this.access = access;
    }

    @GET
    @Operation(operationId = "listEvents", summary = "The events of a run: a page, or with Accept: text/event-stream a stream that goes on from Last-Event-ID and closes after run.finished")
    public Page<EventView> events(@PathParam("id") String id, @Parameter(description = "the number of the last event that is known") @QueryParam("after") @DefaultValue("0") long after,
            @QueryParam("limit") @DefaultValue("200") long limit, @QueryParam("cursor") Optional<String> cursor,
            @Parameter(description = "seconds to wait for the next event, 0 to 30") @QueryParam("wait") @DefaultValue("0") long waitSeconds) {
        RunId run = RunLookup.find(access.runs(), id).id();
        long from = Cursor.number("events", cursor).orElse(Math.max(0, after));
        int most = Cursor.within("limit", limit, MOST);
        if (waitSeconds != 0) {
            access.runs().await(run, from, Duration.ofSeconds(Cursor.within("wait", waitSeconds, LONGEST_WAIT_SECONDS)));
        }
        List<RunEvent> events = access.runs().events(run, from, most + 1);
        return Page.of(events, most, event -> Cursor.of("events", Long.toString(event.seq()))).map(EventView::of);
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS + ";qs=0.5")
    @Operation(operationId = "listEvents", summary = "The events of a run: a page, or with Accept: text/event-stream a stream that goes on from Last-Event-ID and closes after run.finished")
    @APIResponse(responseCode = "200", description = "Events", content = @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(ref = "ServerSentEvent")))
    public Response follow(@PathParam("id") String id, @QueryParam("after") Optional<Long> after, @HeaderParam("Last-Event-ID") Optional<String> last, @Context Request request,
            @Context HttpServerResponse response) {
        long from = last.filter(text -> text.matches("\\d{1,18}")).map(Long::valueOf).or(() -> after).orElse(0L);
        Run run = RunLookup.find(access.runs(), id);
        Response.ResponseBuilder answer = request.getMethod().equals("HEAD") ? Response.ok().type(MediaType.SERVER_SENT_EVENTS)
                : Response.ok(new EventStream(access.runs(), run, Math.max(0, from), response, access.stands()), MediaType.SERVER_SENT_EVENTS);
        return answer.header("Cache-Control", "no-cache").header("X-Accel-Buffering", "no").build();
    }
}
