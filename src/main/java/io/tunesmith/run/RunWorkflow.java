package io.tunesmith.run;

import io.tunesmith.core.CrashPoint;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.data.Profile;
import io.tunesmith.plan.PipelinePlan;
import io.tunesmith.study.TrialState;
import io.tunesmith.task.TaskSpec;
import java.lang.System.Logger.Level;
import java.lang.System.Logger;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Walks a run's steps in their order. The output of a step is kept before the next begins; a step whose output is kept is not done again, so a walk
 * may begin anew at any time, also in another process, and goes on where the last one was.
 */
final class RunWorkflow {
    private static final Logger LOG = System.getLogger(RunWorkflow.class.getName());
    private final RunContext context;
    private final BooleanSupplier serviceEnds;
    private final Duration byItself;
    /** A walk that a crash broke off had begun what is still under way, and the run is to be paused: the step that it belongs to is done before. */
    private boolean finishing;

    /**
     * @param serviceEnds whether the service is on its way out: what fails then says nothing about the run
     * @param byItself how much time may be spent without asking, by a run that may ask
     */
    RunWorkflow(RunContext context, BooleanSupplier serviceEnds, Duration byItself) {
        this.context = context;
        this.serviceEnds = serviceEnds;
        this.byItself = byItself;
    }

    /**
     * Walks to the end and records how the run ended, once; or until it must ask or is to be paused. Where the store does not answer, or another service
     * leads, nothing is recorded: a later walk goes on.
     *
     * @return whether the run may be walked again at once, because what the walk ended for may be over already
     */
    boolean walk() {
        try {
            steps();
            end(RunStatus.SUCCEEDED, Optional.empty(), "finished");
        } catch (WalkEnds e) {
            return pause();
        } catch (FailureException e) {
            if (leave(Interruption.is(e), e)) {
                return false;
            }
            fail(e.failure());
        } catch (RuntimeException e) {
            if (leave(false, e)) {
                return false;
            }
            LOG.log(Level.ERROR, "run " + context.id() + " failed", e);
            fail(new Failure.Defect("an error inside Tunesmith ended the run; the service's log names it under " + context.id()));
        }
        context.attempts().cancel();
        context.attempts().release();
        return false;
    }

    /** Nothing of the run is under way. It is paused if that was asked for, and not if it was resumed since, or waits for an answer. */
    private boolean pause() {
        try {
            context.attempts().release();
            context.noteWorked();
            CrashPoint.RUN_PAUSING.reached();
            context.ports().runs().change(context.id(), Set.of(RunStatus.PAUSING), RunStatus.PAUSED, context.log().draw(), context.now(), "run.status", EventLog.data("paused", "status", RunStatus.PAUSED.wire()));
            CrashPoint.RUN_PAUSED.reached();
            context.log().wake();
            return true;
        } catch (FailureException e) {
            leave(true, e);
            return false;
        }
    }

    private boolean leave(boolean interrupted, RuntimeException why) {
        boolean leaves = interrupted || serviceEnds.getAsBoolean();
        if (leaves) {
            LOG.log(interrupted ? Level.WARNING : Level.DEBUG, "run {0} is left for now: {1}", context.id(), why.getMessage());
        }
        return leaves;
    }

    private void steps() {
        boolean planned = context.ports().runs().kept(context.id(), RunStep.SPLIT, SplitDone.class).isPresent();
        boolean moved = context.ports().runs().move(context.id(), planned ? RunStatus.RUNNING : RunStatus.PLANNING);
        finishing = !moved && context.current().status() == RunStatus.PAUSING && context.attempts().underWay();
        if (!moved) {
            checkGoesOn();
        }
        Profile profile = step(RunStep.PROFILE, Profile.class, () -> new ProfileStep(context).run());
        TaskSpec task = step(RunStep.READ, TaskSpec.class, () -> new ReadStep(context).run(profile));
        PipelinePlan plan = step(RunStep.PLAN, PipelinePlan.class, () -> new PlanStep(context).run(task, profile));
        new StartStep(context, byItself).run(plan);
        SplitDone split = step(RunStep.SPLIT, SplitDone.class, () -> new SplitStep(context).run(plan));
        context.ports().runs().move(context.id(), RunStatus.RUNNING);
        search(plan, split);
        Chosen chosen = step(RunStep.CHOOSE, Chosen.class, () -> new ChooseStep(context, plan, split).run());
        Refitted models = step(RunStep.REFIT, Refitted.class, () -> new RefitStep(context, plan, split).run(chosen));
        Tested tested = step(RunStep.TEST, Tested.class, () -> new TestStep(context, plan, split).run(chosen, models));
        step(RunStep.REPORT, Reported.class, () -> new ReportStep(context, profile, task, plan, split).run(chosen, models, tested));
    }

    private <T> T step(RunStep step, Class<T> type, Supplier<T> work) {
        return step(step, type, work, output -> {
            context.ports().runs().keep(context.id(), step, output);
            return true;
        });
    }

    private void checkGoesOn() {
        if (!finishing) {
            context.checkGoesOn();
        }
    }

    /** The search is over only if nothing was added to the budget since it looked: then it goes on. */
    private void search(PipelinePlan plan, SplitDone split) {
        AtomicReference<Extra> seen = new AtomicReference<>();
        step(RunStep.SEARCH, SearchDone.class, () -> {
            SearchStep search = new SearchStep(context, plan, split);
            SearchDone done = search.run();
            seen.set(search.extra());
            return done;
        }, done -> context.ports().runs().keepUnlessExtended(context.id(), RunStep.SEARCH, done, seen.get()));
    }

    /** @param keep false: the output does not hold any more, and the work is to be done again */
    private <T> T step(RunStep step, Class<T> type, Supplier<T> work, Predicate<T> keep) {
        Optional<T> kept = context.ports().runs().kept(context.id(), step, type);
        if (kept.isPresent()) {
            return kept.get();
        }
        checkGoesOn();
        finishing = false;
        Instant begin = context.now();
        T output = work.get();
        CrashPoint.STEP_DONE.reached();
        while (!keep.test(output)) {
            output = work.get();
        }
        CrashPoint.STEP_KEPT.reached();
        double seconds = Duration.between(begin, context.now()).toMillis() / 1000.0;
        context.say("step.finished", String.format(Locale.ROOT, "%s took %.1f s", step.wire(), seconds), "step", step.wire(), "seconds", seconds);
        return output;
    }

    private void fail(Failure failure) {
        if (context.cancelled()) {
            end(RunStatus.CANCELLED, Optional.empty(), "cancelled");
            return;
        }
        RunStatus status = failure.code() == FailureCode.BUDGET_EXHAUSTED ? RunStatus.BUDGET_EXHAUSTED : RunStatus.FAILED;
        end(status, Optional.of(failure), failure.message());
    }

    /** Trials that nobody will work on any more end with their run. */
    private void end(RunStatus status, Optional<Failure> failure, String text) {
        context.noteWorked();
        CrashPoint.RUN_ENDING.reached();
        TrialStore trials = context.ports().trials();
        trials.all(context.id()).stream().filter(trial -> !trial.state().terminal())
                .forEach(trial -> trials.update(context.id(), trial.withState(new TrialState.Cancelled()), context.now()));
        context.ports().runs().end(context.id(), status, failure, context.now(), "run.finished", EventLog.data(text, "status", status.wire()));
        context.log().wake();
    }
}
