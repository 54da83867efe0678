package io.tunesmith.study;

import io.tunesmith.core.Failure;
import io.tunesmith.search.Proposal;
import io.tunesmith.search.blend.Samplers;
import io.tunesmith.search.blend.Stoppers;
import java.util.Optional;

/**
 * What a study does next, as pure functions of its state.
 *
 * <p>The rule that makes studies repeatable: trial n is proposed once all trials up to n - lookback have ended. It sees exactly the trials
 * before it: those up to n - lookback with their results, the later ones as pending even if they have ended; and it is compared for
 * pruning with the former only. So the same spec gives the same trials however the timing of parallel trials falls.
 */
public final class StudyDecider {
    private StudyDecider() {}

    /**
     * @param timeLeft whether a trial that starts now could still count; once false the study waits for the open trials and finishes
     */
    public static NextAction decide(StudyState state, boolean timeLeft) {
        Optional<NextAction.Finish.Reason> over = over(state, timeLeft);
        if (over.isPresent()) {
            return state.open() == 0 ? new NextAction.Finish(over.get()) : new NextAction.Wait();
        }
        int next = state.trials().size();
        boolean free = state.open() < state.spec().parallel();
        return free && state.settledFor(next) ? new NextAction.Propose(next) : new NextAction.Wait();
    }

    /**
     * The proposal of this trial; the same whenever it is asked for.
     *
     * @throws io.tunesmith.core.FailureException with a {@link Failure.Defect} if a trial that it learns from is missing or has not ended
     */
    public static Proposal propose(StudyState state, int number) {
        if (number > state.trials().size() || !state.settledFor(number)) {
            String waiting = "a trial up to " + (number - state.spec().lookback()) + " has not ended";
            throw new Failure.Defect("trial " + number + " cannot be proposed yet: " + waiting).asException();
        }
        return Samplers.named(state.spec().sampler()).propose(state.spec().context(), state.evidence(number), state.spec().past().size() + number);
    }

    /**
     * Whether a running trial should stop.
     *
     * @param step a step that it has reported; later reports are not looked at
     * @return why to stop, in one sentence; empty to go on
     */
    public static Optional<String> stop(StudyState state, int number, long step) {
        return Stoppers.named(state.spec().pruner())
                .stop(state.comparable(number), state.trial(number).running(state.spec().direction(), step), step);
    }

    /**
     * Where a trial should have stopped: the first step of its curve at which {@link #stop} says so. To be asked after each report and again
     * before the trial ends in any other way (succeeded, infeasible or failed), and taken instead: a trial that ran on because word came late
     * is pruned all the same. So the outcome does not depend on how fast reports come through.
     */
    public static Optional<TrialState.Pruned> pruned(StudyState state, int number) {
        return state.trial(number).curve().entrySet().stream()
                .flatMap(report -> stop(state, number, report.getKey()).map(why -> new TrialState.Pruned(report.getKey(), report.getValue(), why)).stream())
                .findFirst();
    }

    private static Optional<NextAction.Finish.Reason> over(StudyState state, boolean timeLeft) {
        if (state.trials().size() >= state.spec().trials()) {
            return Optional.of(NextAction.Finish.Reason.TRIALS);
        }
        if (!timeLeft) {
            return Optional.of(NextAction.Finish.Reason.TIME);
        }
        return exhausted(state) ? Optional.of(NextAction.Finish.Reason.SPACE) : Optional.empty();
    }

    private static boolean exhausted(StudyState state) {
        long tried = state.trials().stream().map(trial -> trial.proposal().assignment()).distinct().count();
        return tried > 0 && state.spec().space().enumerate((int) tried).isPresent();
    }
}
