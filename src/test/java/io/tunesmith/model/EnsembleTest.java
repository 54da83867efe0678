package io.tunesmith.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tunesmith.core.Metric;
import io.tunesmith.core.RandomSource;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class EnsembleTest {
    private static final Truth TRUTH = new Truth.Numbers(new double[] {1, 2, 3, 4});
    private static final RandomSource RANDOM = new RandomSource(1);

    private static Predictions numbers(double... values) {
        return new Predictions(values, values.length, 1);
    }

    @Test
    void errorsThatCancelAreAveraged() {
        double[] weights = Ensemble.STANDARD.weights(List.of(numbers(2, 3, 4, 5), numbers(0, 1, 2, 3), numbers(9, 9, 9, 9)), TRUTH, Metric.RMSE, RANDOM);
        assertThat(weights).containsExactly(0.5, 0.5, 0);
    }

    @Test
    void aPerfectModelStandsAlone() {
        assertThat(Ensemble.STANDARD.weights(List.of(numbers(2, 2, 2, 2), numbers(1, 2, 3, 4)), TRUTH, Metric.RMSE, RANDOM)).containsExactly(0, 1);
    }

    @Test
    void replacementGivesUnequalWeights() {
        double[] weights = Ensemble.STANDARD.weights(List.of(numbers(2, 3, 4, 5), numbers(-1, 0, 1, 2)), TRUTH, Metric.MAE, RANDOM);
        assertThat(weights[0]).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(weights[1]).isCloseTo(1.0 / 3, within(1e-12));
    }

    @Test
    void modelsThatAreNotFiniteGetNothing() {
        assertThat(Ensemble.STANDARD.weights(List.of(numbers(Double.NaN, 2, 3, 4), numbers(1, 2, 3, 5)), TRUTH, Metric.RMSE, RANDOM)).containsExactly(0, 1);
        assertThatThrownBy(() -> Ensemble.STANDARD.weights(List.of(numbers(Double.NaN, 2, 3, 4)), TRUTH, Metric.RMSE, RANDOM)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 40)
    void weightsSumToOneAndNeverScoreWorseThanTheBestSingleModel(@ForAll long seed) {
        RandomGenerator generator = new RandomSource(seed).stream("library");
        Truth truth = new Truth.Numbers(generator.doubles(20).toArray());
        List<Predictions> library = java.util.stream.IntStream.range(0, 5).mapToObj(i -> numbers(generator.doubles(20).toArray())).toList();
        double[] weights = Ensemble.STANDARD.weights(library, truth, Metric.RMSE, RANDOM);
        assertThat(Arrays.stream(weights).sum()).isCloseTo(1, within(1e-9));
        double best = library.stream().mapToDouble(one -> Scores.score(Metric.RMSE, truth, one).orElseThrow()).min().orElseThrow();
        assertThat(Scores.score(Metric.RMSE, truth, Predictions.blend(library, weights)).orElseThrow()).isLessThanOrEqualTo(best + 1e-9);
    }

    @Test
    void baggedWeightsAreTheSameForTheSameSeed() {
        List<Predictions> library = List.of(numbers(2, 3, 4, 5), numbers(0, 1, 2, 3), numbers(1, 2, 3, 5));
        Ensemble bagged = new Ensemble(10, 2, 5);
        assertThat(bagged.weights(library, TRUTH, Metric.RMSE, RANDOM)).isEqualTo(bagged.weights(library, TRUTH, Metric.RMSE, RANDOM));
        assertThat(Arrays.stream(bagged.weights(library, TRUTH, Metric.RMSE, RANDOM)).sum()).isCloseTo(1, within(1e-12));
    }
}
