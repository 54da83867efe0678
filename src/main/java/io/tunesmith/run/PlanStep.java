package io.tunesmith.run;

import io.tunesmith.data.Profile;
import io.tunesmith.plan.PipelinePlan.ColumnUse;
import io.tunesmith.plan.PipelinePlan;
import io.tunesmith.task.TaskSpec;
import java.util.List;
import java.util.Locale;

/** Plans and says what the plan is before anything is spent on it. */
record PlanStep(RunContext context) {

    PipelinePlan run(TaskSpec task, Profile profile) {
        PipelinePlan plan = context.ports().planner().plan(task, profile, context.ports().machine().get());
        List<ColumnUse> used = plan.columns().stream().filter(ColumnUse::used).toList();
        String text = String.format(Locale.ROOT, "%s of %s by %s; %d of %d columns; %s; %d folds; at most %d trials and %.0f s; about %.0f to %.0f s",
                plan.kind(), plan.target(), plan.metric().wire(), used.size(), plan.columns().size(), String.join(", ", plan.learners()), plan.split().folds(),
                plan.budget().trials().orElseThrow(), plan.budget().seconds().orElseThrow(), plan.estimate().secondsLow(), plan.estimate().secondsHigh());
        context.say("plan.ready", text, "kind", plan.kind(), "target", plan.target(), "metric", plan.metric().wire(), "metric_why", plan.metricWhy(),
                "direction", plan.direction().wire(), "columns", plan.columns().stream().map(use -> use.name() + ": " + use.treatment() + " (" + use.why() + ")").toList(),
                "learners", plan.learners(), "folds", plan.split().folds(), "test_share", plan.split().testShare(),
                "trials", plan.budget().trials().orElseThrow(), "seconds", plan.budget().seconds().orElseThrow(),
                "seconds_low", plan.estimate().secondsLow(), "seconds_high", plan.estimate().secondsHigh(), "estimate_why", plan.estimate().why(), "notes", plan.notes());
        return plan;
    }
}
