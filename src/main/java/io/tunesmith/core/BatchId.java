package io.tunesmith.core;

/** Names one batch of requests: {@code batch_} and 26 characters. */
public record BatchId(String value) {
    public static final String PREFIX = "batch_";

    public BatchId {
        Ids.checked(PREFIX, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
