package io.tunesmith.talk;

import static io.tunesmith.report.document.Formats.score;

import io.tunesmith.plan.PipelinePlan;
import io.tunesmith.report.document.Escape;
import io.tunesmith.report.document.Formats;
import io.tunesmith.run.Run;
import io.tunesmith.run.Runs;
import io.tunesmith.run.TrialStore.TimedTrial;
import io.tunesmith.study.Trial;
import io.tunesmith.study.TrialState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Why a trial was made, and how it ended. */
record TrialStory(Runs runs, Run run) {

    String why(int number) {
        List<TimedTrial> trials = runs.trials(run.id());
        Optional<Trial> wanted = trials.stream().map(TimedTrial::trial).filter(trial -> trial.number() == number).findFirst();
        return wanted.map(trial -> told(trial, trials)).orElseGet(() -> "Run " + run.id() + " has no trial " + number + (trials.isEmpty() ? ": none has begun." : ": they go from " + trials.getFirst().trial().number() + " to " + trials.getLast().trial().number() + "."));
    }

    String chosen() {
        List<TimedTrial> trials = runs.trials(run.id());
        Optional<PipelinePlan> plan = runs.plan(run.id());
        String metric = plan.map(known -> "The metric is " + known.metric().wire() + " (" + Escape.markdown(known.metricWhy()) + "). ").orElse("");
        String best = plan.flatMap(known -> Wording.best(trials, known)).map(trial -> "The best trial so far: " + told(trial.trial(), trials)).orElse("No trial has a score yet.");
        return "Run " + run.id() + ": " + metric + best + "\n\nAsk \"why trial 3\" for any other; the report tells why each candidate was chosen or not.";
    }

    private String told(Trial trial, List<TimedTrial> all) {
        List<String> lines = new ArrayList<>();
        lines.add("Trial " + trial.number() + " of run " + run.id() + " was proposed by " + Escape.markdown(trial.proposal().sampler()) + ": " + Wording.sentence(Escape.markdown(trial.proposal().why())));
        lines.add("");
        lines.add("How it went: " + ended(trial.state()) + rank(trial, all));
        lines.add("");
        lines.add("Configuration:");
        lines.add("");
        trial.proposal().assignment().values().forEach((name, value) -> lines.add("- " + Escape.markdown(name) + ": " + Escape.markdown(Formats.value(value))));
        return String.join("\n", lines);
    }

    private String ended(TrialState state) {
        String metric = runs.plan(run.id()).map(plan -> plan.metric().wire() + " ").orElse("");
        return switch (state) {
            case TrialState.Proposed _, TrialState.Queued _ -> "it waits for a place.";
            case TrialState.Running _ -> "it is running.";
            case TrialState.Succeeded done -> "it finished with " + metric + score(done.score()) + " (validation).";
            case TrialState.Pruned pruned -> "it was stopped early at " + metric + score(pruned.score()) + ": " + Wording.sentence(Escape.markdown(pruned.why()));
            case TrialState.Infeasible infeasible -> "it cannot work (" + infeasible.reason().name().toLowerCase(Locale.ROOT).replace('_', ' ') + "): " + Wording.sentence(Escape.markdown(infeasible.detail()));
            case TrialState.Failed failed -> "it failed: " + Wording.sentence(Escape.markdown(failed.message()));
            case TrialState.Cancelled _ -> "it was cancelled.";
        };
    }

    private String rank(Trial trial, List<TimedTrial> all) {
        Optional<PipelinePlan> plan = runs.plan(run.id());
        if (trial.score().isEmpty() || plan.isEmpty()) {
            return "";
        }
        double own = plan.get().direction().loss(trial.score().get());
        long scored = all.stream().filter(timed -> timed.trial().score().isPresent()).count();
        long better = all.stream().filter(timed -> timed.trial().score().filter(score -> plan.get().direction().loss(score) < own).isPresent()).count();
        return " It ranks " + (better + 1) + " of " + scored + " that finished.";
    }
}
