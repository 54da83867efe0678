package io.tunesmith.api.rest;

import io.tunesmith.plan.PipelinePlan;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The plan in short.
 *
 * @param columns columns that the model reads
 * @param dropped columns that it does not, with the reason
 * @param parameters how many hyperparameters are searched
 */
public record PlanView(String recipe, String kind, String target, String metric, String direction, String metricWhy, List<String> columns, Map<String, String> dropped,
        List<String> learners, int parameters, int folds, double testShare, BudgetView budget, double estimateSecondsLow, double estimateSecondsHigh, List<String> notes) {

    static PlanView of(PipelinePlan plan) {
        return new PlanView(plan.recipe(), plan.kind(), plan.target(), plan.metric().wire(), plan.direction().wire(), plan.metricWhy(),
                plan.columns().stream().filter(PipelinePlan.ColumnUse::used).map(PipelinePlan.ColumnUse::name).toList(),
                plan.columns().stream().filter(column -> !column.used()).collect(Collectors.toMap(PipelinePlan.ColumnUse::name, PipelinePlan.ColumnUse::why, (a, _) -> a)),
                plan.learners(), plan.space().parameters().size(), plan.split().folds(), plan.split().testShare(),
                BudgetView.of(plan.budget()), plan.estimate().secondsLow(), plan.estimate().secondsHigh(), plan.notes());
    }
}
