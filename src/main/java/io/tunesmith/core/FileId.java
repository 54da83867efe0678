package io.tunesmith.core;

/** Names one file that was uploaded, or that a batch wrote: {@code file-} and 26 characters. */
public record FileId(String value) {
    public static final String PREFIX = "file-";

    public FileId {
        Ids.checked(PREFIX, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
