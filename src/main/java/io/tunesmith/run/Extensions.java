package io.tunesmith.run;

import io.tunesmith.budget.Budget;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.RunId;
import io.tunesmith.plan.PipelinePlan;
import io.tunesmith.task.Overrides;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Gives runs more to spend. A run whose search goes on gets it at once; a run that has ended never changes: a new one goes on from it (decision 15). Thread-safe.
 *
 * @param accept accepts a request for an owner
 */
record Extensions(Ports ports, EventLog log, BiFunction<RunRequest, String, Run> accept) {

    Run extend(Run run, More more) {
        Run seen = run;
        while (!seen.status().terminal()) {
            open(seen);
            if (given(seen, seen.extra().and(more), more)) {
                log.wake();
                return find(run.id());
            }
            seen = find(run.id());
        }
        return goOn(seen, more);
    }

    /** Refuses what makes no sense of a parent: one that goes on, or is about other data. */
    void check(Run parent, RunRequest request) {
        if (!parent.status().terminal()) {
            throw conflict("the run " + parent.id() + " has not ended").hint("give it more instead: PATCH it with the action extend").asException();
        }
        if (!parent.request().data().equals(request.data())) {
            throw Failure.BadRequest.of(FailureCode.CONTRADICTION, "parent", "the run " + parent.id() + " is about other data").allowed(parent.request().data().value()).asException();
        }
    }

    /** The request with what the parent's answers settled, where it says nothing else: it is not asked again. */
    RunRequest settled(Run parent, RunRequest request) {
        Overrides overrides = request.overrides().or(ReadStep.settled(Overrides.NONE, ports.runs().questions(parent.id())));
        return new RunRequest(request.text(), request.data(), overrides, request.start(), request.parent());
    }

    private void open(Run run) {
        if (run.status() == RunStatus.CANCELLING) {
            throw conflict("the run is being cancelled").hint("wait for its end, then extend it: a new run goes on from it").asException();
        }
        if (ports.runs().kept(run.id(), RunStep.SEARCH, SearchDone.class).isPresent()) {
            throw conflict("the search of the run is over, its models are being compared").hint("wait for its end, then extend it: a new run goes on from it").asException();
        }
    }

    private boolean given(Run run, Extra after, More more) {
        Optional<Budget> budget = plan(run.id()).map(plan -> after.on(plan.budget()));
        String text = "budget: " + added(more) + " more" + budget.map(all -> ", at most " + all.trials().orElseThrow() + " trials and " + Math.round(all.seconds().orElseThrow()) + " s in all").orElse("");
        return ports.runs().extend(run.id(), run.extra(), after, log.draw(), ports.clock().instant(), EventLog.data(text, "added_trials", more.trials().orElse(0L), "added_seconds", more.seconds().orElse(0.0),
                "trials", budget.flatMap(Budget::trials).orElse(after.trials()), "seconds", budget.flatMap(Budget::seconds).orElse(after.seconds())));
    }

    private static String added(More more) {
        String trials = more.trials().map(count -> count + " trials").orElse("");
        String seconds = more.seconds().map(count -> Math.round(count) + " s").orElse("");
        return trials.isEmpty() || seconds.isEmpty() ? trials + seconds : trials + " and " + seconds;
    }

    /** The same request, as it was settled, with the same seed: the split and the folds are the same too, so that scores compare. */
    private Run goOn(Run parent, More more) {
        Budget asked = new Budget(more.trials(), more.seconds(), Optional.empty(), Optional.empty(), Optional.empty());
        Overrides settled = ReadStep.settled(parent.request().overrides(), ports.runs().questions(parent.id()));
        Overrides aim = new Overrides(settled.target(), settled.metric(), Optional.empty(), Optional.empty(), Optional.empty(), settled.answered());
        Overrides overrides = new Overrides(Optional.empty(), Optional.empty(), asked.trials(), asked.seconds(), Optional.of(parent.seed())).or(aim);
        return accept.apply(new RunRequest(parent.request().text(), parent.request().data(), overrides, Start.NOW, Optional.of(parent.id())), parent.owner());
    }

    private Optional<PipelinePlan> plan(RunId id) {
        return ports.runs().kept(id, RunStep.PLAN, PipelinePlan.class);
    }

    private Run find(RunId id) {
        return ports.runs().find(id).orElseThrow();
    }

    private static Failure.BadRequest conflict(String message) {
        return Failure.BadRequest.of(FailureCode.RUN_CONFLICT, "run_id", message);
    }
}
