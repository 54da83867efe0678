package io.tunesmith.run;

import io.tunesmith.plan.PipelinePlan;
import io.tunesmith.plan.PipelinePlan.ColumnUse;
import io.tunesmith.budget.Budget;
import io.tunesmith.budget.Estimate;
import io.tunesmith.task.Settling;
import io.tunesmith.task.TaskSpec;
import io.tunesmith.task.TaskType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a run asks before it spends, in the words of a person. */
final class Questions {
    private Questions() {}

    /** The first thing that the request leaves open and that a person can settle, but for what was asked. Work that no recipe does is refused, not asked about. */
    static Optional<Question> open(TaskSpec task, Set<String> asked) {
        if (task.task() != TaskType.TABULAR_CLASSIFICATION && task.task() != TaskType.TABULAR_REGRESSION) {
            return Optional.empty();
        }
        return Settling.FIELDS.stream().filter(field -> !asked.contains(field))
                .flatMap(field -> task.open().stream().filter(open -> open.field().equals(field) && settles(open)).limit(1)).findFirst().map(open -> question(task, open));
    }

    private static boolean settles(TaskSpec.Open open) {
        return open.options().size() >= (open.field().equals(Settling.TARGET) ? 1 : 2);
    }

    private static Question question(TaskSpec task, TaskSpec.Open open) {
        Optional<String> assumed = open.field().equals(Settling.TARGET) ? task.target() : Optional.empty();
        return new Question(open.field(), wording(open.field()) + " " + sentence(open.why()), open.options(), assumed.or(() -> Optional.of(open.options().getFirst())));
    }

    private static String wording(String field) {
        return switch (field) {
            case Settling.TARGET -> "Which column should be predicted?";
            case Settling.METRIC -> "Which metric counts?";
            case Settling.TRIALS -> "How many trials at most?";
            case Settling.SECONDS -> "How much time at most?";
            default -> "Which " + field + "?";
        };
    }

    private static String sentence(String why) {
        return why.substring(0, 1).toUpperCase(Locale.ROOT) + why.substring(1) + ".";
    }

    /** Whether to begin to spend, with the plan in a sentence. Nobody begins by not caring: there is no assumed answer. */
    static Question start(PipelinePlan plan, Budget budget) {
        Estimate estimate = plan.estimate();
        long used = plan.columns().stream().filter(ColumnUse::used).count();
        String text = String.format(Locale.ROOT, "Start? A %s model of \"%s\" by %s from %d of %d columns with %s; %d validation folds; at most %d trials and %.0f s, about %.0f to %.0f s; %s.",
                plan.kind(), plan.target(), plan.metric().wire(), used, plan.columns().size(), String.join(", ", plan.learners()), plan.split().folds(),
                budget.trials().orElseThrow(), budget.seconds().orElseThrow(), estimate.secondsLow(), estimate.secondsHigh(), price(estimate));
        return new Question(Question.START, text, List.of(Answers.YES, Answers.NO), Optional.empty());
    }

    private static String price(Estimate estimate) {
        return estimate.moneyHighUsd() > 0 ? String.format(Locale.ROOT, "%.2f to %.2f US dollars", estimate.moneyLowUsd(), estimate.moneyHighUsd()) : "on this machine, at no price";
    }
}
