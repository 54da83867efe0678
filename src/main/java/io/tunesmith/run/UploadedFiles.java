package io.tunesmith.run;

import java.nio.file.Path;
import java.util.Optional;

/** Files that were uploaded as files, not as data. Thread-safe. */
@FunctionalInterface
public interface UploadedFiles {

    /** Empty if there is none of this id that the caller sees. */
    Optional<Uploaded> open(String id, Caller caller);

    /** @param file stays the owner's: it is copied, never moved */
    record Uploaded(String name, Path file) {}
}
