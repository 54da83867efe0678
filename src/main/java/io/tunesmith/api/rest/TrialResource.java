package io.tunesmith.api.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tunesmith.api.Access;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.RunId;
import io.tunesmith.run.TrialStore.TimedTrial;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** The trials of a run: as JSON in parts, or all of them as a table. */
@Path("/api/v1/runs/{id}/trials")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class TrialResource {
    private static final String CSV = "text/csv";
    private final Access access;

    public TrialResource(Access access) {
        this.access = access;
    }

    @GET
    @Operation(operationId = "listTrials", summary = "The trials of a run; with Accept: text/csv all of them as a table")
    public Page<TrialView> trials(@PathParam("id") String id, @Parameter(description = "number, score or seconds; with a minus the largest first") @QueryParam("sort") @DefaultValue(TrialOrder.USUAL) String sort,
            @Parameter(description = "one state, or several separated by commas") @QueryParam("state") Optional<String> state,
            @QueryParam("limit") @DefaultValue(Cursor.DEFAULT_LIMIT) long limit, @QueryParam("cursor") Optional<String> cursor) {
        TrialOrder order = TrialOrder.of(sort, state);
        int most = Cursor.limit(limit);
        Optional<Long> last = Cursor.number(order.list(), cursor);
        RunId run = RunLookup.find(access.runs(), id).id();
        List<TrialView> sorted = order.apply(all(run));
        int begin = last.map(number -> IntStream.range(0, sorted.size()).filter(place -> sorted.get(place).number() == number).findFirst().orElse(sorted.size() - 1) + 1).orElse(0);
        List<TrialView> part = sorted.subList(begin, Math.min(sorted.size(), begin + most + 1));
        return Page.of(part, most, trial -> Cursor.of(order.list(), Integer.toString(trial.number()))).map(trial -> waiting(run, trial));
    }

    @GET
    @Produces(CSV + ";qs=0.5")
    @Operation(operationId = "listTrials", summary = "The trials of a run; with Accept: text/csv all of them as a table")
    @APIResponse(responseCode = "200", description = "A table", content = @Content(mediaType = CSV, schema = @Schema(type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.STRING)))
    public Response table(@PathParam("id") String id, @QueryParam("sort") @DefaultValue(TrialOrder.USUAL) String sort, @QueryParam("state") Optional<String> state) {
        TrialOrder order = TrialOrder.of(sort, state);
        RunId run = RunLookup.find(access.runs(), id).id();
        return Response.ok(TrialCsv.write(order.apply(all(run))), CSV + "; charset=utf-8; header=present").header("Content-Disposition", "attachment; filename=\"trials-" + run + ".csv\"").build();
    }

    @GET
    @Path("{number}")
    @Operation(operationId = "getTrial", summary = "One trial")
    public TrialView one(@PathParam("id") String id, @PathParam("number") String number) {
        RunId run = RunLookup.find(access.runs(), id).id();
        return all(run).stream().filter(trial -> Integer.toString(trial.number()).equals(number)).findFirst().map(trial -> waiting(run, trial)).orElseThrow(() -> Failure.BadRequest
                .of(FailureCode.NOT_FOUND, "number", "the run has no trial \"" + number + "\"").hint("GET …/trials lists them").asException());
    }

    private List<TrialView> all(RunId run) {
        return access.runs().trials(run).stream().map((TimedTrial timed) -> TrialView.of(timed, Optional.empty())).toList();
    }

    /** Why it waits is looked up only for what is shown. */
    private TrialView waiting(RunId run, TrialView trial) {
        return trial.open() ? trial.waiting(access.runs().waits(run, trial.number())) : trial;
    }
}
