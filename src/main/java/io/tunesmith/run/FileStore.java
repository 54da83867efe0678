package io.tunesmith.run;

import io.tunesmith.core.FileId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The files that the service keeps for its clients: bytes under our own names, the rest in rows. Thread-safe. */
public interface FileStore {

    /** Takes over the content (moves it). A file that is there already under this id stays as it is, and the content is dropped: the same call again does no harm. */
    void keep(StoredFile file, Path content);

    /** Absent from the moment it expires. */
    Optional<StoredFile> find(FileId id, Instant now);

    /** Those that the caller sees and that have not expired. */
    List<StoredFile> list(Caller caller, FileQuery query, Instant now);

    /** False if there was none. */
    boolean delete(FileId id);

    /** Removes what has expired. */
    void expire(Instant now);

    /** Where its bytes are. */
    Path path(FileId id);
}
