package io.tunesmith.contract;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * A column that the model reads, and how.
 *
 * @param name the column's name in the data
 */
public record Feature(String name, Treatment treatment) {

    /** How a column becomes numbers. */
    public enum Treatment {
        /** Read as a number; what is no number is missing. */
        NUMERIC,
        /** Read as one of the values seen in training; others are missing. */
        CATEGORICAL,
        /** Split into year, month, day of month, day of week and seconds since the epoch. */
        DATE;

        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
