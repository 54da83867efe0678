package io.tunesmith.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.dispatch.AttemptEnd;
import io.tunesmith.space.Assignment;
import io.tunesmith.space.Condition;
import io.tunesmith.space.Parameter;
import io.tunesmith.space.SearchSpace;
import io.tunesmith.study.TrialState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void everySealedAlternativeComesBackAsItself() {
        for (TrialState state : List.of(new TrialState.Proposed(), new TrialState.Succeeded(0.5, Map.of("rounds", 12.0)), new TrialState.Pruned(3, 0.25, "late"),
                new TrialState.Infeasible(TrialState.Infeasible.Reason.MEMORY, "2 GB"), new TrialState.Cancelled())) {
            assertThat(Json.read(Json.write(TrialState.class, state), TrialState.class)).isEqualTo(state);
        }
        for (Failure failure : List.of(Failure.BadRequest.of(FailureCode.TARGET_MISSING, "target", "none").hint("name one"), new Failure.Transient(FailureCode.ENVIRONMENT, "later", Duration.ofSeconds(3)),
                new Failure.NoCapacity("full"), new Failure.Defect("ours"))) {
            assertThat(Json.read(Json.write(Failure.class, failure), Failure.class)).isEqualTo(failure);
        }
        AttemptEnd end = new AttemptEnd.TimedOut(1.5);
        assertThat(Json.read(Json.write(AttemptEnd.class, end), AttemptEnd.class)).isEqualTo(end);
    }

    @Test
    void aSealedTypeInsideARecordNamesItsAlternative() {
        SearchSpace space = new SearchSpace(List.of(
                new Parameter.Categorical("learner", List.of("a", "b"), "a", Condition.ALWAYS),
                new Parameter.Whole("depth", 1, 9, 1, Parameter.Scale.LINEAR, 6L, new Condition.All(List.of(new Condition.Equals("learner", "a"), new Condition.OneOf("learner", List.of("a")))))));
        assertThat(Json.read(Json.write(space), SearchSpace.class)).isEqualTo(space);
        assertThat(Json.write(space)).contains("\"type\":\"categorical\"", "\"type\":\"one_of\"");
    }

    @Test
    void numbersOfUntypedMapsKeepTheirKind() {
        Assignment assignment = new Assignment(Map.of("depth", 6L, "rate", 1.0, "huge", 1e22, "tiny", 1e-9, "name", "x", "flag", true));
        assertThat(Json.read(Json.write(assignment), Assignment.class)).isEqualTo(assignment);
        assertThat(Json.write(Map.of("x", 1e10))).isEqualTo("{\"x\":10000000000.0}");
    }

    @Test
    void aScoreThatIsNoNumberSurvivesWhereItsTypeIsKnown() {
        assertThat(Json.read(Json.write(Map.of("x", Double.NaN)), new TypeReference<Map<String, Double>>() {})).containsEntry("x", Double.NaN);
    }

    @Test
    void absentIsEmptyNotZero() {
        assertThat(Json.read("{\"trials\":null}", io.tunesmith.budget.Budget.class).trials()).isEqualTo(Optional.empty());
    }
}
