package io.tunesmith.run;

import io.tunesmith.budget.Meter;
import io.tunesmith.core.CrashPoint;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.RunId;
import io.tunesmith.plan.PipelinePlan;
import io.tunesmith.study.NextAction;
import io.tunesmith.study.StudyDecider;
import io.tunesmith.study.StudyState;
import io.tunesmith.study.Trial;
import io.tunesmith.study.TrialState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The study: asks what to do next, does it, until the budget or the space is used up. One thread decides; each trial runs on a virtual thread and
 * hands its end back through a queue. A trial is stored before it is dispatched; trials that were under way when a walk broke off are taken up again
 * under the same attempt key.
 */
final class SearchStep {
    private final RunContext context;
    private final PipelinePlan plan;
    private final TrialRunner runner;
    private final LinkedBlockingQueue<Supplier<Trial>> ended = new LinkedBlockingQueue<>();
    private final Map<Integer, String> waiting = new HashMap<>();
    private Instant until;
    private Extra extra;
    private StudyState state;

    SearchStep(RunContext context, PipelinePlan plan, SplitDone split) {
        this.context = context;
        this.plan = plan;
        this.runner = new TrialRunner(context, plan, split);
        this.extra = context.current().extra();
        this.until = until(extra);
        this.state = new StudyState(Training.study(context.run(), context.ports(), plan, extra), context.ports().trials().all(context.id()));
    }

    private Instant until(Extra given) {
        return new Meter(given.on(plan.budget()), context.began()).searchUntil();
    }

    /** What the run had been given on top of its budget when the search last looked. */
    Extra extra() {
        return extra;
    }

    SearchDone run() {
        context.run().request().parent().ifPresent(this::sayInherited);
        state.trials().forEach(this::sayAgain);
        state.trials().stream().filter(trial -> !trial.state().terminal()).forEach(this::launch);
        while (true) {
            Run seen = context.current();
            extended(seen.extra());
            NextAction action = StudyDecider.decide(state, seen.status().goesOn() && context.now().isBefore(until));
            switch (action) {
                case NextAction.Propose(int number) -> launch(propose(number));
                case NextAction.Wait() -> collect();
                case NextAction.Finish(NextAction.Finish.Reason reason) -> {
                    RunContext.checkGoesOn(seen);
                    return finish(reason.name().toLowerCase(Locale.ROOT));
                }
            }
        }
    }

    /** More trials and more time count from now on; a trial under way keeps the limit that it began with. */
    private void extended(Extra given) {
        if (!given.equals(extra)) {
            extra = given;
            until = until(given);
            state = new StudyState(Training.study(context.run(), context.ports(), plan, given), state.trials());
        }
    }

    private Trial propose(int number) {
        Trial trial = Trial.proposed(number, StudyDecider.propose(state, number));
        context.ports().trials().propose(context.id(), trial, context.now());
        CrashPoint.TRIAL_PROPOSED.reached();
        state = state.with(trial);
        sayStarted(trial);
        return trial;
    }

    private void sayInherited(RunId parent) {
        Inheritance inherited = Inheritance.of(context.run(), context.ports(), plan);
        String best = inherited.best(plan).map(trial -> String.format(Locale.ROOT, "; its best, %s %.4f, is tried after the default", plan.metric().wire(), trial.score().orElseThrow())).orElse("");
        context.sayOnce("parent.ready", "parent.ready", "begins with " + inherited.trials().size() + " trials of " + parent + best, "parent", parent.value(), "trials", inherited.trials().size());
    }

    /** A crash may have come between what an earlier walk recorded and what it said. */
    private void sayAgain(Trial trial) {
        sayStarted(trial);
        if (trial.state().terminal()) {
            sayFinished(trial);
        }
    }

    private void sayStarted(Trial trial) {
        int number = trial.number();
        context.sayOnce("trial.started/" + number, "trial.started", "trial " + number + ": " + trial.proposal().sampler() + " tries " + trial.proposal().assignment().values().get("learner"),
                "number", number, "config", trial.proposal().assignment().values(), "sampler", trial.proposal().sampler(), "why", trial.proposal().why());
    }

    private void sayFinished(Trial trial) {
        context.sayOnce("trial.finished/" + trial.number(), "trial.finished", TrialText.line(trial, plan.metric()), TrialText.values(trial));
    }

    private void launch(Trial trial) {
        Trial running = trial.withState(new TrialState.Queued()).withState(new TrialState.Running());
        state = state.with(running);
        StudyState seen = state;
        Instant limit = until;
        Thread.ofVirtual().name("trial-" + trial.number()).start(() -> ended.add(outcome(running, seen, limit)));
    }

    /** The ended trial, or what broke its thread: the deciding thread must hear of both. */
    private Supplier<Trial> outcome(Trial running, StudyState seen, Instant limit) {
        try {
            Trial trial = runner.run(running, seen, limit);
            return () -> trial;
        } catch (RuntimeException e) {
            return () -> {
                throw e;
            };
        }
    }

    private void collect() {
        try {
            Supplier<Trial> trial = ended.poll(1, TimeUnit.SECONDS);
            if (trial != null) {
                record(trial.get());
            } else if (context.cancelled()) {
                context.attempts().cancel();
            } else {
                sayWhatWaits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure.Exhausted(FailureCode.RUN_CONFLICT, "the service is stopping").asException();
        }
    }

    /** A trial that is not in a process yet says why, once for each reason. */
    private void sayWhatWaits() {
        for (Trial trial : state.trials().stream().filter(trial -> !trial.state().terminal()).toList()) {
            context.attempts().waits("t" + trial.number()).filter(why -> !why.equals(waiting.put(trial.number(), why)))
                    .ifPresent(why -> context.say("trial.waiting", "trial " + trial.number() + " waits: " + why, "number", trial.number(), "why", why));
        }
    }

    private void record(Trial trial) {
        CrashPoint.TRIAL_ENDED.reached();
        context.ports().trials().update(context.id(), trial, context.now());
        CrashPoint.TRIAL_RECORDED.reached();
        Optional<Double> before = state.best().flatMap(Trial::score);
        state = state.with(trial);
        sayFinished(trial);
        trial.score().filter(score -> before.map(best -> plan.direction().better(score, best)).orElse(true)).ifPresent(score ->
            context.say("best.updated", String.format(Locale.ROOT, "best %s %.4f (trial %d)", plan.metric().wire(), score, trial.number()), "number", trial.number(), "score", score));
    }

    private SearchDone finish(String why) {
        if (state.best().isEmpty()) {
            throw nothingFound();
        }
        return new SearchDone(why);
    }

    private RuntimeException nothingFound() {
        Optional<String> reason = state.trials().stream().map(trial -> TrialText.end(trial.state())).flatMap(Optional::stream).findFirst();
        boolean timeOver = !context.now().isBefore(until);
        return timeOver
                ? new Failure.Exhausted(FailureCode.BUDGET_EXHAUSTED, "the budget of " + Duration.ofMillis(Math.round(extra.on(plan.budget()).seconds().orElseThrow() * 1000)).toSeconds()
                        + " s ended before a valid model existed; give it more time (--minutes)" + reason.map(text -> " (" + text + ")").orElse("")).asException()
                : new Failure.Exhausted(FailureCode.TRAINING_FAILED, "no trial produced a model" + reason.map(text -> ": " + text).orElse("")).asException();
    }
}
