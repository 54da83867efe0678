package io.tunesmith.contract;

import io.tunesmith.core.Metric;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What {@link Operation#EVALUATE} found on the sealed test part, as its artifact {@code evaluation}.
 *
 * @param metric the study's own
 * @param rows test rows
 * @param models scores by role, in the order asked
 * @param differences of each later model to the first
 * @param confusion of the first model; absent for numbers
 * @param residuals of the first model, at most 2000; empty for classes
 * @param importance by column of the first model: how much worse {@code metric} gets when the column is shuffled
 */
public record Evaluation(
        Metric metric, int rows, List<Scored> models, List<Difference> differences, Optional<Confusion> confusion, List<Residual> residuals,
        Map<String, Importance> importance) {

    public Evaluation {
        models = List.copyOf(models);
        differences = List.copyOf(differences);
        residuals = List.copyOf(residuals);
        importance = Collections.unmodifiableMap(new TreeMap<>(importance));
    }

    /**
     * @param model digest of the model folder's manifest
     * @param scores by metric's wire name; what these rows do not define is left out
     * @param interval of the study's metric; absent if no resampling was asked for
     */
    public record Scored(String role, String model, Map<String, Double> scores, Optional<Interval> interval) {
        public Scored {
            scores = Collections.unmodifiableMap(new TreeMap<>(scores));
        }
    }

    /** A 95 % percentile interval from bootstrap resamples of the test rows. */
    public record Interval(double low, double high) {}

    /** @param value score of the first model minus score of {@code other}, with the paired bootstrap interval */
    public record Difference(String other, double value, Optional<Interval> interval) {}

    /** @param counts rows by [true class][predicted class] */
    public record Confusion(List<String> classes, List<List<Long>> counts) {
        public Confusion {
            classes = List.copyOf(classes);
            counts = counts.stream().map(List::copyOf).toList();
        }
    }

    public record Residual(double truth, double predicted) {}

    /** @param mean of the repeats, positive if the column helps; @param deviation over the repeats */
    public record Importance(double mean, double deviation) {}
}
