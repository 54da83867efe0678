package io.tunesmith.core;

/** Names one run: {@code run_} and 26 characters. */
public record RunId(String value) {
    public static final String PREFIX = "run_";

    public RunId {
        Ids.checked(PREFIX, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
