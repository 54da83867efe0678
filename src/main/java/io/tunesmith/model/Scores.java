package io.tunesmith.model;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.Metric;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The metrics of {@link Metric} for tables, as scikit-learn defines them. With two classes f1, precision, recall and average precision look
 * at {@link Classes#positive}; with more they are macro averages over the classes that occur in truth or prediction, and roc_auc and average
 * precision are macro averages, one class against the rest, over the classes for which these rows define them. A score that these rows
 * do not define (roc_auc with one class only) is empty; predictions that are not finite score NaN. Pure.
 */
public final class Scores {
    /** What is reported beside the metric that was optimised, for classes. */
    public static final List<Metric> OF_CLASSES = List.of(Metric.ACCURACY, Metric.BALANCED_ACCURACY, Metric.MACRO_F1, Metric.ROC_AUC, Metric.LOG_LOSS, Metric.MCC);

    /** What is reported beside the metric that was optimised, for numbers. */
    public static final List<Metric> OF_NUMBERS = List.of(Metric.RMSE, Metric.MAE, Metric.R2);

    private static final double CLIP = 1e-15;

    private Scores() {}

    /** The score; empty where these rows do not define it, NaN where a prediction is not finite. */
    public static OptionalDouble score(Metric metric, Truth truth, Predictions predictions) {
        if (truth.rows() == 0) {
            return OptionalDouble.empty();
        }
        if (!predictions.finite()) {
            return OptionalDouble.of(Double.NaN);
        }
        return switch (truth) {
            case Truth.Labels labels when metric.family() == Metric.Family.CLASSES -> classes(metric, labels, predictions);
            case Truth.Numbers numbers when metric.family() == Metric.Family.NUMBERS -> numbers(metric, numbers.values(), predictions.values());
            case Truth.Labels labels -> throw unfit(metric, "classes");
            case Truth.Numbers numbers -> throw unfit(metric, "numbers");
        };
    }

    private static RuntimeException unfit(Metric metric, String what) {
        return Failure.BadRequest.of(FailureCode.UNSUPPORTED, "metric", metric.wire() + " does not score " + what).asException();
    }

    private static OptionalDouble classes(Metric metric, Truth.Labels truth, Predictions predictions) {
        return switch (metric) {
            case LOG_LOSS -> OptionalDouble.of(logLoss(truth.labels(), predictions));
            case ROC_AUC -> oneAgainstRest(truth, predictions, Ranking::area, false);
            case AVERAGE_PRECISION -> oneAgainstRest(truth, predictions, Ranking::averagePrecision, true);
            default -> OptionalDouble.of(decisions(metric, Confusion.of(truth, predictions), truth.classes()));
        };
    }

    private static double decisions(Metric metric, Confusion confusion, Classes classes) {
        return switch (metric) {
            case ACCURACY -> confusion.accuracy();
            case BALANCED_ACCURACY -> mean(confusion, confusion::recall, label -> confusion.actual(label) > 0);
            case MCC -> confusion.matthews();
            case MACRO_F1 -> mean(confusion, confusion::f1, label -> confusion.actual(label) + confusion.predicted(label) > 0);
            case F1 -> positiveOrMacro(confusion, classes, confusion::f1);
            case PRECISION -> positiveOrMacro(confusion, classes, confusion::precision);
            case RECALL -> positiveOrMacro(confusion, classes, confusion::recall);
            default -> throw unfit(metric, "classes");
        };
    }

    private static double positiveOrMacro(Confusion confusion, Classes classes, IntToDoubleFunction score) {
        return classes.names().size() == 2 ? score.applyAsDouble(classes.positive())
                : mean(confusion, score, label -> confusion.actual(label) + confusion.predicted(label) > 0);
    }

    private static double mean(Confusion confusion, IntToDoubleFunction score, IntPredicate counted) {
        return IntStream.range(0, confusion.classes()).filter(counted).mapToDouble(score).average().orElse(0);
    }

    /** A score of one class's probabilities against whether each row is of that class. */
    private interface OfRanking {
        OptionalDouble score(double[] scores, boolean[] positive);
    }

    private static OptionalDouble oneAgainstRest(Truth.Labels truth, Predictions predictions, OfRanking ranking, boolean positiveOnly) {
        int classes = truth.classes().names().size();
        IntStream asked = classes == 2 ? IntStream.of(positiveOnly ? truth.classes().positive() : 1) : IntStream.range(0, classes);
        return asked.mapToObj(label -> ranking.score(column(predictions, label), is(truth.labels(), label)))
                .filter(OptionalDouble::isPresent).mapToDouble(OptionalDouble::getAsDouble).average();
    }

    private static double[] column(Predictions predictions, int column) {
        double[] values = new double[predictions.rows()];
        for (int row = 0; row < values.length; row++) {
            values[row] = predictions.at(row, column);
        }
        return values;
    }

    private static boolean[] is(int[] labels, int label) {
        boolean[] positive = new boolean[labels.length];
        for (int row = 0; row < labels.length; row++) {
            positive[row] = labels[row] == label;
        }
        return positive;
    }

    /** Mean negative log of the true class's probability, in nats; probabilities are clipped to [1e-15, 1 − 1e-15]. */
    static double logLoss(int[] labels, Predictions predictions) {
        double sum = 0;
        for (int row = 0; row < labels.length; row++) {
            sum -= Math.log(Math.clamp(predictions.at(row, labels[row]), CLIP, 1 - CLIP));
        }
        return sum / labels.length;
    }

    private static OptionalDouble numbers(Metric metric, double[] truth, double[] predicted) {
        return switch (metric) {
            case RMSE -> OptionalDouble.of(Math.sqrt(mean(truth.length, i -> square(truth[i] - predicted[i]))));
            case MAE -> OptionalDouble.of(mean(truth.length, i -> Math.abs(truth[i] - predicted[i])));
            case MAPE -> OptionalDouble.of(mean(truth.length, i -> Math.abs(truth[i] - predicted[i]) / Math.max(Math.ulp(1.0), Math.abs(truth[i]))));
            case RMSLE -> OptionalDouble.of(rmsle(truth, predicted));
            case R2 -> OptionalDouble.of(determination(truth, predicted));
            default -> throw unfit(metric, "numbers");
        };
    }

    private static double mean(int count, IntToDoubleFunction value) {
        return IntStream.range(0, count).mapToDouble(value).sum() / count;
    }

    private static double square(double value) {
        return value * value;
    }

    /** Root mean squared difference of log(1 + x); negative predictions count as 0, a negative truth is refused. */
    private static double rmsle(double[] truth, double[] predicted) {
        if (Arrays.stream(truth).anyMatch(value -> value < 0)) {
            throw Failure.BadRequest.of(FailureCode.DATA_UNUSABLE, "metric", "rmsle needs a target without negative values")
                    .allowed("rmse, mae, r2").asException();
        }
        return Math.sqrt(mean(truth.length, i -> square(Math.log1p(truth[i]) - Math.log1p(Math.max(0, predicted[i])))));
    }

    /** 1 − residual over total sum of squares; for a constant truth 1 if predicted exactly, else 0. */
    private static double determination(double[] truth, double[] predicted) {
        double mean = Arrays.stream(truth).average().orElse(0);
        double total = IntStream.range(0, truth.length).mapToDouble(i -> square(truth[i] - mean)).sum();
        double residual = IntStream.range(0, truth.length).mapToDouble(i -> square(truth[i] - predicted[i])).sum();
        return total > 0 ? 1 - residual / total : residual == 0 ? 1 : 0;
    }
}
