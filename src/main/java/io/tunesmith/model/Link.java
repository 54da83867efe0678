package io.tunesmith.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * From a learner's raw scores to probabilities or to numbers in the target's own unit. Numbers are learned as
 * {@code (t − shift) / scale}, where t is the target or, for AFFINE_LOG, log(1 + target).
 *
 * @param shift 0 for classes
 * @param scale positive; 1 for classes
 */
public record Link(Form form, double shift, double scale) {
    public static final Link SIGMOID = new Link(Form.SIGMOID, 0, 1);
    public static final Link SOFTMAX = new Link(Form.SOFTMAX, 0, 1);

    /** The shape of the link; SIGMOID makes two probabilities from one score, SOFTMAX as many as scores. */
    public enum Form {
        SIGMOID,
        SOFTMAX,
        AFFINE,
        AFFINE_LOG;

        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Link {
        if (!(scale > 0) || !Double.isFinite(shift)) {
            throw new IllegalArgumentException("shift " + shift + ", scale " + scale);
        }
    }

    /** The number that a learner is shown for this target value. */
    public double learned(double target) {
        return ((form == Form.AFFINE_LOG ? Math.log1p(target) : target) - shift) / scale;
    }

    /** @param raw row-major scores, {@code rows ×} 1, or × classes for SOFTMAX */
    public Predictions apply(double[] raw, int rows) {
        return switch (form) {
            case SIGMOID -> sigmoid(raw, rows);
            case SOFTMAX -> softmax(raw, rows);
            case AFFINE, AFFINE_LOG -> affine(raw, rows);
        };
    }

    private static Predictions sigmoid(double[] raw, int rows) {
        double[] values = new double[2 * rows];
        for (int row = 0; row < rows; row++) {
            double one = 1 / (1 + Math.exp(-raw[row]));
            values[2 * row] = 1 - one;
            values[2 * row + 1] = one;
        }
        return new Predictions(values, rows, 2);
    }

    private static Predictions softmax(double[] raw, int rows) {
        int width = rows == 0 ? 1 : raw.length / rows;
        double[] values = new double[raw.length];
        for (int row = 0; row < rows; row++) {
            double most = Double.NEGATIVE_INFINITY;
            for (int i = row * width; i < (row + 1) * width; i++) {
                most = Math.max(most, raw[i]);
            }
            double sum = 0;
            for (int i = row * width; i < (row + 1) * width; i++) {
                values[i] = Math.exp(raw[i] - most);
                sum += values[i];
            }
            for (int i = row * width; i < (row + 1) * width; i++) {
                values[i] /= sum;
            }
        }
        return new Predictions(values, rows, width);
    }

    private Predictions affine(double[] raw, int rows) {
        double[] values = new double[rows];
        for (int row = 0; row < rows; row++) {
            double value = raw[row] * scale + shift;
            values[row] = form == Form.AFFINE_LOG ? Math.expm1(value) : value;
        }
        return new Predictions(values, rows, 1);
    }
}
