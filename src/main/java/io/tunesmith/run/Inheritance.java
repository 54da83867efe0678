package io.tunesmith.run;

import io.tunesmith.core.RunId;
import io.tunesmith.plan.PipelinePlan;
import io.tunesmith.search.Evidence;
import io.tunesmith.space.Assignment;
import io.tunesmith.study.Trial;
import io.tunesmith.study.TrialState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the runs found that a run goes on from: its parent, that one's parent and so on, as far as they planned the same target and metric. They have the
 * same data, split and folds, so that their scores compare.
 *
 * @param trials those that say something about their configuration (succeeded, pruned, infeasible), the oldest run's first
 */
record Inheritance(List<Trial> trials) {
    private static final Inheritance NONE = new Inheritance(List.of());

    static Inheritance of(Run run, Ports ports, PipelinePlan plan) {
        Optional<RunId> parent = run.request().parent();
        if (parent.isEmpty()) {
            return NONE;
        }
        List<Trial> trials = new ArrayList<>();
        line(ports.runs(), parent.get()).reversed().stream().filter(id -> alike(ports.runs(), id, plan))
                .forEach(id -> ports.trials().all(id).stream().filter(trial -> tells(trial) && plan.space().accepts(trial.proposal().assignment())).forEach(trials::add));
        return new Inheritance(trials);
    }

    /** From the parent to the first of all. */
    private static List<RunId> line(RunStore runs, RunId parent) {
        Set<RunId> line = new LinkedHashSet<>();
        Optional<RunId> next = Optional.of(parent);
        while (next.isPresent() && line.add(next.get())) {
            next = runs.find(next.get()).flatMap(run -> run.request().parent());
        }
        return List.copyOf(line);
    }

    private static boolean alike(RunStore runs, RunId id, PipelinePlan plan) {
        return runs.kept(id, RunStep.PLAN, PipelinePlan.class).filter(other -> other.target().equals(plan.target()) && other.kind().equals(plan.kind()) && other.metric() == plan.metric()).isPresent();
    }

    private static boolean tells(Trial trial) {
        return switch (trial.state()) {
            case TrialState.Succeeded _, TrialState.Pruned _, TrialState.Infeasible _ -> true;
            case TrialState.Proposed _, TrialState.Queued _, TrialState.Running _, TrialState.Failed _, TrialState.Cancelled _ -> false;
        };
    }

    List<Evidence> evidence(PipelinePlan plan) {
        return trials.stream().map(trial -> trial.evidence(plan.direction())).toList();
    }

    /** The best of the succeeded ones, the earliest of equals. */
    Optional<Trial> best(PipelinePlan plan) {
        return trials.stream().filter(trial -> trial.score().isPresent()).min(Comparator.comparingDouble(trial -> plan.direction().loss(trial.score().orElseThrow())));
    }

    /** What to try first: the default configuration, which everything is compared with; then the best that was found; then the plan's others that were not tried. */
    List<Assignment> priors(PipelinePlan plan) {
        Optional<Trial> best = best(plan);
        if (best.isEmpty()) {
            return plan.warmStarts();
        }
        List<Assignment> priors = new ArrayList<>(List.of(plan.warmStarts().getFirst(), best.get().proposal().assignment()));
        plan.warmStarts().stream().filter(start -> trials.stream().noneMatch(trial -> trial.proposal().assignment().equals(plan.space().complete(start)))).forEach(priors::add);
        return priors;
    }
}
