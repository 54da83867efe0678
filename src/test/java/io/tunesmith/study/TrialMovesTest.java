package io.tunesmith.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureException;
import io.tunesmith.search.Proposal;
import io.tunesmith.space.Assignment;
import io.tunesmith.study.TrialState.Infeasible.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TrialMovesTest {
    private static final Proposal PROPOSAL = new Proposal(new Assignment(Map.of()), "random", "a test", Optional.empty());

    @Provide
    Arbitrary<TrialState> states() {
        return Arbitraries.of(new TrialState.Proposed(), new TrialState.Queued(), new TrialState.Running(), new TrialState.Succeeded(1, Map.of()),
                new TrialState.Pruned(3, 1, "slow"), new TrialState.Infeasible(Reason.MEMORY, "8 GB"), new TrialState.Failed("lost", "gone"), new TrialState.Cancelled());
    }

    @Provide
    Arbitrary<List<TrialState>> walks() {
        return states().list().ofMinSize(1).ofMaxSize(30);
    }

    @Property
    void noLegalMoveLeavesATerminalState(@ForAll("states") TrialState from, @ForAll("states") TrialState to) {
        if (from.terminal()) {
            assertThat(TrialMoves.legal(from, to)).isFalse();
        }
    }

    @Property
    void howeverATrialIsPushedItsFirstTerminalStateStays(@ForAll("walks") List<TrialState> walk) {
        Trial trial = Trial.proposed(0, PROPOSAL);
        for (TrialState next : walk) {
            Trial before = trial;
            if (TrialMoves.legal(before.state(), next)) {
                assertThat(before.state().terminal()).isFalse();
                trial = before.withState(next);
            } else {
                assertThatThrownBy(() -> before.withState(next)).isInstanceOfSatisfying(FailureException.class,
                        refusal -> assertThat(refusal.failure()).isInstanceOf(Failure.Defect.class));
            }
        }
    }

    @Test
    void whatIsNotANumberNeverBecomesAScore() {
        assertThatThrownBy(() -> new TrialState.Succeeded(Double.NaN, Map.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TrialState.Succeeded(1, Map.of("seconds", Double.POSITIVE_INFINITY))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TrialState.Pruned(1, Double.NEGATIVE_INFINITY, "")).isInstanceOf(IllegalArgumentException.class);
        Trial running = Trial.proposed(0, PROPOSAL).withState(new TrialState.Queued()).withState(new TrialState.Running());
        assertThatThrownBy(() -> running.withScore(1, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyARunningTrialReports() {
        assertThatThrownBy(() -> Trial.proposed(0, PROPOSAL).withScore(1, 0.5)).isInstanceOf(FailureException.class);
    }
}
