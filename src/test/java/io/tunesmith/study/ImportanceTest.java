package io.tunesmith.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tunesmith.core.Direction;
import io.tunesmith.space.Assignment;
import io.tunesmith.space.Condition;
import io.tunesmith.space.Parameter.Categorical;
import io.tunesmith.space.Parameter.Fixed;
import io.tunesmith.space.Parameter.Real;
import io.tunesmith.space.Parameter.Scale;
import io.tunesmith.space.SearchSpace;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class ImportanceTest {
    private static final SearchSpace SPACE = new SearchSpace(List.of(
            new Real("weak", 0, 1, Scale.LINEAR, 0.5, Condition.ALWAYS),
            new Real("strong", 0.01, 100, Scale.LOG, 1.0, Condition.ALWAYS),
            new Categorical("none", List.of("a", "b", "c"), "a", Condition.ALWAYS),
            new Fixed("constant", 1L, Condition.ALWAYS)));

    private static StudyState study(int trials, ToDoubleFunction<Assignment> score) {
        StudyState state = new StudyState(new StudySpec(SPACE, Direction.MAXIMIZE, "qmc", "none", 11, trials, 1, 1));
        for (int number = 0; number < trials; number++) {
            Trial queued = Trial.proposed(number, StudyDecider.propose(state, number)).withState(new TrialState.Queued());
            state = state.with(queued.withState(new TrialState.Succeeded(score.applyAsDouble(queued.proposal().assignment()), Map.of())));
        }
        return state;
    }

    private static double linear(Assignment at) {
        return (Double) at.values().get("weak") + 2 * Math.log((Double) at.values().get("strong")) / Math.log(10_000);
    }

    /** The variances of u and 2u are 1/12 and 4/12: a fifth and four fifths. */
    @Test
    void sharesOfALinearFunctionAreItsVariances() {
        Map<String, Double> shares = Importance.of(study(150, ImportanceTest::linear));
        assertThat(shares.keySet()).containsExactly("strong", "weak", "none");
        assertThat(shares.get("strong")).isCloseTo(0.8, within(0.06));
        assertThat(shares.get("weak")).isCloseTo(0.2, within(0.06));
        assertThat(shares.get("none")).isLessThan(0.02);
        assertThat(shares.values().stream().mapToDouble(share -> share).sum()).isCloseTo(1, within(1e-12));
    }

    @Test
    void theSameTrialsGiveTheSameShares() {
        assertThat(Importance.of(study(40, ImportanceTest::linear))).isEqualTo(Importance.of(study(40, ImportanceTest::linear)));
    }

    @Test
    void sharesDoNotDependOnTheScaleOfTheScores() {
        Map<String, Double> plain = Importance.of(study(60, ImportanceTest::linear));
        Map<String, Double> huge = Importance.of(study(60, at -> 0x1p1000 * linear(at)));
        assertThat(huge).isEqualTo(plain);
    }

    @Test
    void fewTrialsOrEqualScoresSayNothing() {
        assertThat(Importance.of(study(7, ImportanceTest::linear))).isEmpty();
        assertThat(Importance.of(study(20, at -> 0.5))).isEmpty();
    }
}
