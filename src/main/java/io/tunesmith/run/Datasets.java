package io.tunesmith.run;

import io.tunesmith.core.DatasetId;
import io.tunesmith.data.DatasetRef;
import io.tunesmith.data.Profile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What one caller can do with data, behind every door. Thread-safe. Another's data set is as absent as one that was never added. */
public interface Datasets {

    /** Takes over an uploaded file. */
    DatasetRef add(String name, Path uploaded);

    Optional<DatasetRef> find(DatasetId id);

    /** Newest first; {@code before} empty: from the newest. */
    List<DatasetRef> list(Optional<DatasetId> before, int limit);

    /**
     * From what a request names to data: a {@code ds_…} or {@code file-…} id, {@code https:}, {@code s3:} or {@code hf:}, or a path below a root that the
     * operator allowed. The same bytes give the same data set again. Takes as long as the transfer.
     */
    DatasetRef resolve(String reference);

    /** What is in it; computed once and kept. Takes seconds the first time. */
    Profile profile(DatasetId id);
}
