package io.tunesmith.core;

/** Names one data set that the service keeps: {@code ds_} and 26 characters. */
public record DatasetId(String value) {
    public static final String PREFIX = "ds_";

    public DatasetId {
        Ids.checked(PREFIX, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
