package io.tunesmith.run;

import io.tunesmith.core.FileId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What one caller can do with files. Thread-safe. Another's file is as absent as one that was never uploaded. */
public interface StoredFiles {
    /** The largest file that is kept. */
    long MOST_BYTES = 512L << 20;
    /** The largest file of a batch's requests. */
    long MOST_BATCH_BYTES = 200L << 20;

    /** Takes over an uploaded file. @param keep how long from now; absent: a batch's file 30 days, another until it is removed */
    StoredFile add(String name, FilePurpose purpose, Optional<Duration> keep, Path uploaded);

    Optional<StoredFile> find(FileId id);

    List<StoredFile> list(FileQuery query);

    /** False if there was none. */
    boolean delete(FileId id);

    /** Where the bytes of a file are that the caller sees; it must not be changed. */
    Path path(FileId id);
}
