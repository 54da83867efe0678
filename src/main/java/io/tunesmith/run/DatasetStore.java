package io.tunesmith.run;

import io.tunesmith.core.DatasetId;
import io.tunesmith.data.DatasetRef;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The data sets that the service keeps. Thread-safe. */
public interface DatasetStore {

    /** Takes over an uploaded file (moves it) under a new id, with its digest. The name is kept for people only. */
    DatasetRef add(String owner, String name, Path uploaded);

    /** Newest first: those that the caller sees. */
    List<DatasetRef> list(Caller caller, Optional<DatasetId> before, int limit);

    Optional<DatasetRef> find(DatasetId id);

    /** Where its bytes are, under our own name. */
    Path file(DatasetId id);
}
