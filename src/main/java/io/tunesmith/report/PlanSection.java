package io.tunesmith.report;

import io.tunesmith.plan.PipelinePlan;
import io.tunesmith.report.document.Block;
import io.tunesmith.report.document.Formats;
import io.tunesmith.report.document.Section;
import io.tunesmith.report.document.Table;
import io.tunesmith.report.document.Text;
import io.tunesmith.space.Condition;
import io.tunesmith.space.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What was settled before anything was spent: metric, split, learners, space, budget. */
final class PlanSection {
    private PlanSection() {}

    static Section of(StudyReport report) {
        PipelinePlan plan = report.plan();
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Paragraph(Text.of("Optimised: ").strong(Answer.unit(plan.metric(), plan.direction())).plain(". Why: " + plan.metricWhy())));
        blocks.add(new Block.Bullets(List.of(split(plan, report), learners(plan), budget(plan, report))));
        if (!plan.notes().isEmpty()) {
            blocks.add(new Block.Bullets(plan.notes().stream().map(Text::of).toList()));
        }
        blocks.add(new Block.Fold("The search space: " + Formats.count(plan.space().parameters().size(), "hyperparameter"), List.of(new Block.Rows(space(plan)))));
        return new Section("plan", "The plan", blocks);
    }

    private static Text split(PipelinePlan plan, StudyReport report) {
        String folds = plan.split().folds() == 1 ? "one held-out fifth" : plan.split().folds() + " folds";
        return Text.of("Split: ").strong(Formats.percent(plan.split().testShare()) + " sealed for the test").plain(" (" + Formats.count(report.testRows(), "row") + "), the rest validated by " + folds
                + (plan.split().stratified() ? ", each class in the same shares." : "."));
    }

    private static Text learners(PipelinePlan plan) {
        return Text.of("Learners: ").strong(String.join(", ", plan.learners())).plain(" (" + plan.learners().size() + "); the first " + Formats.count(plan.warmStarts().size(), "configuration")
                + " tried " + (plan.warmStarts().size() == 1 ? "is" : "are") + " fixed, the default foremost. " + (plan.ensemble() ? "An ensemble of the best is a candidate." : "No ensemble is tried."));
    }

    private static Text budget(PipelinePlan plan, StudyReport report) {
        String trials = plan.budget().trials().map(n -> Formats.count(n, "trial")).orElse("any number of trials");
        String seconds = plan.budget().seconds().map(Formats::seconds).orElse("no time limit");
        return Text.of("Budget: ").strong(trials + ", " + seconds).plain("; foreseen " + Formats.seconds(plan.estimate().secondsLow()) + " to " + Formats.seconds(plan.estimate().secondsHigh())
                + ", used " + Formats.seconds(report.cost().seconds()) + ". Seed of the study: " + report.seed() + ".");
    }

    private static Table space(PipelinePlan plan) {
        return Table.of("Hyperparameters, their ranges and defaults", "Name", "Range", "Default", "When").rows(plan.space().parameters(), parameter -> List.of(
                Text.ofCode(parameter.name()), Text.of(range(parameter)), Text.of(Formats.value(parameter.defaultValue())), Text.of(when(parameter.activeWhen()))));
    }

    private static String range(Parameter parameter) {
        return switch (parameter) {
            case Parameter.Real real -> Formats.shortly(real.low()) + " to " + Formats.shortly(real.high()) + scale(real.scale());
            case Parameter.Whole whole -> whole.low() + " to " + whole.high() + (whole.step() == 1 ? "" : " by " + whole.step()) + scale(whole.scale());
            case Parameter.Ordinal ordinal -> choices(ordinal.choices(), " < ");
            case Parameter.Categorical categorical -> choices(categorical.choices(), ", ");
            case Parameter.Fixed fixed -> "fixed";
        };
    }

    private static String scale(Parameter.Scale scale) {
        return switch (scale) {
            case LINEAR -> "";
            case LOG -> ", logarithmic";
            case LOGIT -> ", logit";
        };
    }

    private static String choices(List<Object> choices, String between) {
        return choices.stream().map(Formats::value).collect(Collectors.joining(between));
    }

    private static String when(Condition condition) {
        return switch (condition) {
            case Condition.Always() -> "always";
            case Condition.Equals(String parameter, Object value) -> parameter + " = " + Formats.value(value);
            case Condition.OneOf(String parameter, List<Object> values) -> parameter + " in " + choices(values, ", ");
            case Condition.All(List<Condition> conditions) -> conditions.stream().map(PlanSection::when).collect(Collectors.joining(" and "));
        };
    }
}
