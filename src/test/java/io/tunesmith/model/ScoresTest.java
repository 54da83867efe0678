package io.tunesmith.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tunesmith.core.FailureException;
import io.tunesmith.core.Metric;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The expected numbers are scikit-learn 1.9.1's, for the same rows. */
class ScoresTest {
    private static final Classes TWO = new Classes(List.of("no", "yes"), 1);
    private static final Classes THREE = new Classes(List.of("a", "b", "c"), 2);
    private static final int[] BINARY = {0, 0, 1, 1, 1, 0, 1, 0, 1, 1};
    private static final double[] OF_YES = {.1, .4, .35, .8, .65, .7, .9, .2, .4, .55};
    private static final int[] MULTI = {0, 1, 2, 2, 1, 0, 2, 1};
    private static final double[] MULTI_PROBABILITIES = {
        .7, .2, .1, .2, .5, .3, .1, .3, .6, .4, .35, .25, .3, .4, .3, .3, .6, .1, .05, .15, .8, .2, .2, .6};

    private static Predictions yes(double... probabilities) {
        return new Predictions(Arrays.stream(probabilities).flatMap(p -> Arrays.stream(new double[] {1 - p, p})).toArray(), probabilities.length, 2);
    }

    private static double score(Metric metric, Truth truth, Predictions predictions) {
        return Scores.score(metric, truth, predictions).orElseThrow();
    }

    @Test
    void twoClassesScoreAsInScikitLearn() {
        Map<Metric, Double> expected = Map.of(Metric.ACCURACY, 0.7, Metric.BALANCED_ACCURACY, 0.7083333333333333, Metric.F1, 0.7272727272727273,
                Metric.MACRO_F1, 0.696969696969697, Metric.PRECISION, 0.8, Metric.RECALL, 0.6666666666666666, Metric.ROC_AUC, 0.7708333333333333,
                Metric.AVERAGE_PRECISION, 0.8357142857142856, Metric.LOG_LOSS, 0.5366539335256906, Metric.MCC, 0.408248290463863);
        expected.forEach((metric, value) ->
                assertThat(score(metric, new Truth.Labels(TWO, BINARY), yes(OF_YES))).as(metric.wire()).isCloseTo(value, within(1e-12)));
    }

    @Test
    void severalClassesScoreAsInScikitLearn() {
        Map<Metric, Double> expected = Map.of(Metric.ACCURACY, 0.625, Metric.BALANCED_ACCURACY, 0.611111111111111, Metric.F1, 0.611111111111111,
                Metric.MACRO_F1, 0.611111111111111, Metric.PRECISION, 0.611111111111111, Metric.RECALL, 0.611111111111111, Metric.ROC_AUC, 0.7583333333333333,
                Metric.AVERAGE_PRECISION, 0.667989417989418, Metric.LOG_LOSS, 0.86247338866662, Metric.MCC, 0.42857142857142855);
        Predictions predictions = new Predictions(MULTI_PROBABILITIES, 8, 3);
        expected.forEach((metric, value) ->
                assertThat(score(metric, new Truth.Labels(THREE, MULTI), predictions)).as(metric.wire()).isCloseTo(value, within(1e-12)));
    }

    @Test
    void numbersScoreAsInScikitLearn() {
        Truth truth = new Truth.Numbers(new double[] {3, -.5, 2, 7, 4.2});
        Predictions predictions = new Predictions(new double[] {2.5, 0, 2.1, 7.8, 3.9}, 5, 1);
        assertThat(score(Metric.RMSE, truth, predictions)).isCloseTo(0.49799598391954925, within(1e-12));
        assertThat(score(Metric.MAE, truth, predictions)).isCloseTo(0.44, within(1e-12));
        assertThat(score(Metric.MAPE, truth, predictions)).isCloseTo(0.2804761904761905, within(1e-12));
        assertThat(score(Metric.R2, truth, predictions)).isCloseTo(0.9594665271966527, within(1e-12));
        Truth positive = new Truth.Numbers(new double[] {3, .5, 2, 7, 4.2});
        assertThat(score(Metric.RMSLE, positive, predictions)).isCloseTo(0.19795096992182448, within(1e-12));
        assertThatThrownBy(() -> Scores.score(Metric.RMSLE, truth, predictions)).isInstanceOf(FailureException.class);
    }

    @Test
    void theSecondClassNeedNotBeThePositiveOne() {
        Truth truth = new Truth.Labels(new Classes(List.of("no", "yes"), 0), BINARY);
        assertThat(score(Metric.F1, truth, yes(OF_YES))).isCloseTo(0.6666666666666666, within(1e-12));
        assertThat(score(Metric.ROC_AUC, truth, yes(OF_YES))).isCloseTo(0.7708333333333333, within(1e-12));
    }

    @Test
    void aScoreThatTheRowsDoNotDefineIsEmpty() {
        Truth oneClass = new Truth.Labels(TWO, new int[] {1, 1});
        assertThat(Scores.score(Metric.ROC_AUC, oneClass, yes(.2, .9))).isEmpty();
        assertThat(Scores.score(Metric.ACCURACY, new Truth.Labels(TWO, new int[0]), yes())).isEmpty();
        assertThat(score(Metric.MCC, oneClass, yes(.2, .9))).isZero();
        assertThat(score(Metric.BALANCED_ACCURACY, oneClass, yes(.2, .9))).isEqualTo(0.5);
    }

    @Test
    void aClassAbsentFromTheRowsIsLeftOutOfTheMacroArea() {
        Truth withoutC = new Truth.Labels(THREE, new int[] {0, 1, 1});
        Predictions predictions = new Predictions(new double[] {.7, .2, .1, .2, .5, .3, .5, .4, .1}, 3, 3);
        assertThat(score(Metric.ROC_AUC, withoutC, predictions)).isEqualTo(1.0);
    }

    @Test
    void certaintyInTheWrongIsClippedAndNotANumberStaysNotANumber() {
        assertThat(score(Metric.LOG_LOSS, new Truth.Labels(TWO, new int[] {1}), yes(0))).isCloseTo(-Math.log(1e-15), within(1e-9));
        assertThat(score(Metric.ACCURACY, new Truth.Labels(TWO, new int[] {1}), yes(Double.NaN))).isNaN();
    }

    @Test
    void constantTruthHasADefinedR2() {
        Truth constant = new Truth.Numbers(new double[] {2, 2});
        assertThat(score(Metric.R2, constant, new Predictions(new double[] {2, 2}, 2, 1))).isEqualTo(1);
        assertThat(score(Metric.R2, constant, new Predictions(new double[] {2, 3}, 2, 1))).isZero();
    }

    @Test
    void aMetricOfAnotherFamilyIsRefused() {
        assertThatThrownBy(() -> Scores.score(Metric.RMSE, new Truth.Labels(TWO, BINARY), yes(OF_YES))).isInstanceOf(FailureException.class)
                .hasMessageContaining("rmse does not score classes");
    }
}
