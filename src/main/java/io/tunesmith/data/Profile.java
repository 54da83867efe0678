package io.tunesmith.data;

import java.util.List;
import java.util.Optional;

/**
 * What a table holds, looked at without knowing what will be predicted.
 *
 * @param rows data rows, the header not counted
 * @param duplicateRows rows that repeat an earlier row in every cell
 * @param delimiter for CSV
 * @param findings sentences about what a careful analyst would mention first (duplicate rows, constant columns, ids, dates, many missing cells)
 */
public record Profile(long rows, long duplicateRows, Optional<String> delimiter, String encoding, List<ColumnProfile> columns, List<String> findings) {
    public Profile {
        columns = List.copyOf(columns);
        findings = List.copyOf(findings);
    }

    public Optional<ColumnProfile> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    public List<String> columnNames() {
        return columns.stream().map(ColumnProfile::name).toList();
    }
}
