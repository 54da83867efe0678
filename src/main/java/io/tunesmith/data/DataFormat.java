package io.tunesmith.data;

import io.tunesmith.core.TableFile;
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
        if (TableFile.isText(fileName)) {
            return Optional.of(CSV);
        }
        return TableFile.isParquet(fileName) ? Optional.of(PARQUET) : Optional.empty();
    }
}
