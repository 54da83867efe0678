package io.tunesmith.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.tunesmith.model.Columns.Typed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How columns become numbers, learned from training rows only; its JSON is {@code preprocess.json}. One record serves two encodings:
 * {@link #trees} (numbers with NaN, categories as codes) and {@link #linear} (median in place of missing, standardised, one column a
 * category). A category not seen in training is missing.
 */
public record Preprocessing(List<Fitted> features) {
    /** Categories kept in a column, the most frequent first; the rest count as missing. */
    public static final int MOST_LEVELS = 250;

    public Preprocessing {
        features = List.copyOf(features);
    }

    /** What was learned about a column. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Fitted.Numeric.class, name = "numeric"),
        @JsonSubTypes.Type(value = Fitted.Category.class, name = "category"),
        @JsonSubTypes.Type(value = Fitted.Date.class, name = "date")
    })
    public sealed interface Fitted {
        String name();

        /** @param deviation standard deviation after imputing the median; 1 for a constant */
        record Numeric(String name, double median, double mean, double deviation) implements Fitted {}

        /** @param levels the categories; a category's code is its index */
        record Category(String name, List<String> levels) implements Fitted {
            public Category {
                levels = List.copyOf(levels);
            }
        }

        record Date(String name, List<Numeric> parts) implements Fitted {
            public Date {
                parts = List.copyOf(parts);
            }
        }
    }

    /** Learns from these rows of the columns. */
    public static Preprocessing fit(Columns columns, int[] rows) {
        return new Preprocessing(columns.typed().stream().map(column -> fit(column, rows)).toList());
    }

    private static Fitted fit(Typed column, int[] rows) {
        return switch (column) {
            case Typed.Numbers numbers -> numeric(numbers.name(), numbers.values(), rows);
            case Typed.Labels labels -> new Fitted.Category(labels.name(), levels(labels.cells(), rows));
            case Typed.Dates dates -> new Fitted.Date(dates.name(), IntStream.range(0, dates.parts().size())
                    .mapToObj(part -> numeric(dates.name() + "." + Columns.DATE_PARTS.get(part), dates.parts().get(part), rows)).toList());
        };
    }

    private static Fitted.Numeric numeric(String name, float[] values, int[] rows) {
        double[] present = Arrays.stream(rows).mapToDouble(row -> values[row]).filter(value -> !Double.isNaN(value)).sorted().toArray();
        if (present.length == 0) {
            return new Fitted.Numeric(name, 0, 0, 1);
        }
        double median = (present[(present.length - 1) / 2] + present[present.length / 2]) / 2;
        int missing = rows.length - present.length;
        double mean = (Arrays.stream(present).sum() + missing * median) / rows.length;
        double squares = Arrays.stream(present).map(value -> (value - mean) * (value - mean)).sum() + missing * (median - mean) * (median - mean);
        double deviation = Math.sqrt(squares / rows.length);
        return new Fitted.Numeric(name, median, mean, deviation > 0 && Double.isFinite(deviation) ? deviation : 1);
    }

    private static List<String> levels(String[] cells, int[] rows) {
        Map<String, Integer> counts = new HashMap<>();
        for (int row : rows) {
            if (!cells[row].isEmpty()) {
                counts.merge(cells[row], 1, Integer::sum);
            }
        }
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()).thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_LEVELS).map(Map.Entry::getKey).toList();
    }

    /** The encoding for tree learners. */
    public Matrix trees(Columns columns, int[] rows) {
        return encode(columns, rows, false);
    }

    /** The encoding for linear learners: no missing values. If no column is left (categories never seen), one of zeros, for learners need one. */
    public Matrix linear(Columns columns, int[] rows) {
        return encode(columns, rows, true);
    }

    private Matrix encode(Columns columns, int[] rows, boolean linear) {
        Encoding encoding = new Encoding(rows, linear);
        for (int i = 0; i < features.size(); i++) {
            encoding.add(features.get(i), columns.typed().get(i));
        }
        return encoding.matrix();
    }

    /** A sentence for each categorical column with categories that training did not have (or had too rarely to keep). */
    public List<String> unseen(Columns columns) {
        List<String> notes = new ArrayList<>();
        for (int i = 0; i < features.size(); i++) {
            if (features.get(i) instanceof Fitted.Category fitted && columns.typed().get(i) instanceof Typed.Labels labels) {
                List<String> strange = Arrays.stream(labels.cells()).filter(cell -> !cell.isEmpty()).distinct()
                        .filter(cell -> !fitted.levels().contains(cell)).sorted().toList();
                if (!strange.isEmpty()) {
                    notes.add("Column \"" + fitted.name() + "\" has " + strange.size() + " categories that training did not have; they count as missing: "
                            + String.join(", ", strange.stream().limit(5).toList()) + (strange.size() > 5 ? ", …" : "") + ".");
                }
            }
        }
        return notes;
    }
}
