package io.tunesmith.data;

import java.util.Locale;
import java.util.Optional;

/** File formats that can be read. */
public enum DataFormat {
    CSV,
    PARQUET;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** By the file name's ending: .csv, .tsv and .txt are CSV (the delimiter is found), .parquet and .pq are Parquet. */
    public static Optional<DataFormat> of(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv") || name.endsWith(".tsv") || name.endsWith(".txt")) {
            return Optional.of(CSV);
        }
        return name.endsWith(".parquet") || name.endsWith(".pq") ? Optional.of(PARQUET) : Optional.empty();
    }
}
