package io.tunesmith.data;

import java.util.List;
import java.util.Optional;

/**
 * One column.
 *
 * @param missing cells that are empty or a usual word for missing (NA, NaN, null, …)
 * @param distinct different values, missing not counted; exact up to 100,000 rows, else within 2 %
 * @param whole whether all numbers are whole; false for other types
 * @param numbers for NUMERIC (and numeric CATEGORICAL) columns
 * @param top the most frequent values with their counts, at most 50, by falling count, then by value
 * @param reason why this type, in a few words, where it is not plain (for example "a different whole number in every row, rising by 1")
 */
public record ColumnProfile(String name, ColumnType type, long missing, long distinct, boolean whole, Optional<Numbers> numbers, List<ValueCount> top, Optional<String> reason) {
    public ColumnProfile {
        top = List.copyOf(top);
    }

    public record Numbers(double min, double max, double mean, double sd) {}

    public record ValueCount(String value, long count) {}
}
