package io.tunesmith.api.mcp;

import io.tunesmith.api.rest.ErrorView;
import io.tunesmith.budget.Budget;
import io.tunesmith.core.Direction;
import io.tunesmith.core.RunId;
import io.tunesmith.data.ColumnProfile;
import io.tunesmith.data.DatasetRef;
import io.tunesmith.plan.PipelinePlan;
import io.tunesmith.run.Question;
import io.tunesmith.run.Run;
import io.tunesmith.run.RunEvent;
import io.tunesmith.run.TrialStore.TimedTrial;
import io.tunesmith.space.Parameter;
import io.tunesmith.study.TrialState;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** From what the service knows to what the tools answer. Pure. */
final class Views {
    private Views() {}

    static String planId(RunId id) {
        return "plan_" + id.value().substring("run_".length());
    }

    static Told.Question question(Question question) {
        return new Told.Question(question.id(), question.text(), question.options(), question.assumed());
    }

    static Told.Budget budget(Budget budget) {
        return new Told.Budget(budget.trials(), budget.seconds());
    }

    static Told.Event event(RunEvent event) {
        return new Told.Event(event.seq(), event.at(), event.type(), String.valueOf(event.data().getOrDefault("text", "")));
    }

    static Told.Line line(Run run) {
        return new Told.Line(run.id().value(), run.status().wire(), run.request().text(), run.accepted(), run.ended());
    }

    static Told.Error error(io.tunesmith.core.Failure failure) {
        ErrorView error = ErrorView.of(failure);
        return new Told.Error(error.code(), error.field(), error.message(), error.allowed(), error.hint());
    }

    static Told.Profile profile(DatasetRef data, io.tunesmith.data.Profile profile, Optional<String> target, int values) {
        return new Told.Profile(data.id().value(), data.name(), data.bytes(), profile.rows(), profile.duplicateRows(), target.flatMap(profile::column).map(column -> column(column, values)),
                profile.columns().stream().map(column -> column(column, values)).toList(), profile.findings());
    }

    private static Told.Column column(ColumnProfile column, int values) {
        Optional<ColumnProfile.Numbers> numbers = column.numbers();
        return new Told.Column(column.name(), column.type().wire(), column.missing(), column.distinct(), numbers.map(ColumnProfile.Numbers::min), numbers.map(ColumnProfile.Numbers::max),
                numbers.map(ColumnProfile.Numbers::mean), numbers.map(ColumnProfile.Numbers::sd), column.top().stream().limit(values).map(top -> new Told.Value(top.value(), top.count())).toList(), column.reason());
    }

    static Told.Plan plan(Run run, Optional<PipelinePlan> made, Optional<Budget> budget, Optional<Question> question) {
        return new Told.Plan(planId(run.id()), run.id().value(), run.status().wire(), run.request().data().value(), made.isPresent(), made.map(PipelinePlan::target), made.map(PipelinePlan::kind),
                made.map(plan -> plan.metric().wire()), made.map(PipelinePlan::metricWhy), made.map(PipelinePlan::learners).orElse(List.of()), made.map(Views::space).orElse(Map.of()),
                made.map(Views::dropped).orElse(Map.of()), budget.map(Views::budget),
                made.map(PipelinePlan::estimate).map(estimate -> new Told.Estimate(estimate.secondsLow(), estimate.secondsHigh(), estimate.moneyLowUsd(), estimate.moneyHighUsd(), estimate.why())),
                made.map(PipelinePlan::notes).orElse(List.of()), question.map(Views::question));
    }

    private static Map<String, String> space(PipelinePlan plan) {
        Map<String, String> ranges = new LinkedHashMap<>();
        plan.space().parameters().forEach(parameter -> ranges.put(parameter.name(), range(parameter)));
        return ranges;
    }

    private static String range(Parameter parameter) {
        return switch (parameter) {
            case Parameter.Real real -> real.low() + " to " + real.high() + scale(real.scale());
            case Parameter.Whole whole -> whole.low() + " to " + whole.high() + scale(whole.scale());
            case Parameter.Ordinal ordinal -> "one of " + ordinal.choices();
            case Parameter.Categorical categorical -> "one of " + categorical.choices();
            case Parameter.Fixed fixed -> String.valueOf(fixed.defaultValue());
        };
    }

    private static String scale(Parameter.Scale scale) {
        return scale == Parameter.Scale.LINEAR ? "" : ", " + scale.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> dropped(PipelinePlan plan) {
        return plan.columns().stream().filter(column -> !column.used()).collect(Collectors.toMap(PipelinePlan.ColumnUse::name, PipelinePlan.ColumnUse::why, (first, _) -> first, LinkedHashMap::new));
    }

    static Told.Progress progress(List<TimedTrial> trials, Optional<PipelinePlan> plan) {
        int ended = (int) trials.stream().filter(timed -> timed.trial().state().terminal()).count();
        int running = (int) trials.stream().filter(timed -> timed.trial().state() instanceof TrialState.Running).count();
        Optional<TimedTrial> best = plan.map(PipelinePlan::direction).flatMap(direction -> best(trials, direction));
        return new Told.Progress(ended, running, best.flatMap(timed -> timed.trial().score()), best.map(timed -> timed.trial().number()), plan.map(made -> made.metric().wire()), plan.map(made -> made.direction().wire()));
    }

    private static Optional<TimedTrial> best(List<TimedTrial> trials, Direction direction) {
        return trials.stream().filter(timed -> timed.trial().score().isPresent()).min(Comparator.comparingDouble(timed -> direction.loss(timed.trial().score().orElseThrow())));
    }

    static String state(TrialState state) {
        return state.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    static Optional<Double> score(TrialState state) {
        return switch (state) {
            case TrialState.Succeeded done -> Optional.of(done.score());
            case TrialState.Pruned pruned -> Optional.of(pruned.score());
            case TrialState.Proposed _, TrialState.Queued _, TrialState.Running _, TrialState.Infeasible _, TrialState.Failed _, TrialState.Cancelled _ -> Optional.empty();
        };
    }

    static Optional<String> end(TrialState state) {
        return switch (state) {
            case TrialState.Pruned pruned -> Optional.of(pruned.why());
            case TrialState.Infeasible infeasible -> Optional.of(infeasible.detail());
            case TrialState.Failed failed -> Optional.of(failed.message());
            case TrialState.Proposed _, TrialState.Queued _, TrialState.Running _, TrialState.Succeeded _, TrialState.Cancelled _ -> Optional.empty();
        };
    }

    static Optional<String> errorClass(TrialState state) {
        return switch (state) {
            case TrialState.Infeasible infeasible -> Optional.of("infeasible_" + infeasible.reason().name().toLowerCase(Locale.ROOT));
            case TrialState.Failed failed -> Optional.of(failed.code());
            case TrialState.Pruned _, TrialState.Proposed _, TrialState.Queued _, TrialState.Running _, TrialState.Succeeded _, TrialState.Cancelled _ -> Optional.empty();
        };
    }

    static Told.Trial trial(TimedTrial timed) {
        TrialState state = timed.trial().state();
        return new Told.Trial(timed.trial().number(), state(state), score(state), timed.trial().proposal().assignment().values(), timed.trial().proposal().sampler(), timed.trial().proposal().why(), end(state));
    }
}
