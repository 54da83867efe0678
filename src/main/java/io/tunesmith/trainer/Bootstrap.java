package io.tunesmith.trainer;

import io.tunesmith.contract.Evaluation.Interval;
import io.tunesmith.core.Metric;
import io.tunesmith.core.RandomSource;
import io.tunesmith.model.Predictions;
import io.tunesmith.model.Scores;
import io.tunesmith.model.Truth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Percentile bootstrap over test rows (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, section 13.3), 95 %. All models are scored
 * on the same resamples, so that differences are paired. Resamples on which a score is not defined are left out.
 *
 * @param scores by [model][resample]; NaN where not defined
 */
record Bootstrap(double[][] scores) {

    static Bootstrap of(Metric metric, Truth truth, List<Predictions> models, int resamples, RandomSource random) {
        double[][] scores = new double[models.size()][resamples];
        RandomGenerator generator = random.stream("bootstrap");
        for (int resample = 0; resample < resamples; resample++) {
            int[] rows = generator.ints(truth.rows(), 0, truth.rows()).toArray();
            Truth drawn = truth.rows(rows);
            for (int model = 0; model < models.size(); model++) {
                scores[model][resample] = Scores.score(metric, drawn, models.get(model).rows(rows)).orElse(Double.NaN);
            }
        }
        return new Bootstrap(scores);
    }

    Optional<Interval> interval(int model) {
        return percentiles(scores[model]);
    }

    /** Of the first model's score minus this one's. */
    Optional<Interval> difference(int model) {
        double[] differences = new double[scores[model].length];
        Arrays.setAll(differences, i -> scores[0][i] - scores[model][i]);
        return percentiles(differences);
    }

    private static Optional<Interval> percentiles(double[] values) {
        double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        return sorted.length < 20 ? Optional.empty() : Optional.of(new Interval(quantile(sorted, 0.025), quantile(sorted, 0.975)));
    }

    private static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    /** The scores as they were asked for, for tests. */
    List<Double> of(int model) {
        List<Double> list = new ArrayList<>();
        Arrays.stream(scores[model]).forEach(list::add);
        return list;
    }
}
