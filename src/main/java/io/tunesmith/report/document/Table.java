package io.tunesmith.report.document;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Rows under named columns.
 *
 * @param caption what the rows are; read out by screen readers
 * @param rows each as long as {@code columns}
 */
public record Table(String caption, List<Column> columns, List<List<Text>> rows) {
    public Table {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<Text> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException("a row of \"" + caption + "\" has " + row.size() + " cells under " + columns.size() + " columns");
            }
        }
    }

    /** @param number whether its cells are numbers, set flush right */
    public record Column(String name, boolean number) {}

    /** Columns by name; those that end in {@code #} hold numbers. */
    public static Table of(String caption, String... names) {
        List<Column> columns = Arrays.stream(names).map(name -> name.endsWith("#") ? new Column(name.substring(0, name.length() - 1), true) : new Column(name, false)).toList();
        return new Table(caption, columns, List.of());
    }

    /** This table with the rows of a list, one row for each item. */
    public <T> Table rows(List<T> items, Function<T, List<Text>> row) {
        List<List<Text>> more = new ArrayList<>(rows);
        items.forEach(item -> more.add(row.apply(item)));
        return new Table(caption, columns, more);
    }

    /** Cells of plain words. */
    public static List<Text> cells(String... words) {
        return Arrays.stream(words).map(Text::of).toList();
    }
}
