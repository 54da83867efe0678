package io.tunesmith.search.bayes;

import static io.tunesmith.search.Rehearsal.best;
import static io.tunesmith.search.Rehearsal.complete;
import static io.tunesmith.search.Rehearsal.context;
import static io.tunesmith.search.Rehearsal.run;
import static io.tunesmith.search.Rehearsal.without;
import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.search.Evidence;
import io.tunesmith.search.Evidence.Outcome;
import io.tunesmith.search.Sampler;
import io.tunesmith.search.random.RandomSampler;
import io.tunesmith.space.Assignment;
import io.tunesmith.space.Condition;
import io.tunesmith.space.Parameter;
import io.tunesmith.space.Parameter.Categorical;
import io.tunesmith.space.Parameter.Ordinal;
import io.tunesmith.space.Parameter.Real;
import io.tunesmith.space.Parameter.Scale;
import io.tunesmith.space.Parameter.Whole;
import io.tunesmith.space.SearchSpace;
import io.tunesmith.space.SpaceArbitraries;
import io.tunesmith.space.UnitCube;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TpeSamplerTest {
    private static final SearchSpace PLANE = new SearchSpace(List.of(
            new Real("x", -5, 5, Scale.LINEAR, 0.0, Condition.ALWAYS), new Real("y", -5, 5, Scale.LINEAR, 0.0, Condition.ALWAYS)));
    private static final Condition BOOSTED = new Condition.OneOf("learner", List.of("xgboost", "lightgbm"));
    private static final SearchSpace MIXED = new SearchSpace(List.of(
            new Categorical("learner", List.of("xgboost", "lightgbm", "linear"), "linear", Condition.ALWAYS),
            new Real("eta", 0.001, 0.5, Scale.LOG, 0.1, BOOSTED),
            new Whole("depth", 1, 15, 1, Scale.LINEAR, 6L, BOOSTED),
            new Ordinal("batch", List.of(16L, 32L, 64L, 128L), 32L, Condition.ALWAYS),
            new Real("l2", 1e-6, 10, Scale.LOG, 1.0, new Condition.Equals("learner", "linear"))));

    @Provide
    Arbitrary<SearchSpace> spaces() {
        return SpaceArbitraries.spaces();
    }

    private static double quadratic(Assignment at) {
        double x = (Double) at.values().get("x") - 2;
        double y = (Double) at.values().get("y") + 1;
        return x * x + y * y + x * y / 2;
    }

    private static double mixed(Assignment at) {
        double batch = Math.abs(Math.log((Long) at.values().get("batch") / 64.0)) * 0.2;
        if (at.values().get("learner").equals("linear")) {
            return 1.5 + batch + 0.1 * Math.abs(Math.log10((Double) at.values().get("l2")) + 2);
        }
        double offset = at.values().get("learner").equals("xgboost") ? 0 : 0.3;
        double depth = ((Long) at.values().get("depth") - 7) / 4.0;
        return offset + batch + depth * depth + Math.pow(Math.log10((Double) at.values().get("eta")) + 1.5, 2);
    }

    /** Paired over 30 seeds: the mean difference is more than two standard errors below zero. */
    private static void beatsRandom(SearchSpace space, ToDoubleFunction<Assignment> loss) {
        Sampler tpe = new TpeSampler();
        double[] differences = IntStream.range(0, 30)
                .mapToDouble(seed -> best(run(tpe, space, seed, 50, loss)) - best(run(new RandomSampler(), space, seed, 50, loss))).toArray();
        double mean = IntStream.range(0, 30).mapToDouble(i -> differences[i]).average().orElseThrow();
        double variance = IntStream.range(0, 30).mapToDouble(i -> (differences[i] - mean) * (differences[i] - mean)).sum() / 29;
        assertThat(mean).isLessThan(-2 * Math.sqrt(variance / 30));
    }

    @Test
    void itBeatsRandomOnAQuadraticAfterFiftyTrials() {
        beatsRandom(PLANE, TpeSamplerTest::quadratic);
    }

    @Test
    void itBeatsRandomOnAMixedConditionalSpaceAfterFiftyTrials() {
        beatsRandom(MIXED, TpeSamplerTest::mixed);
    }

    @Property(tries = 150)
    void everyProposalIsAccepted(@ForAll("spaces") SearchSpace space, @ForAll long seed) {
        Sampler sampler = new TpeSampler(new TpeOptions(3, 8, 0.25, 25, 0.2, 0.03, 0.2, 1.0));
        run(sampler, space, seed, 12, at -> at.hashCode() % 5 == 0 ? Double.NaN : at.hashCode())
                .forEach(past -> assertThat(space.check(past.assignment())).isEmpty());
    }

    @Test
    void theSameEvidenceGivesTheSameProposal() {
        List<Evidence> evidence = run(new RandomSampler(), MIXED, 4, 30, TpeSamplerTest::mixed);
        assertThat(new TpeSampler().propose(context(MIXED, 9), evidence, 30)).isEqualTo(new TpeSampler().propose(context(MIXED, 9), evidence, 30));
    }

    /** Half of the plane is infeasible, the best point is in the other half. */
    @Test
    void infeasibleRegionsAreAvoided() {
        long infeasible = IntStream.range(0, 10).boxed()
                .flatMap(seed -> run(new TpeSampler(), PLANE, seed, 40, at -> (Double) at.values().get("x") < 0 ? Double.NaN : quadratic(at)).stream().skip(20))
                .filter(past -> past.outcome() == Outcome.INFEASIBLE).count();
        assertThat(infeasible / 200.0).isLessThan(0.1);
    }

    @Test
    void pendingTrialsPushProposalsAway() {
        UnitCube cube = new UnitCube(PLANE);
        double alone = 0;
        double pushed = 0;
        for (int seed = 0; seed < 30; seed++) {
            List<Evidence> evidence = new ArrayList<>(run(new RandomSampler(), PLANE, seed, 20, TpeSamplerTest::quadratic));
            Assignment first = new TpeSampler().propose(context(PLANE, seed), evidence, 20).assignment();
            alone += cube.distance(first, new TpeSampler().propose(context(PLANE, seed + 1000), evidence, 20).assignment());
            IntStream.range(20, 25).forEach(number -> evidence.add(without(number, first, Outcome.PENDING)));
            pushed += cube.distance(first, new TpeSampler().propose(context(PLANE, seed + 1000), evidence, 20).assignment());
        }
        assertThat(pushed).isGreaterThan(alone);
    }

    @Test
    void aFiniteSpaceIsTriedWithoutRepeats() {
        SearchSpace small = new SearchSpace(List.of(
                new Whole("n", 1, 6, 1, Scale.LINEAR, 1L, Condition.ALWAYS), new Categorical("c", List.of("a", "b"), "a", Condition.ALWAYS)));
        List<Evidence> evidence = run(new TpeSampler(), small, 1, 12, at -> (Long) at.values().get("n"));
        assertThat(new HashSet<>(evidence.stream().map(Evidence::assignment).toList())).hasSize(12);
    }

    @Test
    void tenParametersAndTwoHundredTrialsTakeMilliseconds() {
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            parameters.add(switch (i % 4) {
                case 0 -> new Real("p" + i, 1e-4, 1, Scale.LOG, 0.1, Condition.ALWAYS);
                case 1 -> new Whole("p" + i, 1, 20, 1, Scale.LINEAR, 1L, Condition.ALWAYS);
                case 2 -> new Categorical("p" + i, List.of("a", "b", "c"), "a", Condition.ALWAYS);
                default -> new Real("p" + i, 0, 1, Scale.LINEAR, 0.5, Condition.ALWAYS);
            });
        }
        SearchSpace space = new SearchSpace(parameters);
        List<Evidence> evidence = new ArrayList<>();
        SplittableRandom losses = new SplittableRandom(1);
        for (Evidence each : run(new RandomSampler(), space, 1, 200, at -> 0)) {
            evidence.add(complete(each.number(), each.assignment(), losses.nextDouble()));
        }
        IntStream.range(0, 60).forEach(i -> new TpeSampler().propose(context(space, i), evidence, 200));
        long start = System.nanoTime();
        IntStream.range(0, 20).forEach(i -> new TpeSampler().propose(context(space, i), evidence, 200));
        double milliseconds = (System.nanoTime() - start) / 20e6;
        System.out.println("tpe: " + milliseconds + " ms per proposal");
        assertThat(milliseconds).isLessThan(25);
    }
}
