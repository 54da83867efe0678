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
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Walks a run's steps in their order. The output of a step is kept before the next begins; a step whose output is kept is not done again, so a walk
 * may begin anew at any time, also in another process, and goes on where the last one was.
 */
final class RunWorkflow {
    private static final Logger LOG = System.getLogger(RunWorkflow.class.getName());
    private final RunContext context;
    private final BooleanSupplier serviceEnds;

    /** @param serviceEnds whether the service is on its way out: what fails then says nothing about the run */
    RunWorkflow(RunContext context, BooleanSupplier serviceEnds) {
        this.context = context;
        this.serviceEnds = serviceEnds;
    }

    /**
     * Walks to the end and records how the run ended, once. Where the store does not answer, or another service leads, nothing is recorded: a later walk
     * goes on.
     */
    void walk() {
        try {
            steps();
            end(RunStatus.SUCCEEDED, Optional.empty(), "finished");
        } catch (FailureException e) {
            if (leave(Interruption.is(e), e)) {
                return;
            }
            fail(e.failure());
        } catch (RuntimeException e) {
            if (leave(false, e)) {
                return;
            }
            LOG.log(Level.ERROR, "run " + context.id() + " failed", e);
            fail(new Failure.Defect("an error inside Tunesmith ended the run; the service's log names it under " + context.id()));
        }
        context.attempts().cancel();
        context.attempts().release();
    }

    private boolean leave(boolean interrupted, RuntimeException why) {
        boolean leaves = interrupted || serviceEnds.getAsBoolean();
        if (leaves) {
            LOG.log(interrupted ? Level.WARNING : Level.DEBUG, "run {0} is left for now: {1}", context.id(), why.getMessage());
        }
        return leaves;
    }

    private void steps() {
        Profile profile = step(RunStep.PROFILE, Profile.class, () -> new ProfileStep(context).run());
        TaskSpec task = step(RunStep.READ, TaskSpec.class, () -> new ReadStep(context).run(profile));
        PipelinePlan plan = step(RunStep.PLAN, PipelinePlan.class, () -> new PlanStep(context).run(task, profile));
        SplitDone split = step(RunStep.SPLIT, SplitDone.class, () -> new SplitStep(context).run(plan));
        context.ports().runs().move(context.id(), RunStatus.RUNNING);
        step(RunStep.SEARCH, SearchDone.class, () -> new SearchStep(context, plan, split).run());
        Chosen chosen = step(RunStep.CHOOSE, Chosen.class, () -> new ChooseStep(context, plan, split).run());
        Refitted models = step(RunStep.REFIT, Refitted.class, () -> new RefitStep(context, plan, split).run(chosen));
        Tested tested = step(RunStep.TEST, Tested.class, () -> new TestStep(context, plan, split).run(chosen, models));
        step(RunStep.REPORT, Reported.class, () -> new ReportStep(context, profile, task, plan, split).run(chosen, models, tested));
    }

    private <T> T step(RunStep step, Class<T> type, Supplier<T> work) {
        Optional<T> kept = context.ports().runs().kept(context.id(), step, type);
        if (kept.isPresent()) {
            return kept.get();
        }
        context.checkCancelled();
        Instant begin = context.now();
        T output = work.get();
        CrashPoint.STEP_DONE.reached();
        context.ports().runs().keep(context.id(), step, output);
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
        CrashPoint.RUN_ENDING.reached();
        TrialStore trials = context.ports().trials();
        trials.all(context.id()).stream().filter(trial -> !trial.state().terminal())
                .forEach(trial -> trials.update(context.id(), trial.withState(new TrialState.Cancelled()), context.now()));
        context.ports().runs().end(context.id(), status, failure, context.now(), "run.finished", EventLog.data(text, "status", status.wire()));
        context.log().wake();
    }
}
