package io.tunesmith.model;

import io.tunesmith.model.Columns.Typed;
import io.tunesmith.model.Preprocessing.Fitted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Columns of an encoding, as they are made. */
final class Encoding {
    /** One-hot columns that a categorical feature may have in the linear encoding. */
    private static final int MOST_ONE_HOT = 50;

    private final int[] rows;
    private final boolean linear;
    private final List<float[]> columns = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<Boolean> categorical = new ArrayList<>();

    Encoding(int[] rows, boolean linear) {
        this.rows = rows;
        this.linear = linear;
    }

    void add(Fitted fitted, Typed column) {
        switch (fitted) {
            case Fitted.Numeric numeric -> number(numeric, ((Typed.Numbers) column).values());
            case Fitted.Date date -> {
                for (int part = 0; part < date.parts().size(); part++) {
                    number(date.parts().get(part), ((Typed.Dates) column).parts().get(part));
                }
            }
            case Fitted.Category category when linear -> oneHot(category, codes(category, ((Typed.Labels) column).cells(), rows));
            case Fitted.Category category -> put(category.name(), codes(category, ((Typed.Labels) column).cells(), rows), true);
        }
    }

    private void put(String name, float[] column, boolean codes) {
        names.add(name);
        columns.add(column);
        categorical.add(codes);
    }

    private void number(Fitted.Numeric fitted, float[] values) {
        float[] column = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            float value = values[rows[i]];
            column[i] = linear ? (float) (((Float.isNaN(value) ? fitted.median() : value) - fitted.mean()) / fitted.deviation()) : value;
        }
        put(fitted.name(), column, false);
    }

    private void oneHot(Fitted.Category fitted, float[] codes) {
        for (int level = 0; level < Math.min(MOST_ONE_HOT, fitted.levels().size()); level++) {
            float[] column = new float[codes.length];
            for (int i = 0; i < codes.length; i++) {
                column[i] = codes[i] == level ? 1 : 0;
            }
            put(fitted.name() + "=" + fitted.levels().get(level), column, false);
        }
    }

    /** What was added; if nothing was, one column of zeros, for learners need one. */
    Matrix matrix() {
        if (columns.isEmpty()) {
            put("nothing", new float[rows.length], false);
        }
        return new Matrix(rowMajor(columns, rows.length), rows.length, names, categorical);
    }

    private static float[] codes(Fitted.Category fitted, String[] cells, int[] rows) {
        Map<String, Integer> codes = new HashMap<>();
        fitted.levels().forEach(level -> codes.put(level, codes.size()));
        float[] column = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            Integer code = codes.get(cells[rows[i]]);
            column[i] = code == null ? Float.NaN : code;
        }
        return column;
    }

    private static float[] rowMajor(List<float[]> columns, int rows) {
        int width = columns.size();
        float[] values = new float[Math.multiplyExact(rows, width)];
        for (int column = 0; column < width; column++) {
            float[] from = columns.get(column);
            for (int row = 0; row < rows; row++) {
                values[row * width + column] = from[row];
            }
        }
        return values;
    }
}
