package io.tunesmith.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureException;
import io.tunesmith.space.Parameter.Categorical;
import io.tunesmith.space.Parameter.Real;
import io.tunesmith.space.Parameter.Scale;
import io.tunesmith.space.Parameter.Whole;
import io.tunesmith.space.SearchSpace.Violation;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SearchSpaceTest {
    private static final Categorical LEARNER = new Categorical("learner", List.of("xgboost", "linear"), "xgboost", Condition.ALWAYS);
    private static final Real ETA = new Real("eta", 0.001, 0.5, Scale.LOG, 0.1, new Condition.Equals("learner", "xgboost"));
    private static final Whole DEPTH = new Whole("depth", 1, 15, 1, Scale.LINEAR, 6L, Condition.ALWAYS);
    private static final SearchSpace SPACE = new SearchSpace(List.of(ETA, LEARNER, DEPTH));

    private static Categorical flag(String name, Condition when) {
        return new Categorical(name, List.of(false, true), false, when);
    }

    @Test
    void parametersAreStoredParentsFirst() {
        assertThat(SPACE.names()).containsExactly("learner", "eta", "depth");
    }

    @Test
    void everyViolationIsReturned() {
        Assignment wrong = new Assignment(Map.of("learner", "linear", "eta", 0.1, "depth", 99L, "typo", 1L));
        assertThat(SPACE.check(wrong)).containsExactly(
                new Violation("eta", "0.1", "nothing: it exists only when learner is xgboost"),
                new Violation("depth", "99", "a whole number from 1 to 15"),
                new Violation("typo", "1", "no parameter of this name; there are [learner, eta, depth]"));
    }

    @Test
    void aMissingOrMistypedValueIsAViolation() {
        assertThat(SPACE.check(new Assignment(Map.of("learner", "xgboost", "depth", 3.0))))
                .extracting(Violation::parameter).containsExactly("eta", "depth");
    }

    @Test
    void valuesOfAnInactiveParentActivateNobody() {
        SearchSpace nested = new SearchSpace(List.of(flag("a", Condition.ALWAYS), flag("b", new Condition.Equals("a", true)), flag("c", new Condition.Equals("b", true))));
        Assignment sneaky = new Assignment(Map.of("a", false, "b", true, "c", true));
        assertThat(nested.active(sneaky)).extracting(Parameter::name).containsExactly("a");
        assertThat(nested.prune(sneaky)).isEqualTo(new Assignment(Map.of("a", false)));
    }

    @Test
    void looseNumbersAreReadAsTheParameterMeansThem() {
        assertThat(SPACE.read(Map.of("learner", "xgboost", "eta", new java.math.BigDecimal("0.25"), "depth", 4.0)))
                .isEqualTo(new Assignment(Map.of("learner", "xgboost", "eta", 0.25, "depth", 4L)));
        assertThat(SPACE.check(SPACE.read(Map.of("learner", "linear", "depth", 4.5)))).extracting(Violation::value).containsExactly("4.5");
    }

    @Test
    void aRepeatedNameIsRefused() {
        refused(() -> new SearchSpace(List.of(DEPTH, DEPTH)), "twice");
    }

    @Test
    void aConditionOnAnUnknownNameIsRefused() {
        refused(() -> new SearchSpace(List.of(ETA)), "learner, which is no parameter");
    }

    @Test
    void aConditionThatCanNeverHoldIsRefused() {
        refused(() -> new SearchSpace(List.of(LEARNER, flag("f", new Condition.Equals("learner", "xgbost")))), "xgbost");
    }

    @Test
    void aCircleIsRefused() {
        refused(() -> new SearchSpace(List.of(flag("a", new Condition.Equals("b", true)), flag("b", new Condition.Equals("a", true)))), "circle through [a, b]");
        refused(() -> new SearchSpace(List.of(flag("a", new Condition.Equals("a", true)))), "circle");
    }

    @Test
    void tooManyParametersAreRefused() {
        refused(() -> new SearchSpace(IntStream.range(0, 1001).<Parameter>mapToObj(i -> flag("p" + i, Condition.ALWAYS)).toList()), "too many");
    }

    @Test
    void theSizeIsInfiniteWhereARealNumberCanBeActive() {
        assertThat(SPACE.size()).isEmpty();
        assertThat(new SearchSpace(List.of(LEARNER, DEPTH)).size()).contains(BigInteger.valueOf(30));
        assertThat(new SearchSpace(List.of()).size()).contains(BigInteger.ONE);
    }

    @Test
    void theSizeOfManySwitchesIsExactAndQuick() {
        List<Parameter> parameters = new ArrayList<>(List.of(flag("root", Condition.ALWAYS)));
        for (int i = 0; i < 60; i++) {
            parameters.add(flag("s" + i, new Condition.Equals("root", true)));
            parameters.add(new Whole("w" + i, 0, 9, 1, Scale.LINEAR, 0L, new Condition.Equals("s" + i, true)));
        }
        assertThat(new SearchSpace(parameters).size()).contains(BigInteger.valueOf(11).pow(60).add(BigInteger.ONE));
    }

    @Test
    void enumerationHasALimit() {
        assertThat(new SearchSpace(List.of(LEARNER, DEPTH)).enumerate(29)).isEmpty();
        assertThat(new SearchSpace(List.of(LEARNER, DEPTH)).enumerate(30).orElseThrow()).hasSize(30);
    }

    @Test
    void logScaledWholeNumbersGetFallingShares() {
        Axis axis = Axis.of(new Whole("n", 1, 1000, 1, Scale.LOG, 10L, Condition.ALWAYS)).orElseThrow();
        assertThat(axis.upperEdge(1L) - axis.lowerEdge(1L)).isGreaterThan(20 * (axis.upperEdge(100L) - axis.lowerEdge(100L)));
        assertThat(axis.lowerEdge(1L)).isZero();
        assertThat(axis.upperEdge(1000L)).isEqualTo(1);
    }

    @Test
    void distanceCountsAParameterThatOnlyOneHas() {
        UnitCube cube = new UnitCube(SPACE);
        Assignment linear = new Assignment(Map.of("learner", "linear", "depth", 1L));
        Assignment boosted = new Assignment(Map.of("learner", "xgboost", "eta", 0.1, "depth", 1L));
        assertThat(cube.distance(linear, boosted)).isEqualTo(2.0 / 3);
    }

    private static void refused(Runnable construction, String part) {
        assertThatThrownBy(construction::run).isInstanceOfSatisfying(FailureException.class, refusal -> {
            assertThat(refusal.failure()).isInstanceOf(Failure.BadRequest.class);
            assertThat(refusal.failure().message()).contains(part);
        });
    }
}
