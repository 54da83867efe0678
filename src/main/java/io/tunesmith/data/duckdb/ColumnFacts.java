package io.tunesmith.data.duckdb;

import io.tunesmith.data.Cells;
import io.tunesmith.data.ColumnProfile.Numbers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What one pass counts in a column; "present" are the cells that are not missing.
 *
 * @param numeric present cells that are finite numbers
 * @param whole numbers without a fraction
 * @param zeroLed whole numbers written with a leading zero, as codes are
 * @param dates cells in a date form that is read: ISO, y/m/d, d.m.y, m/d/y
 * @param dayFirst cells that look like dates but are read as none: d/m/y with a day above 12, d-m-y
 * @param keys cells that look like UUIDs or long hexadecimal digests
 * @param decimalCommas cells such as 3,14
 * @param blanks cells with a blank inside
 * @param odd a cell that is no number, the first in alphabetical order
 */
record ColumnFacts(long present, long distinct, long numeric, long whole, long zeroLed, long dates, long dayFirst, long keys, long decimalCommas,
        long blanks, double meanLength, long maxLength, Optional<Numbers> numbers, String odd) {

    private static final String MONTH = "(0?[1-9]|1[0-2])";
    private static final String DAY = "(0?[1-9]|[12][0-9]|3[01])";
    private static final String DATES = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])([ T][0-2][0-9]:[0-5][0-9](:[0-5][0-9]([.][0-9]{1,9})?)?(Z|[+-][0-9]{2}(:[0-9]{2})?)?)?"
            + "|[0-9]{4}/" + MONTH + "/" + DAY + "|" + DAY + "[.]" + MONTH + "[.][0-9]{4}|" + MONTH + "/" + DAY + "/[0-9]{4}";
    private static final String DAY_FIRST = "(1[3-9]|2[0-9]|3[01])/" + MONTH + "/[0-9]{4}|" + DAY + "-" + MONTH + "-[0-9]{4}";
    private static final String KEYS = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[0-9a-fA-F]{24,64}";
    /** Beyond this the square leaves the range of a double. */
    private static final String TAME = " FILTER (abs(x%1$d) < 1e100)";
    /** Aggregates of one column. */
    static final int WIDTH = 17;

    /** SQL of the present cell as text: {@code v<i>}. */
    static String text(int column) {
        String words = Cells.MISSING.stream().sorted().map(LockedDatabase::quoted).collect(Collectors.joining(", "));
        return String.format("CASE WHEN length(trim(c%1$d)) <= 4 AND lower(trim(c%1$d)) IN (%2$s) THEN NULL ELSE trim(c%1$d) END AS v%1$d", column, words);
    }

    /** SQL of its number, if it is one: {@code x<i>}. */
    static String number(int column) {
        String parsed = String.format("CASE WHEN isfinite(TRY_CAST(v%1$d AS DOUBLE)) THEN TRY_CAST(v%1$d AS DOUBLE)"
                + " WHEN regexp_full_match(v%1$d, '[+-]?[0-9]{1,3}(,[0-9]{3})+([.][0-9]+)?') THEN TRY_CAST(replace(v%1$d, ',', '') AS DOUBLE) END", column);
        return parsed + " AS x" + column;
    }

    /** SQL of what is counted, in the order in which {@link #read} takes it. */
    static List<String> aggregates(int column) {
        return List.of("count(v%1$d)", "count(DISTINCT CASE WHEN v%1$d IS NOT NULL THEN hash(v%1$d) END)", "count(x%1$d)", "count(*) FILTER (x%1$d = floor(x%1$d))",
                "count(*) FILTER (x%1$d IS NOT NULL AND regexp_full_match(v%1$d, '0[0-9]+'))", matching(DATES), matching(DAY_FIRST),
                "count(*) FILTER (regexp_full_match(v%1$d, '" + KEYS + "'))", matching("[+-]?[0-9]+,[0-9]+"),
                "count(*) FILTER (x%1$d IS NULL AND contains(v%1$d, ' '))", "coalesce(avg(length(v%1$d)), 0)", "coalesce(max(length(v%1$d)), 0)",
                "min(x%1$d)", "max(x%1$d)", "avg(x%1$d)" + TAME, "coalesce(stddev_samp(x%1$d)" + TAME + ", 0)", "coalesce(min(v%1$d) FILTER (x%1$d IS NULL), '')")
                .stream().map(sql -> String.format(sql, column)).toList();
    }

    private static String matching(String pattern) {
        return "count(*) FILTER (x%1$d IS NULL AND regexp_full_match(v%1$d, '" + pattern + "'))";
    }

    /** @param from the position of the column's first aggregate, from 1 */
    static ColumnFacts read(ResultSet row, int from) throws SQLException {
        return new ColumnFacts(row.getLong(from), row.getLong(from + 1), row.getLong(from + 2), row.getLong(from + 3), row.getLong(from + 4), row.getLong(from + 5),
                row.getLong(from + 6), row.getLong(from + 7), row.getLong(from + 8), row.getLong(from + 9), row.getDouble(from + 10), row.getLong(from + 11),
                numbers(row, from + 12), row.getString(from + 16));
    }

    private static Optional<Numbers> numbers(ResultSet row, int from) throws SQLException {
        double min = row.getDouble(from);
        if (row.wasNull()) {
            return Optional.empty();
        }
        double mean = row.getDouble(from + 2);
        return Optional.of(new Numbers(min, row.getDouble(from + 1), row.wasNull() ? min : mean, row.getDouble(from + 3)));
    }
}
