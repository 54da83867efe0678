package io.tunesmith.api.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tunesmith.api.Access;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.RunId;
import io.tunesmith.plan.PipelinePlan;
import io.tunesmith.run.Run;
import io.tunesmith.study.Importance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** What charts of a run need, as plain data: whoever draws chooses how. */
@Path("/api/v1/runs/{id}/plots")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class PlotResource {
    private final Access access;

    public PlotResource(Access access) {
        this.access = access;
    }

    @GET
    @Path("history")
    @Operation(operationId = "plotHistory", summary = "Scores in the order in which trials ended, with the best so far")
    public PlotViews.History history(@PathParam("id") String id) {
        Run run = run(id);
        Optional<PipelinePlan> plan = plan(run.id());
        return new PlotViews.History(metric(plan), plan.map(made -> made.direction().wire()), PlotViews.history(trials(run.id()), run.accepted(), plan.map(PipelinePlan::direction)));
    }

    @GET
    @Path("timeline")
    @Operation(operationId = "plotTimeline", summary = "When each trial was at work")
    public PlotViews.Timeline timeline(@PathParam("id") String id) {
        Run run = run(id);
        return new PlotViews.Timeline(PlotViews.bars(trials(run.id()), run.accepted()));
    }

    @GET
    @Path("intermediate")
    @Operation(operationId = "plotIntermediate", summary = "What each trial reported on its way")
    public PlotViews.Intermediate intermediate(@PathParam("id") String id) {
        RunId run = run(id).id();
        return new PlotViews.Intermediate(metric(plan(run)), trials(run).stream().filter(trial -> !trial.curve().isEmpty()).map(trial -> new PlotViews.Curve(trial.number(), trial.state(), trial.curve())).toList());
    }

    @GET
    @Path("parallel")
    @Operation(operationId = "plotParallel", summary = "Every trial as one line over all parameters")
    public PlotViews.Parallel parallel(@PathParam("id") String id) {
        RunId run = run(id).id();
        return new PlotViews.Parallel(metric(plan(run)), axes(run), PlotViews.scored(trials(run)).map(trial -> new PlotViews.Line(trial.number(), trial.score().orElseThrow(), trial.config())).toList());
    }

    @GET
    @Path("importance")
    @Operation(operationId = "plotImportance", summary = "Which parameters matter; 422 too_few_trials until there are enough to say")
    public PlotViews.Shares importance(@PathParam("id") String id) {
        RunId run = run(id).id();
        int scored = Math.toIntExact(trials(run).stream().filter(trial -> trial.state().equals("succeeded")).count());
        Map<String, Double> shares = access.runs().importance(run);
        if (shares.isEmpty()) {
            throw Failure.BadRequest.of(FailureCode.TOO_FEW_TRIALS, "id", scored + " succeeded trials say nothing about which parameter matters").allowed("a run with at least " + Importance.LEAST_TRIALS + " succeeded trials that differ").asException();
        }
        return new PlotViews.Shares(scored, shares.entrySet().stream().map(entry -> new PlotViews.Share(entry.getKey(), entry.getValue())).toList());
    }

    @GET
    @Path("slice")
    @Operation(operationId = "plotSlice", summary = "Scores over each parameter, or over one")
    public PlotViews.Slice slice(@PathParam("id") String id, @Parameter(description = "the name of a parameter; absent: all") @QueryParam("parameter") Optional<String> parameter) {
        RunId run = run(id).id();
        List<TrialView> trials = trials(run);
        List<ParameterView> wanted = axes(run).stream().filter(axis -> parameter.isEmpty() || parameter.get().equals(axis.name())).toList();
        if (parameter.isPresent() && wanted.isEmpty()) {
            throw Failure.BadRequest.of(FailureCode.NOT_FOUND, "parameter", "the run searches no \"" + parameter.get() + "\"").hint("GET …/plots/parallel lists the parameters").asException();
        }
        return new PlotViews.Slice(metric(plan(run)), wanted.stream().map(axis -> new PlotViews.Cut(axis, PlotViews.dots(trials, axis.name()))).toList());
    }

    @GET
    @Path("{kind}")
    @Operation(hidden = true)
    public void other(@PathParam("id") String id, @PathParam("kind") String kind) {
        throw Failure.BadRequest.of(FailureCode.NOT_FOUND, "kind", "there is no plot \"" + kind + "\"" + (List.of("contour", "pareto").contains(kind) ? " yet" : ""))
                .allowed("history, timeline, intermediate, parallel, importance, slice").asException();
    }

    private Run run(String id) {
        return RunLookup.find(access.runs(), id);
    }

    private Optional<PipelinePlan> plan(RunId run) {
        return access.runs().plan(run);
    }

    private List<ParameterView> axes(RunId run) {
        return plan(run).map(plan -> plan.space().parameters().stream().map(ParameterView::of).toList()).orElse(List.of());
    }

    private List<TrialView> trials(RunId run) {
        return access.runs().trials(run).stream().map(timed -> TrialView.of(timed, Optional.empty())).toList();
    }

    private static Optional<String> metric(Optional<PipelinePlan> plan) {
        return plan.map(made -> made.metric().wire());
    }
}
