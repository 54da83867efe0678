package io.tunesmith.run;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.plan.PipelinePlan;
import io.tunesmith.study.NextAction;
import io.tunesmith.study.StudyDecider;
import io.tunesmith.study.StudySpec;
import io.tunesmith.study.StudyState;
import io.tunesmith.study.Trial;
import io.tunesmith.study.TrialState;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The study: asks what to do next, does it, until the budget or the space is used up. One thread decides; each trial runs on a virtual thread and
 * hands its end back through a queue. A trial is stored before it is dispatched; trials that were under way when a walk broke off are taken up again
 * under the same attempt key.
 */
final class SearchStep {
    private final RunContext context;
    private final PipelinePlan plan;
    private final TrialRunner runner;
    private final LinkedBlockingQueue<Trial> ended = new LinkedBlockingQueue<>();
    private final Instant until;
    private StudyState state;

    SearchStep(RunContext context, PipelinePlan plan, SplitDone split) {
        this.context = context;
        this.plan = plan;
        this.until = context.meter(plan).searchUntil();
        this.runner = new TrialRunner(context, plan, split);
        StudySpec spec = Training.study(context, plan);
        this.state = new StudyState(spec, context.ports().trials().all(context.id()));
    }

    SearchDone run() {
        state.trials().stream().filter(trial -> !trial.state().terminal()).forEach(this::launch);
        while (true) {
            NextAction action = StudyDecider.decide(state, !context.cancelled() && context.now().isBefore(until));
            switch (action) {
                case NextAction.Propose(int number) -> launch(propose(number));
                case NextAction.Wait() -> collect();
                case NextAction.Finish(NextAction.Finish.Reason reason) -> {
                    return finish(reason.name().toLowerCase(Locale.ROOT));
                }
            }
        }
    }

    private Trial propose(int number) {
        Trial trial = Trial.proposed(number, StudyDecider.propose(state, number));
        context.ports().trials().propose(context.id(), trial, context.now());
        state = state.with(trial);
        context.say("trial.started", "trial " + number + ": " + trial.proposal().sampler() + " tries " + trial.proposal().assignment().values().get("learner"),
                "number", number, "config", trial.proposal().assignment().values(), "sampler", trial.proposal().sampler(), "why", trial.proposal().why());
        return trial;
    }

    private void launch(Trial trial) {
        Trial running = trial.withState(new TrialState.Queued()).withState(new TrialState.Running());
        state = state.with(running);
        StudyState seen = state;
        double seconds = context.secondsTo(until);
        Thread.ofVirtual().name("trial-" + trial.number()).start(() -> ended.add(runner.run(running, seen, seconds)));
    }

    private void collect() {
        try {
            Trial trial = ended.poll(1, TimeUnit.SECONDS);
            if (trial != null) {
                record(trial);
            } else if (context.cancelled()) {
                context.attempts().cancel();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure.Exhausted(FailureCode.RUN_CONFLICT, "the service is stopping").asException();
        }
    }

    private void record(Trial trial) {
        context.ports().trials().update(context.id(), trial, context.now());
        Optional<Double> before = state.best().flatMap(Trial::score);
        state = state.with(trial);
        context.say("trial.finished", TrialText.line(trial, plan.metric()), TrialText.values(trial));
        trial.score().filter(score -> before.map(best -> plan.direction().better(score, best)).orElse(true)).ifPresent(score ->
            context.say("best.updated", String.format(Locale.ROOT, "best %s %.4f (trial %d)", plan.metric().wire(), score, trial.number()), "number", trial.number(), "score", score));
    }

    private SearchDone finish(String why) {
        context.checkCancelled();
        if (state.best().isEmpty()) {
            throw nothingFound();
        }
        return new SearchDone(why);
    }

    private RuntimeException nothingFound() {
        Optional<String> reason = state.trials().stream().map(trial -> TrialText.end(trial.state())).flatMap(Optional::stream).findFirst();
        boolean timeOver = !context.now().isBefore(until);
        return timeOver
                ? new Failure.Exhausted(FailureCode.BUDGET_EXHAUSTED, "the budget of " + Duration.ofMillis(Math.round(plan.budget().seconds().orElseThrow() * 1000)).toSeconds()
                        + " s ended before a valid model existed; give it more time (--minutes)" + reason.map(text -> " (" + text + ")").orElse("")).asException()
                : new Failure.Exhausted(FailureCode.TRAINING_FAILED, "no trial produced a model" + reason.map(text -> ": " + text).orElse("")).asException();
    }
}
