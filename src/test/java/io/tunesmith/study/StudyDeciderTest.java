package io.tunesmith.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tunesmith.core.Direction;
import io.tunesmith.core.FailureException;
import io.tunesmith.search.Evidence;
import io.tunesmith.search.Evidence.Outcome;
import io.tunesmith.space.Condition;
import io.tunesmith.space.Parameter.Scale;
import io.tunesmith.space.Parameter.Whole;
import io.tunesmith.space.SearchSpace;
import io.tunesmith.study.NextAction.Finish;
import io.tunesmith.study.NextAction.Propose;
import io.tunesmith.study.NextAction.Wait;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StudyDeciderTest {
    private static final SearchSpace SPACE = new SearchSpace(List.of(new Whole("n", 1, 100, 1, Scale.LINEAR, 7L, Condition.ALWAYS)));

    private static StudyState state(int trials, int parallel, int lookback) {
        return new StudyState(new StudySpec(SPACE, Direction.MAXIMIZE, "random", "none", 1, trials, parallel, lookback));
    }

    private static StudyState proposed(StudyState state, int count) {
        for (int i = 0; i < count; i++) {
            int next = state.trials().size();
            state = state.with(Trial.proposed(next, StudyDecider.propose(state, next)));
        }
        return state;
    }

    private static StudyState ended(StudyState state, int number, double score) {
        return state.with(state.trial(number).withState(new TrialState.Queued()).withState(new TrialState.Succeeded(score, Map.of())));
    }

    @Test
    void slotsAreFilledThenItWaits() {
        StudyState state = state(10, 2, 3);
        assertThat(StudyDecider.decide(state, true)).isEqualTo(new Propose(0));
        assertThat(StudyDecider.decide(proposed(state, 1), true)).isEqualTo(new Propose(1));
        assertThat(StudyDecider.decide(proposed(state, 2), true)).isEqualTo(new Wait());
    }

    @Test
    void aTrialWaitsForAllThatItLearnsFromEvenIfASlotIsFree() {
        StudyState state = ended(ended(proposed(state(10, 2, 2), 2), 1, 0.5), 0, 0.4);
        state = proposed(state, 2);
        state = ended(state, 3, 0.3);
        assertThat(StudyDecider.decide(state, true)).isEqualTo(new Wait());
        StudyState early = state;
        assertThatThrownBy(() -> StudyDecider.propose(early, 4)).isInstanceOf(FailureException.class).hasMessageContaining("trial 4");
        assertThat(StudyDecider.decide(ended(state, 2, 0.2), true)).isEqualTo(new Propose(4));
    }

    @Test
    void whatEndedWithinTheLookBackIsStillPendingEvidence() {
        StudyState state = ended(ended(proposed(state(10, 2, 2), 2), 0, 0.4), 1, 0.5);
        assertThat(state.evidence(2)).extracting(Evidence::outcome).containsExactly(Outcome.COMPLETE, Outcome.PENDING);
        assertThat(state.evidence(2).getFirst().loss()).contains(-0.4);
        assertThat(state.comparable(2)).extracting(Evidence::number).containsExactly(0);
    }

    @Test
    void theFirstTrialIsTheDefaultConfiguration() {
        assertThat(StudyDecider.propose(state(10, 1, 1), 0).assignment()).isEqualTo(SPACE.defaults());
    }

    @Test
    void itFinishesAfterTheLastTrialOnceAllHaveEnded() {
        StudyState state = proposed(state(2, 2, 3), 2);
        assertThat(StudyDecider.decide(state, true)).isEqualTo(new Wait());
        assertThat(StudyDecider.decide(ended(ended(state, 0, 1), 1, 1), true)).isEqualTo(new Finish(Finish.Reason.TRIALS));
    }

    @Test
    void withoutTimeItWaitsForOpenTrialsAndFinishes() {
        StudyState state = proposed(state(10, 2, 3), 1);
        assertThat(StudyDecider.decide(state, false)).isEqualTo(new Wait());
        assertThat(StudyDecider.decide(ended(state, 0, 1), false)).isEqualTo(new Finish(Finish.Reason.TIME));
        assertThat(StudyDecider.decide(state(10, 2, 3), false)).isEqualTo(new Finish(Finish.Reason.TIME));
    }

    @Test
    void itFinishesWhenASmallSpaceIsExhausted() {
        SearchSpace tiny = new SearchSpace(List.of(new Whole("n", 1, 2, 1, Scale.LINEAR, 2L, Condition.ALWAYS)));
        StudyState state = new StudyState(new StudySpec(tiny, Direction.MINIMIZE, "tpe", "none", 1, 50, 1, 1));
        state = ended(proposed(state, 1), 0, 1);
        assertThat(StudyDecider.decide(state, true)).isEqualTo(new Propose(1));
        assertThat(StudyDecider.decide(ended(proposed(state, 1), 1, 1), true)).isEqualTo(new Finish(Finish.Reason.SPACE));
    }

    @Test
    void theIncumbentFollowsTheDirectionAndTheEarliestOfEqualsWins() {
        StudyState state = ended(ended(ended(proposed(state(10, 3, 4), 3), 0, 0.4), 1, 0.9), 2, 0.9);
        assertThat(state.best()).map(Trial::number).contains(1);
        assertThat(state(10, 3, 4).best()).isEmpty();
    }

    @Test
    void anEndedTrialCannotBeReplaced() {
        StudyState state = ended(proposed(state(10, 1, 1), 1), 0, 0.4);
        Trial forged = new Trial(0, state.trial(0).proposal(), new TrialState.Succeeded(0.9, Map.of()), new java.util.TreeMap<>());
        assertThat(state.with(state.trial(0))).isEqualTo(state);
        assertThatThrownBy(() -> state.with(forged)).isInstanceOf(FailureException.class).hasMessageContaining("has ended");
    }

    @Test
    void aSpecWithAnUnknownSamplerIsRefused() {
        assertThatThrownBy(() -> new StudySpec(SPACE, Direction.MAXIMIZE, "bayes", "none", 1, 10, 1, 1)).isInstanceOf(FailureException.class);
        assertThatThrownBy(() -> new StudySpec(SPACE, Direction.MAXIMIZE, "tpe", "none", 1, 0, 1, 1)).isInstanceOf(FailureException.class);
    }

    @Test
    void aStudyThatGoesOnFromAnotherKnowsItsTrialsAndNumbersItsOwnAfterThem() {
        StudyState before = state(3, 1, 1);
        for (int i = 0; i < 3; i++) {
            before = ended(proposed(before, 1), i, 0.5 + i);
        }
        List<Evidence> past = before.trials().stream().map(trial -> trial.evidence(Direction.MAXIMIZE)).toList();
        StudySpec spec = new StudySpec(SPACE, Direction.MAXIMIZE, "qmc", "none", 1, 10, 1, 1, List.of(SPACE.defaults(), past.get(2).assignment()), past);
        StudyState state = ended(proposed(new StudyState(spec), 1), 0, 0.5);
        assertThat(state.trial(0).proposal().assignment()).isEqualTo(SPACE.defaults());
        assertThat(state.evidence(1)).extracting(Evidence::number).containsExactly(0, 1, 2, 3);
        state = ended(proposed(state, 1), 1, 0.6);
        assertThat(state.trial(1).proposal().assignment()).as("the best of the other").isEqualTo(past.get(2).assignment());
        assertThat(StudyDecider.propose(state, 2)).isEqualTo(StudyDecider.propose(state, 2));
        StudySpec alone = new StudySpec(SPACE, Direction.MAXIMIZE, "qmc", "none", 1, 10, 1, 1, List.of(), List.of());
        assertThat(StudyDecider.propose(state, 2).assignment()).as("the sequence goes on where the other left it").isNotEqualTo(StudyDecider.propose(new StudyState(alone), 0).assignment());
        assertThat(state.comparable(2)).as("pruning looks at its own trials").hasSize(2);
    }
}
