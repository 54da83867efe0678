package io.tunesmith.api.rest;

import io.tunesmith.data.ColumnProfile;
import io.tunesmith.data.Profile;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is in a data set.
 *
 * @param findings what a careful analyst would mention first
 */
public record ProfileView(String dataId, long rows, long duplicateRows, Optional<String> delimiter, String encoding, List<Column> columns, List<String> findings) {

    /**
     * A column.
     *
     * @param distinct different values; exact up to 100,000 rows
     * @param top the most frequent values, at most 50
     * @param reason why this type, where it is not plain
     */
    public record Column(String name, String type, long missing, long distinct, boolean whole, Optional<Numbers> numbers, List<Count> top, Optional<String> reason) {}

    /** Of a column of numbers. */
    public record Numbers(double min, double max, double mean, double sd) {}

    /** How often a value is there. */
    public record Count(String value, long count) {}

    static ProfileView of(String dataId, Profile profile) {
        return new ProfileView(dataId, profile.rows(), profile.duplicateRows(), profile.delimiter(), profile.encoding(), profile.columns().stream().map(ProfileView::column).toList(), profile.findings());
    }

    private static Column column(ColumnProfile column) {
        return new Column(column.name(), column.type().name().toLowerCase(Locale.ROOT), column.missing(), column.distinct(), column.whole(),
                column.numbers().map(numbers -> new Numbers(numbers.min(), numbers.max(), numbers.mean(), numbers.sd())),
                column.top().stream().map(top -> new Count(top.value(), top.count())).toList(), column.reason());
    }
}
