package io.tunesmith.trainer;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.Metric;
import io.tunesmith.model.Link;
import io.tunesmith.model.Truth;
import java.util.Arrays;

/**
 * What a booster minimises, chosen by the task and the metric and scaled by the training rows: log loss for classes; for numbers the squared
 * error, or the absolute error for mae and mape (there each row weighs 1/|target|), or the squared error of log(1 + target) for rmsle.
 * Numbers are learned standardised, so that regularisation means the same for every target.
 *
 * @param outputs raw scores a row
 * @param start the probability of the second class, to start from; 0.5 otherwise
 */
record Objective(Loss loss, Link link, int outputs, double start, boolean relative) {
    /** The loss, whatever each library calls it. */
    enum Loss { LOGISTIC, SOFTMAX, SQUARED, ABSOLUTE }

    static Objective of(Truth training, Metric metric) {
        return switch (training) {
            case Truth.Labels labels -> classes(labels);
            case Truth.Numbers numbers -> numbers(numbers.values(), metric);
        };
    }

    private static Objective classes(Truth.Labels training) {
        int classes = training.classes().names().size();
        if (classes > 2) {
            return new Objective(Loss.SOFTMAX, Link.SOFTMAX, classes, 0.5, false);
        }
        double share = Arrays.stream(training.labels()).average().orElse(0.5);
        return new Objective(Loss.LOGISTIC, Link.SIGMOID, 1, Math.clamp(share, 0.001, 0.999), false);
    }

    private static Objective numbers(double[] targets, Metric metric) {
        boolean log = metric == Metric.RMSLE;
        if (log && Arrays.stream(targets).anyMatch(value -> value <= -1)) {
            throw Failure.BadRequest.of(FailureCode.DATA_UNUSABLE, "metric", "rmsle needs a target without negative values").allowed("rmse, mae, r2").asException();
        }
        double[] learned = log ? Arrays.stream(targets).map(Math::log1p).toArray() : targets;
        double mean = Arrays.stream(learned).average().orElse(0);
        double deviation = Math.sqrt(Arrays.stream(learned).map(value -> (value - mean) * (value - mean)).average().orElse(0));
        Link link = new Link(log ? Link.Form.AFFINE_LOG : Link.Form.AFFINE, mean, deviation > 0 ? deviation : 1);
        boolean absolute = metric == Metric.MAE || metric == Metric.MAPE;
        return new Objective(absolute ? Loss.ABSOLUTE : Loss.SQUARED, link, 1, 0.5, metric == Metric.MAPE);
    }

    /** What the learner is shown as the target of each row. */
    float[] labels(Truth truth) {
        float[] labels = new float[truth.rows()];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = switch (truth) {
                case Truth.Labels classes -> classes.labels()[row];
                case Truth.Numbers numbers -> (float) link.learned(numbers.values()[row]);
            };
        }
        return labels;
    }

    /** The weight of each row; they average to 1. */
    float[] weights(Truth truth, boolean balanced) {
        double[] weights = new double[truth.rows()];
        Arrays.fill(weights, 1);
        switch (truth) {
            case Truth.Labels labels when balanced -> {
                double[] counts = new double[labels.classes().names().size()];
                Arrays.stream(labels.labels()).forEach(label -> counts[label]++);
                Arrays.setAll(weights, row -> 1 / counts[labels.labels()[row]]);
            }
            case Truth.Numbers numbers when relative -> {
                double floor = 1e-3 * Arrays.stream(numbers.values()).map(Math::abs).average().orElse(1) + Double.MIN_NORMAL;
                Arrays.setAll(weights, row -> 1 / Math.max(floor, Math.abs(numbers.values()[row])));
            }
            case Truth.Labels labels -> {}
            case Truth.Numbers numbers -> {}
        }
        double mean = Arrays.stream(weights).average().orElse(1);
        float[] scaled = new float[weights.length];
        for (int row = 0; row < scaled.length; row++) {
            scaled[row] = (float) (weights[row] / mean);
        }
        return scaled;
    }
}
