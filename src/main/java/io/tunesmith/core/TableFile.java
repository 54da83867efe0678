package io.tunesmith.core;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The names of files that hold a table: one list for all who take them, the doors, the command line and the data room. */
public final class TableFile {
    private static final List<String> TEXT = List.of(".csv", ".tsv", ".txt");
    private static final List<String> PARQUET = List.of(".parquet", ".pq");
    private static final List<String> PACKED = List.of(".gz", ".zip");
    /** The endings of tables that are not packed, for people. */
    public static final String PLAIN = String.join(", ", Stream.concat(TEXT.stream(), PARQUET.stream()).toList());
    /** All that is taken, for people. */
    public static final String TAKEN = PLAIN + ", alone or in " + String.join(" or ", PACKED);

    private TableFile() {}

    /** Whether it is lines of text, by its name. */
    public static boolean isText(String name) {
        return ends(name, TEXT);
    }

    /** Whether it is Parquet, by its name. */
    public static boolean isParquet(String name) {
        return ends(name, PARQUET);
    }

    /** Whether it is a table, or may have one packed in it, by its name. */
    public static boolean isTaken(String name) {
        return isText(name) || isParquet(name) || ends(name, PACKED);
    }

    private static boolean ends(String name, List<String> endings) {
        return endings.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
    }
}
