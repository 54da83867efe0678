package io.tunesmith.api.rest;

import io.tunesmith.core.RunId;
import io.tunesmith.plan.PipelinePlan;
import io.tunesmith.run.Question;
import io.tunesmith.run.Run;
import io.tunesmith.run.Runs;
import java.util.List;
import java.util.Optional;

/**
 * A plan that waits to be started: a run that does not begin to spend by itself.
 *
 * @param planId {@code plan_} and the run's 26 characters
 * @param status the run's: {@code waiting_input} once it is planned
 * @param questions what is open; {@code start} is not one of them: POST /runs {plan_id} answers it
 * @param plan absent until it is made
 * @param space what would be searched; empty until the plan is made
 * @param error why there is no plan
 */
public record PlanDraft(String planId, String runId, String status, String prompt, String dataId, List<QuestionView> questions, Optional<PlanView> plan, List<ParameterView> space, List<String> learners,
        Optional<EstimateView> estimate, Optional<BudgetView> budget, Optional<ErrorView> error) {
    static final String PREFIX = "plan_";

    /** Seconds of the whole run, lower and upper, and where they come from. */
    public record EstimateView(double secondsLow, double secondsHigh, String why) {}

    static PlanDraft of(Runs runs, Run run) {
        Optional<PipelinePlan> plan = runs.plan(run.id());
        List<QuestionView> open = runs.question(run.id()).filter(question -> !question.id().equals(Question.START)).map(QuestionView::of).stream().toList();
        return new PlanDraft(id(run.id()), run.id().value(), run.status().wire(), run.request().text(), run.request().data().value(), open, plan.map(PlanView::of),
                plan.map(made -> made.space().parameters().stream().map(ParameterView::of).toList()).orElse(List.of()), plan.map(PipelinePlan::learners).orElse(List.of()),
                plan.map(made -> new EstimateView(made.estimate().secondsLow(), made.estimate().secondsHigh(), made.estimate().why())),
                runs.budget(run.id()).map(BudgetView::of), run.failure().map(ErrorView::of));
    }

    static String id(RunId run) {
        return PREFIX + run.value().substring(RunId.PREFIX.length());
    }

    /** The run of a plan's id, or what was given, where it is none. */
    static String run(String planId) {
        return planId.startsWith(PREFIX) ? RunId.PREFIX + planId.substring(PREFIX.length()) : planId;
    }
}
