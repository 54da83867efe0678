package io.tunesmith.talk;

import static io.tunesmith.report.document.Formats.count;
import static io.tunesmith.report.document.Formats.score;
import static io.tunesmith.report.document.Formats.seconds;

import io.tunesmith.budget.Budget;
import io.tunesmith.core.Failure;
import io.tunesmith.plan.PipelinePlan;
import io.tunesmith.report.document.Escape;
import io.tunesmith.run.More;
import io.tunesmith.run.Question;
import io.tunesmith.run.Run;
import io.tunesmith.run.Runs;
import io.tunesmith.run.TrialStore.TimedTrial;
import io.tunesmith.study.TrialState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A run's facts in words, as Markdown. Whatever a user or data may have written is escaped.
 *
 * @param url of the service, for links
 */
public record Wording(String url) {
    private static final int LONGEST_QUOTE = 80;

    String accepted(Run run, boolean attached) {
        String link = link(run);
        return attached ? "Run " + run.id() + " was started by the same message before; this answer goes on with it: " + link + "\n\n" : "Run " + run.id() + " is accepted: " + link + "\n\n";
    }

    String child(Run child, Run parent, More more, boolean again) {
        return "Run " + child.id() + " goes on from " + parent.id() + ", which has ended, with " + amount(more) + ": " + link(child) + "\n\n" + (again ? "It was made by the same message before.\n\n" : "");
    }

    String extended(Run run, Optional<Budget> budget, More more, boolean again) {
        String now = budget.map(total -> " It may now use " + amount(total) + " in all.").orElse("");
        return again ? "Run " + run.id() + " was given that by the same message before; nothing was added now." + now : "Run " + run.id() + " gets " + amount(more) + " more." + now;
    }

    String answered(Run run, Question question) {
        return "Run " + run.id() + " goes on; the answer to \"" + question.id() + "\" is noted.\n\n";
    }

    String nothingAsked(Run run) {
        return "Run " + run.id() + " waits for no answer: it is " + run.status().wire().replace('_', ' ') + ".";
    }

    String over(Run run) {
        return "Run " + run.id() + " has ended already (" + run.status().wire().replace('_', ' ') + ").";
    }

    String refusal(Failure.BadRequest refusal) {
        return sentence(Escape.markdown(refusal.message())) + refusal.allowed().map(allowed -> " What would do: " + sentence(Escape.markdown(allowed))).orElse("") + refusal.hint().map(hint -> " " + sentence(Escape.markdown(hint))).orElse("");
    }

    String list(List<Run> runs) {
        if (runs.isEmpty()) {
            return Help.noRun();
        }
        List<String> lines = new ArrayList<>(List.of("Your newest runs:", ""));
        runs.forEach(run -> lines.add("- " + run.id() + " " + run.status().wire().replace('_', ' ') + ": " + Escape.markdown(Escape.shorten(run.request().text(), LONGEST_QUOTE))));
        return String.join("\n", lines);
    }

    /** How far a run is that has not ended, or what it came to. */
    public String standing(Runs runs, Run run) {
        return switch (run.status()) {
            case WAITING_INPUT -> runs.question(run.id()).map(question -> question(run, question)).orElseGet(() -> nothingAsked(run));
            case QUEUED, PLANNING, RUNNING, PAUSING, PAUSED, CANCELLING -> progress(runs, run);
            case SUCCEEDED -> new Ending(this, runs, run).succeeded();
            case FAILED, CANCELLED, BUDGET_EXHAUSTED -> new Ending(this, runs, run).without();
        };
    }

    String progress(Runs runs, Run run) {
        List<TimedTrial> trials = runs.trials(run.id());
        Optional<PipelinePlan> plan = runs.plan(run.id());
        long done = trials.stream().filter(timed -> timed.trial().state().terminal()).count();
        long running = trials.stream().filter(timed -> timed.trial().state() instanceof TrialState.Running).count();
        String best = plan.flatMap(known -> best(trials, known).map(trial -> " Best so far: " + known.metric().wire() + " " + score(trial.trial().score().orElseThrow()) + " (trial " + trial.trial().number() + ", validation).")).orElse("");
        String budget = runs.budget(run.id()).map(total -> " It may use " + amount(total) + ", and has worked for " + seconds(run.worked().toMillis() / 1000.0) + ".").orElse("");
        return "Run " + run.id() + " is " + run.status().wire().replace('_', ' ') + ": " + count(done, "trial") + " finished, " + running + " running." + best + budget + " " + next(run) + "\n\n" + link(run);
    }

    private static String next(Run run) {
        return switch (run.status()) {
            case PAUSED, PAUSING -> "\"resume\" goes on.";
            case CANCELLING -> "It is being cancelled.";
            default -> "Ask \"what is my run doing\" at any time; closing this conversation does not stop it.";
        };
    }

    static Optional<TimedTrial> best(List<TimedTrial> trials, PipelinePlan plan) {
        return trials.stream().filter(timed -> timed.trial().score().isPresent()).min(Comparator.comparingDouble(timed -> plan.direction().loss(timed.trial().score().orElseThrow())));
    }

    /** A question with what would answer it. */
    public String question(Run run, Question question) {
        List<String> lines = new ArrayList<>(List.of("Run " + run.id() + " asks:", "", "**" + Escape.markdown(question.text()) + "**"));
        if (question.id().equals(Question.START)) {
            lines.addAll(List.of("", "Say \"yes\" to start, \"no\" to drop it. Nothing is spent until then. " + link(run)));
        } else {
            lines.add("");
            for (int i = 0; i < question.options().size(); i++) {
                lines.add((i + 1) + ". " + Escape.markdown(question.options().get(i)));
            }
            lines.addAll(List.of("", "Answer with " + (question.options().isEmpty() ? "a few words" : "one of these or its number") + question.assumed().map(assumed -> ", or \"you choose\" for " + Escape.markdown(assumed)).orElse("") + "."));
        }
        return String.join("\n", lines);
    }

    String link(Run run) {
        return url + "/api/v1/runs/" + run.id();
    }

    private static String amount(Budget budget) {
        return amount(budget.trials(), budget.seconds());
    }

    private static String amount(More more) {
        return amount(more.trials(), more.seconds());
    }

    private static String amount(Optional<Long> trials, Optional<Double> time) {
        List<String> parts = new ArrayList<>();
        trials.ifPresent(count -> parts.add(count(count, "trial")));
        time.ifPresent(value -> parts.add(seconds(value)));
        return String.join(" and ", parts);
    }

    static String sentence(String text) {
        String whole = text.isEmpty() ? text : text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
        return whole.matches("(?s).*[.!?…]$") ? whole : whole + ".";
    }
}
