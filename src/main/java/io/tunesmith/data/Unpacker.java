package io.tunesmith.data;

import java.nio.file.Path;

/** Takes the wrapping off data that come in: whatever way they come, and whatever their name says, the content decides. Thread-safe. */
public interface Unpacker {

    /**
     * A file that is not packed is given back as it is; of a packed one the content is written to a new file, and the packed one is deleted.
     *
     * @throws io.tunesmith.core.FailureException {@code TOO_LARGE} for what grows beyond the caps, {@code DATA_UNREADABLE} for what is broken or holds no single file
     */
    Plain unpack(String name, Path file);

    record Plain(String name, Path file) {}
}
