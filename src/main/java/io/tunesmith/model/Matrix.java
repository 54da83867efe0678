package io.tunesmith.model;

import java.util.List;

/**
 * Encoded features as a learner takes them: row-major floats, NaN for missing; a categorical column holds codes from 0.
 *
 * @param values {@code rows × names.size()} floats; shared, not copied
 * @param categorical whether each column holds codes
 */
public record Matrix(float[] values, int rows, List<String> names, List<Boolean> categorical) {
    public Matrix {
        names = List.copyOf(names);
        categorical = List.copyOf(categorical);
        if ((long) rows * names.size() != values.length || names.size() != categorical.size()) {
            throw new IllegalArgumentException(rows + " rows of " + names.size() + " columns need other than " + values.length + " values");
        }
    }

    public int columns() {
        return names.size();
    }
}
