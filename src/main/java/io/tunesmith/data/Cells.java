package io.tunesmith.data;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;

/** How one cell of a table is read, the same when profiling and when splitting: as missing, as a text, as a number. Pure. */
public final class Cells {
    /** Words for a missing cell, in lower case; blanks around them and their case do not count. */
    public static final Set<String> MISSING = Set.of("", "na", "n/a", "nan", "null", "none", "?", "-");

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?");
    private static final Pattern GROUPED = Pattern.compile("[+-]?\\d{1,3}(,\\d{3})+(\\.\\d+)?");

    private Cells() {}

    public static boolean missing(String cell) {
        String text = cell.strip();
        return text.length() <= 4 && MISSING.contains(text.toLowerCase(Locale.ROOT));
    }

    /** The cell without blanks around it; empty text if it is missing. */
    public static String text(String cell) {
        return missing(cell) ? "" : cell.strip();
    }

    /** The finite number in the cell, thousands commas allowed; empty if there is none. */
    public static OptionalDouble number(String cell) {
        String text = cell.strip();
        if (!NUMBER.matcher(text).matches()) {
            if (!GROUPED.matcher(text).matches()) {
                return OptionalDouble.empty();
            }
            text = text.replace(",", "");
        }
        double value = Double.parseDouble(text);
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }
}
