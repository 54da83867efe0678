package io.tunesmith.model;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table of text cells in the row order of its file. Cells are never null; a missing one is the empty string or a word that
 * {@link Cells#missing} knows.
 *
 * @param names column names, unique
 * @param columns one array of {@code rows} cells a column; shared, not copied: do not write to them
 */
public record Table(List<String> names, List<String[]> columns, int rows) {
    public Table {
        names = List.copyOf(names);
        columns = List.copyOf(columns);
        if (names.size() != columns.size() || columns.stream().anyMatch(column -> column.length != rows)) {
            throw new IllegalArgumentException(names.size() + " names, " + columns.size() + " columns, " + rows + " rows do not fit");
        }
        if (new HashSet<>(names).size() != names.size()) {
            throw Failure.BadRequest.of(FailureCode.DATA_UNREADABLE, "data", "a column name occurs twice in the header: " + twice(names))
                    .hint("rename one of the columns").asException();
        }
    }

    private static String twice(List<String> names) {
        Map<String, Integer> counts = new HashMap<>();
        names.forEach(name -> counts.merge(name, 1, Integer::sum));
        return String.join(", ", names.stream().filter(name -> counts.get(name) > 1).distinct().map(name -> "\"" + name + "\"").toList());
    }

    /** The cells of this column; empty if there is no such column. */
    public Optional<String[]> column(String name) {
        int at = names.indexOf(name);
        return at < 0 ? Optional.empty() : Optional.of(columns.get(at));
    }

    /** The cells of this column; {@link FailureCode#TARGET_MISSING} or the like is the caller's matter, here its absence is bad data. */
    public String[] required(String name) {
        return column(name).orElseThrow(() -> Failure.BadRequest.of(FailureCode.DATA_UNUSABLE, name, "the data has no column \"" + name + "\"")
                .allowed(String.join(", ", names)).asException());
    }
}
