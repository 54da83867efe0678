package io.tunesmith.model;

import io.tunesmith.contract.Feature;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The feature columns of a table, each read once by its treatment. Nothing is learned here, so it may see all rows.
 *
 * @param notes a sentence for each column that the table lacks and that therefore counts as missing throughout
 */
public record Columns(List<Typed> typed, int rows, List<String> notes) {
    /** What a date becomes, in this order. */
    static final List<String> DATE_PARTS = List.of("year", "month", "day", "weekday", "seconds");

    public Columns {
        typed = List.copyOf(typed);
        notes = List.copyOf(notes);
    }

    /** A column's cells as numbers (NaN is missing) or as text (the empty string is missing). */
    public sealed interface Typed {
        record Numbers(String name, float[] values) implements Typed {}

        record Labels(String name, String[] cells) implements Typed {}

        /** One array a part of {@link #DATE_PARTS}. */
        record Dates(String name, List<float[]> parts) implements Typed {}
    }

    /** Reads these features; if the table has none of their columns, that is {@link FailureCode#DATA_UNUSABLE}. */
    public static Columns of(Table table, List<Feature> features) {
        List<Typed> typed = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (Feature feature : features) {
            Optional<String[]> cells = table.column(feature.name());
            if (cells.isEmpty()) {
                notes.add("The data has no column \"" + feature.name() + "\": it counts as missing in every row.");
            }
            typed.add(read(feature, cells.orElseGet(() -> blank(table.rows()))));
        }
        if (features.isEmpty()) {
            throw Failure.BadRequest.of(FailureCode.DATA_UNUSABLE, "features", "there is no column to learn from").asException();
        }
        if (notes.size() == features.size()) {
            throw Failure.BadRequest.of(FailureCode.DATA_UNUSABLE, "data", "the data has none of the columns that the model reads")
                    .allowed(String.join(", ", features.stream().map(Feature::name).toList()))
                    .hint("the data has: " + String.join(", ", table.names())).asException();
        }
        return new Columns(typed, table.rows(), notes);
    }

    private static String[] blank(int rows) {
        String[] cells = new String[rows];
        Arrays.fill(cells, "");
        return cells;
    }

    private static Typed read(Feature feature, String[] cells) {
        return switch (feature.treatment()) {
            case NUMERIC -> new Typed.Numbers(feature.name(), numbers(cells));
            case CATEGORICAL -> new Typed.Labels(feature.name(), labels(cells));
            case DATE -> new Typed.Dates(feature.name(), dates(cells));
        };
    }

    private static float[] numbers(String[] cells) {
        float[] values = new float[cells.length];
        for (int i = 0; i < cells.length; i++) {
            float value = (float) Cells.number(cells[i]);
            values[i] = Float.isInfinite(value) ? Float.NaN : value;
        }
        return values;
    }

    private static String[] labels(String[] cells) {
        String[] labels = new String[cells.length];
        for (int i = 0; i < cells.length; i++) {
            labels[i] = Cells.missing(cells[i]) ? "" : cells[i].strip();
        }
        return labels;
    }

    private static List<float[]> dates(String[] cells) {
        List<float[]> parts = new ArrayList<>();
        DATE_PARTS.forEach(part -> parts.add(new float[cells.length]));
        for (int i = 0; i < cells.length; i++) {
            float[] split = Cells.date(cells[i]).map(Columns::split).orElse(new float[] {Float.NaN, Float.NaN, Float.NaN, Float.NaN, Float.NaN});
            for (int part = 0; part < split.length; part++) {
                parts.get(part)[i] = split[part];
            }
        }
        return parts;
    }

    private static float[] split(LocalDateTime date) {
        return new float[] {date.getYear(), date.getMonthValue(), date.getDayOfMonth(), date.getDayOfWeek().getValue(), date.toEpochSecond(ZoneOffset.UTC)};
    }
}
