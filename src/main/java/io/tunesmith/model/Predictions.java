package io.tunesmith.model;

import java.util.Arrays;
import java.util.List;

/**
 * Predictions of a model: class probabilities (one column a class, rows summing to 1) or numbers (one column).
 *
 * @param values {@code rows × width} row-major; shared, not copied
 */
public record Predictions(double[] values, int rows, int width) {
    public Predictions {
        if ((long) rows * width != values.length) {
            throw new IllegalArgumentException(rows + " × " + width + " needs other than " + values.length + " values");
        }
    }

    public double at(int row, int column) {
        return values[row * width + column];
    }

    public boolean finite() {
        return Arrays.stream(values).allMatch(Double::isFinite);
    }

    /** The column of the largest value; the first of equals. */
    public int best(int row) {
        int best = 0;
        for (int column = 1; column < width; column++) {
            if (at(row, column) > at(row, best)) {
                best = column;
            }
        }
        return best;
    }

    /** These rows, in this order; a row may occur several times. */
    public Predictions rows(int[] chosen) {
        double[] taken = new double[chosen.length * width];
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(values, chosen[i] * width, taken, i * width, width);
        }
        return new Predictions(taken, chosen.length, width);
    }

    /** With columns of zeros added up to this width: for classes that the model does not know. */
    public Predictions widened(int wider) {
        double[] wide = new double[rows * wider];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(values, row * width, wide, row * wider, width);
        }
        return wider == width ? this : new Predictions(wide, rows, wider);
    }

    /** The weighted sum of predictions of one shape; weights that sum to 1 give an average. */
    public static Predictions blend(List<Predictions> parts, double[] weights) {
        Predictions first = parts.getFirst();
        double[] sum = new double[first.values.length];
        for (int part = 0; part < parts.size(); part++) {
            double[] values = parts.get(part).values;
            for (int i = 0; i < sum.length && weights[part] != 0; i++) {
                sum[i] += weights[part] * values[i];
            }
        }
        return new Predictions(sum, first.rows, first.width);
    }
}
