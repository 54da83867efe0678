package io.tunesmith.data.duckdb;

import java.nio.file.Path;
import java.util.List;

/**
 * What a split wrote.
 *
 * @param train canonical CSV: {@code __row}, {@code __fold}, then the data's columns
 * @param test canonical CSV: {@code __row}, then the data's columns
 * @param rowsDropped rows without a usable target: in no part
 * @param classes rows of each class in each part, by name; empty for a plain split
 * @param notes sentences for the report
 */
public record SplitOutcome(Path train, Path test, long rowsTrain, long rowsTest, long rowsDropped, List<ClassRows> classes, List<String> notes) {
    public SplitOutcome {
        classes = List.copyOf(classes);
        notes = List.copyOf(notes);
    }

    public record ClassRows(String name, long train, long test) {}
}
