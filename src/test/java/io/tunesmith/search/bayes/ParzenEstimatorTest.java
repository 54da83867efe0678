package io.tunesmith.search.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tunesmith.space.Axis;
import io.tunesmith.space.Condition;
import io.tunesmith.space.Parameter.Categorical;
import io.tunesmith.space.Parameter.Real;
import io.tunesmith.space.Parameter.Scale;
import io.tunesmith.space.Parameter.Whole;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ParzenEstimatorTest {
    private static final Axis REAL = Axis.of(new Real("r", 0, 1, Scale.LINEAR, 0.5, Condition.ALWAYS)).orElseThrow();
    private static final Axis FEW = Axis.of(new Whole("few", 1, 7, 2, Scale.LOG, 1L, Condition.ALWAYS)).orElseThrow();
    private static final Axis MANY = Axis.of(new Whole("many", 1, 400, 1, Scale.LINEAR, 1L, Condition.ALWAYS)).orElseThrow();
    private static final Axis CHOICE = Axis.of(new Categorical("c", List.of("a", "b", "c"), "a", Condition.ALWAYS)).orElseThrow();

    private static ParzenEstimator estimator(List<Axis> axes, List<List<Object>> observed) {
        return new ParzenEstimator(axes, observed, TpeOptions.DEFAULT);
    }

    @Test
    void aRealDensityIntegratesToOneAlsoWithKernelsAtTheEdge() {
        ParzenEstimator estimator = estimator(List.of(REAL), List.of(List.of(0.0), List.of(0.03), List.of(1.0)));
        int steps = 20_000;
        double sum = 0;
        for (int i = 0; i < steps; i++) {
            sum += Math.exp(estimator.logDensity(List.of((i + 0.5) / steps)));
        }
        assertThat(sum / steps).isCloseTo(1, within(1e-6));
    }

    @Test
    void discreteMassesSumToOne() {
        List<List<Object>> observed = List.of(List.of(1L, "a"), List.of(5L, "c"));
        ParzenEstimator estimator = estimator(List.of(FEW, CHOICE), observed);
        double sum = 0;
        for (long value : new long[] {1, 3, 5, 7}) {
            for (String choice : List.of("a", "b", "c")) {
                sum += Math.exp(estimator.logDensity(List.of(value, choice)));
            }
        }
        assertThat(sum).isCloseTo(1, within(1e-5));
    }

    @Test
    void narrowBinsSumToOneNearly() {
        ParzenEstimator estimator = estimator(List.of(MANY), List.of(List.of(3L), List.of(200L)));
        double sum = LongStream.rangeClosed(1, 400).mapToDouble(value -> Math.exp(estimator.logDensity(List.of(value)))).sum();
        assertThat(sum).isCloseTo(1, within(1e-4));
    }

    /** One observation at 1/2 and the prior, both cut Gaussians around 1/2, written out by hand. */
    @Test
    void theDensityAgreesWithItsClosedForm() {
        ParzenEstimator estimator = estimator(List.of(REAL), List.of(List.of(0.5)));
        double narrow = TpeOptions.DEFAULT.width(1, 1);
        double expected = 0.5 * cut(0.6, narrow) + 0.5 * cut(0.6, 1);
        assertThat(Math.exp(estimator.logDensity(List.of(0.6)))).isCloseTo(expected, within(1e-12));
    }

    private static double cut(double x, double width) {
        return Normal.density((x - 0.5) / width) / width / Normal.between(-0.5 / width, 0.5 / width);
    }

    @Test
    void drawsFollowTheDensity() {
        ParzenEstimator estimator = estimator(List.of(FEW, CHOICE), List.of(List.of(1L, "a"), List.of(5L, "c")));
        SplittableRandom random = new SplittableRandom(3);
        long hits = LongStream.range(0, 40_000).filter(i -> estimator.draw(random).equals(List.of(5L, "c"))).count();
        assertThat(hits / 40_000.0).isCloseTo(Math.exp(estimator.logDensity(List.of(5L, "c"))), within(0.01));
    }
}
