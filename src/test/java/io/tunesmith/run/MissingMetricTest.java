package io.tunesmith.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.dispatch.Ending;
import io.tunesmith.dispatch.Workers;
import io.tunesmith.search.Proposal;
import io.tunesmith.space.Assignment;
import io.tunesmith.study.Trial;
import io.tunesmith.study.TrialState;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A training process may leave out what it was asked for. */
class MissingMetricTest {
    private static final Trial TRIAL = Trial.proposed(0, new Proposal(new Assignment(Map.of()), "prior", "why", Optional.empty()));

    @Test
    void aResultWithoutTheMetricIsAFailedTrial() {
        for (Ending ending : new Ending[] {new Ending.Complete(Workers.result(.9, false)), new Ending.Pruned(Workers.result(.9, true))}) {
            assertThat(TrialRunner.state(ending, TRIAL, "roc_auc")).isInstanceOfSatisfying(TrialState.Failed.class, failed -> assertThat(failed.message()).contains("roc_auc"));
        }
        assertThat(TrialRunner.state(new Ending.Complete(Workers.result(.9, false)), TRIAL, "accuracy")).isInstanceOfSatisfying(TrialState.Succeeded.class, done -> assertThat(done.score()).isEqualTo(.9));
    }
}
