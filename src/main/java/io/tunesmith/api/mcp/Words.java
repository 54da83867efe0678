package io.tunesmith.api.mcp;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The answers in words, for people and for models that read no structure. What is not ours stands in a fence. */
final class Words {
    private Words() {}

    static String question(Told.Question question) {
        return "\n" + Fence.of("It asks (question_id " + question.questionId() + ")", question.text() + (question.options().isEmpty() ? "" : "\noptions: " + String.join(" | ", question.options()))
                + question.assumed().map(value -> "\nassumed: " + value).orElse("")) + "Answer it with answer_question.";
    }

    static String plan(Told.Plan plan) {
        if (!plan.ready()) {
            return "Plan " + plan.planId() + " is being made (" + plan.status() + "). Follow it with get_run(" + plan.planId() + ", wait_s=30)." + plan.question().map(Words::question).orElse("");
        }
        String space = plan.searchSpace().entrySet().stream().map(one -> one.getKey() + ": " + one.getValue()).collect(Collectors.joining("\n"));
        return "Plan " + plan.planId() + ": " + plan.kind().orElse("") + " by " + plan.metric().orElse("") + "; models " + String.join(", ", plan.models()) + "."
                + plan.estimate().map(estimate -> String.format(Locale.ROOT, " Estimate: %.0f to %.0f s.", estimate.secondsLow(), estimate.secondsHigh())).orElse("")
                + plan.budget().map(budget -> " Budget: " + budget(budget) + ".").orElse("") + " Nothing is spent yet.\n"
                + Fence.of("Target, notes and search space", "target: " + plan.target().orElse("") + "\n" + String.join("\n", plan.notes()) + "\n" + space)
                + "Start it with start_run(plan_id=" + plan.planId() + ")." + plan.question().map(Words::question).orElse("");
    }

    private static String budget(Told.Budget budget) {
        return budget.trials().map(trials -> "at most " + trials + " trials").orElse("any number of trials") + budget.seconds().map(seconds -> String.format(Locale.ROOT, ", %.0f s", seconds)).orElse("");
    }

    static String started(Told.Started started) {
        return "Run " + started.runId() + " is " + started.status() + ". Follow it with get_run(" + started.runId() + ", wait_s=45)." + started.question().map(Words::question).orElse("");
    }

    static String run(Told.Run run) {
        StringBuilder text = new StringBuilder("Run " + run.runId() + " is " + run.status() + ". " + run.progress().trialsEnded() + " trials ended, " + run.progress().trialsRunning() + " running");
        run.progress().best().ifPresent(best -> text.append(String.format(Locale.ROOT, "; best %s %.4f (trial %d)", run.progress().metric().orElse("score"), best, run.progress().bestTrial().orElse(0))));
        text.append(String.format(Locale.ROOT, "; %.0f s used", run.spent().seconds())).append(run.budget().map(budget -> " of " + budget(budget)).orElse("")).append(".\n");
        run.result().ifPresent(result -> text.append(String.format(Locale.ROOT, "On the sealed test: %.4f, the default configuration %.4f.%n", result.test().orElse(Double.NaN), result.baselineTest().orElse(Double.NaN))));
        run.error().ifPresent(error -> text.append(Fence.of("Why it ended", error.code() + ": " + error.message() + error.hint().map(hint -> "\nhint: " + hint).orElse(""))));
        if (!run.events().isEmpty()) {
            text.append(Fence.of("Events", run.events().stream().map(event -> event.seq() + " " + event.type() + ": " + event.text().lines().findFirst().orElse("")).collect(Collectors.joining("\n"))));
        }
        return text.append(run.question().map(Words::question).orElse("")).toString();
    }

    static String runs(Told.Runs runs) {
        String lines = runs.runs().stream().map(run -> run.runId() + " " + run.status() + " " + run.accepted() + " " + Fence.word(run.prompt())).collect(Collectors.joining("\n"));
        return runs.runs().isEmpty() ? "No runs." : Fence.of(runs.runs().size() + " runs, newest first", lines) + runs.nextCursor().map(next -> "More with cursor = " + next).orElse("");
    }

    static String leaderboard(Told.Leaderboard board) {
        StringBuilder lines = new StringBuilder();
        board.finalists().forEach(one -> lines.append(String.format(Locale.ROOT, "finalist %s: %.4f, 95 %% interval %.4f to %.4f%n", one.name(), one.mean(), one.low(), one.high())));
        board.trials().forEach(trial -> lines.append("trial ").append(trial.trialId()).append(' ').append(trial.state()).append(trial.score().map(score -> String.format(Locale.ROOT, " %.4f", score)).orElse(""))
                .append(' ').append(trial.params()).append('\n'));
        String mattered = board.importances().entrySet().stream().limit(5).map(one -> String.format(Locale.ROOT, "%s %.0f %%", one.getKey(), 100 * one.getValue())).collect(Collectors.joining(", "));
        return Fence.of("Run " + board.runId() + " (" + board.status() + "), " + board.metric().orElse("no metric yet") + " on validation data, best first", lines.isEmpty() ? "no trials yet" : lines.toString())
                + (mattered.isEmpty() ? "" : "What mattered: " + mattered + ".");
    }

    static String explained(Told.Explained trial) {
        String params = trial.params().entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(", "));
        return "Trial " + trial.trialId() + " of " + trial.runId() + " is " + trial.state() + trial.score().map(score -> String.format(Locale.ROOT, ", score %.4f", score)).orElse("") + ".\n"
                + Fence.of("Why and what", "proposed by " + trial.sampler() + ": " + trial.why() + "\n" + params + trial.end().map(end -> "\nended: " + end).orElse("") + trial.waits().map(waits -> "\nwaits: " + waits).orElse(""))
                + (trial.logTail().isBlank() ? "" : Fence.of("The end of its log", trial.logTail()));
    }

    static String exported(Told.Exported exported) {
        return "What " + exported.runId() + " made:\n" + exported.files().stream().map(file -> file.name() + " (" + file.bytes() + " bytes): " + file.uri() + " or, with the key, " + file.url()).collect(Collectors.joining("\n"));
    }
}
