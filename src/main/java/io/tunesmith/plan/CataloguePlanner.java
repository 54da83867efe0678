package io.tunesmith.plan;

import io.tunesmith.budget.Budget;
import io.tunesmith.core.Metric;
import io.tunesmith.data.ColumnProfile.ValueCount;
import io.tunesmith.data.ColumnProfile;
import io.tunesmith.data.Profile;
import io.tunesmith.plan.PipelinePlan.ColumnUse;
import io.tunesmith.plan.PipelinePlan.SplitShape;
import io.tunesmith.space.Assignment;
import io.tunesmith.space.Condition;
import io.tunesmith.space.Parameter;
import io.tunesmith.space.SearchSpace;
import io.tunesmith.task.TaskSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans by the catalogue alone: what the profile allows, what the task asks for, defaults that are said. Needs no model. Thread-safe. */
public final class CataloguePlanner implements Planner {
    private static final double TEST_SHARE = 0.2;
    /** With a time limit and no trial limit, time decides. */
    private static final long TRIALS_WHEN_TIME_DECIDES = 1000;

    @Override
    public PipelinePlan plan(TaskSpec task, Profile profile, Machine machine) {
        ColumnProfile target = TargetCheck.target(task, profile);
        String kind = TargetCheck.kind(task, target);
        Metric metric = task.metric().map(TaskSpec.MetricGoal::name).orElseGet(() -> usualMetric(kind, target));
        TargetCheck.metric(metric, kind);
        String why = task.metric().isPresent() ? task.source("metric.name").or(() -> task.source("metric")).orElse("the request") : "chosen here: the request names none";
        List<ColumnUse> columns = Columns.use(profile, target.name());
        List<Learner> learners = machine.lightgbm() ? List.of(Learner.values()) : List.of(Learner.XGBOOST, Learner.LINEAR);
        SearchSpace space = space(learners);
        SplitShape split = new SplitShape(TEST_SHARE, folds(profile.rows() - target.missing()), !kind.equals("regression"));
        Budget budget = budget(task.budget());
        return new PipelinePlan("tabular", kind, target.name(), metric, metric.direction(), why, columns, split, space, warmStarts(space, learners), true, machine.parallel(), budget,
                RunTime.estimate(profile, columns, split, budget, machine), learners.stream().map(Learner::title).toList(), notes(target, kind, machine));
    }

    private static Metric usualMetric(String kind, ColumnProfile target) {
        return switch (kind) {
            case "regression" -> Metric.RMSE;
            case "binary" -> Metric.ROC_AUC;
            default -> rarest(target) * target.distinct() * 2 < 1 ? Metric.BALANCED_ACCURACY : Metric.ACCURACY;
        };
    }

    /** Share of the rarest of the listed values. */
    private static double rarest(ColumnProfile target) {
        double all = target.top().stream().mapToLong(ValueCount::count).sum();
        return target.top().isEmpty() ? 0 : target.top().getLast().count() / all;
    }

    private static int folds(long rows) {
        return rows <= 10_000 ? 5 : rows <= 50_000 ? 3 : 1;
    }

    private static SearchSpace space(List<Learner> learners) {
        List<Parameter> parameters = new ArrayList<>();
        List<Object> names = learners.stream().<Object>map(Learner::wire).toList();
        parameters.add(new Parameter.Categorical(Learner.PARAMETER, names, Learner.XGBOOST.wire(), Condition.ALWAYS));
        learners.forEach(learner -> parameters.addAll(learner.parameters()));
        return new SearchSpace(parameters);
    }

    /** The default configuration first (XGBoost as it comes), then each other learner as it comes. */
    private static List<Assignment> warmStarts(SearchSpace space, List<Learner> learners) {
        return learners.stream().map(learner -> {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put(Learner.PARAMETER, learner.wire());
            learner.parameters().forEach(parameter -> values.put(parameter.name(), parameter.defaultValue()));
            return new Assignment(values);
        }).toList();
    }

    private static Budget budget(TaskSpec.Budget asked) {
        boolean nothing = asked.trials().isEmpty() && asked.seconds().isEmpty();
        Optional<Long> trials = nothing ? Budget.DEFAULT.trials() : asked.trials().or(() -> Optional.of(TRIALS_WHEN_TIME_DECIDES));
        return new Budget(trials, asked.seconds().or(Budget.DEFAULT::seconds), asked.gpuSeconds(), asked.tokens(), asked.moneyUsd());
    }

    private static List<String> notes(ColumnProfile target, String kind, Machine machine) {
        List<String> notes = new ArrayList<>();
        if (target.missing() > 0) {
            notes.add(target.missing() + " rows have no value in the target \"" + target.name() + "\" and are left out.");
        }
        if (!kind.equals("regression") && !target.top().isEmpty() && target.top().getLast().count() < 10) {
            ValueCount rare = target.top().getLast();
            notes.add("The class \"" + rare.value() + "\" has only " + rare.count() + " rows: its scores are uncertain.");
        }
        if (!machine.lightgbm()) {
            notes.add("LightGBM is left out: this machine has no libgomp (on Debian: apt-get install libgomp1).");
        }
        return notes;
    }
}
