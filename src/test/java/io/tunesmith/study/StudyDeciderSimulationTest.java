package io.tunesmith.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.core.Direction;
import io.tunesmith.space.Assignment;
import io.tunesmith.space.Condition;
import io.tunesmith.space.Parameter.Categorical;
import io.tunesmith.space.Parameter.Real;
import io.tunesmith.space.Parameter.Scale;
import io.tunesmith.space.Parameter.Whole;
import io.tunesmith.space.SearchSpace;
import io.tunesmith.study.TrialState.Infeasible.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Trials on fake workers that start, report, crash, are retried and end in any order. */
class StudyDeciderSimulationTest {
    /** Reports come every so many steps, so that most come after the pruner's warm-up. */
    private static final int STRIDE = 10;
    private static final int LAST_STEP = 4 * STRIDE;
    private static final SearchSpace SPACE = new SearchSpace(List.of(
            new Categorical("learner", List.of("a", "b"), "a", Condition.ALWAYS),
            new Real("x", 0.001, 1, Scale.LOG, 0.1, new Condition.Equals("learner", "a")),
            new Whole("n", 1, 30, 1, Scale.LINEAR, 5L, Condition.ALWAYS)));

    private static StudySpec spec(String sampler, long seed, int parallel, int lookback) {
        return new StudySpec(SPACE, Direction.MAXIMIZE, sampler, "median", seed, 25, parallel, lookback);
    }

    @Property(tries = 40)
    void theTrialsAreTheSameHoweverTheTimingFalls(@ForAll long seed, @ForAll long timing, @ForAll @IntRange(min = 1, max = 4) int parallel) {
        for (String sampler : List.of("random", "qmc", "tpe")) {
            List<Trial> one = run(spec(sampler, seed, parallel, 5), new SplittableRandom(timing));
            List<Trial> other = run(spec(sampler, seed, 5, 5), new SplittableRandom(timing + 1));
            assertThat(other).isEqualTo(one).hasSize(25);
            assertThat(one).allSatisfy(trial -> assertThat(trial.state().terminal()).isTrue());
        }
    }

    @Example
    void theSimulationReachesEveryWayToEnd() {
        assertThat(run(spec("qmc", 1, 3, 5), new SplittableRandom(1))).extracting(trial -> trial.state().getClass().getSimpleName())
                .contains("Succeeded", "Pruned", "Infeasible");
    }

    @Property(tries = 20)
    void noMoreTrialsAreOpenThanThereAreSlots(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int parallel) {
        SplittableRandom timing = new SplittableRandom(seed);
        StudyState state = new StudyState(spec("random", seed, parallel, StudySpec.defaultLookback(parallel)));
        for (int event = 0; event < 200; event++) {
            state = tick(state, timing);
            assertThat(state.open()).isLessThanOrEqualTo(parallel);
        }
    }

    private static List<Trial> run(StudySpec spec, SplittableRandom timing) {
        StudyState state = new StudyState(spec);
        for (int event = 0; !(StudyDecider.decide(state, true) instanceof NextAction.Finish); event++) {
            assertThat(event).as("a study must end").isLessThan(5000);
            state = tick(state, timing);
        }
        return state.trials();
    }

    /** One event: perhaps a proposal, perhaps a step of some open trial. */
    private static StudyState tick(StudyState state, SplittableRandom timing) {
        if (StudyDecider.decide(state, true) instanceof NextAction.Propose(int number) && timing.nextInt(3) > 0) {
            return state.with(Trial.proposed(number, StudyDecider.propose(state, number)));
        }
        List<Trial> open = state.trials().stream().filter(trial -> !trial.state().terminal()).toList();
        return open.isEmpty() ? state : state.with(advance(state, open.get(timing.nextInt(open.size())), timing));
    }

    private static Trial advance(StudyState state, Trial trial, SplittableRandom timing) {
        return switch (trial.state()) {
            case TrialState.Proposed() -> trial.withState(new TrialState.Queued());
            case TrialState.Queued() -> trial.withState(new TrialState.Running());
            case TrialState.Running() when timing.nextInt(10) == 0 -> trial.withState(new TrialState.Queued());
            case TrialState.Running() -> train(state, trial, timing);
            default -> throw new AssertionError(trial);
        };
    }

    /** One step, or the end; word of a stop comes through late at times, and is then taken from the step where it was due. */
    private static Trial train(StudyState state, Trial trial, SplittableRandom timing) {
        long step = (trial.curve().size() + 1L) * STRIDE;
        double score = score(trial.proposal().assignment());
        Optional<TrialState.Pruned> pruned = timing.nextBoolean() || step > LAST_STEP ? StudyDecider.pruned(state, trial.number()) : Optional.empty();
        if (pruned.isPresent()) {
            return trial.withState(pruned.get());
        }
        if (step <= LAST_STEP) {
            return trial.withScore(step, score - (double) STRIDE / step);
        }
        boolean large = (Long) trial.proposal().assignment().values().get("n") % 7 == 0;
        return trial.withState(large ? new TrialState.Infeasible(Reason.MEMORY, "out of memory") : new TrialState.Succeeded(score, Map.of()));
    }

    private static double score(Assignment at) {
        double n = ((Long) at.values().get("n") - 20) / 10.0;
        return -n * n + (at.has("x") ? Math.log((Double) at.values().get("x")) / 3 : -1);
    }
}
