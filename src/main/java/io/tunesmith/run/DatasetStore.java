package io.tunesmith.run;

import io.tunesmith.core.DatasetId;
import io.tunesmith.data.DataFetcher;
import io.tunesmith.data.DatasetRef;
import io.tunesmith.data.Profile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The data sets that the service keeps. Thread-safe. */
public interface DatasetStore {

    /** Takes over an uploaded file (moves it) under an id, with its digest: a new one, or the one that the same owner's same bytes have under that name. */
    DatasetRef add(String owner, String name, Path uploaded);

    /** Newest first: those that the caller sees. */
    List<DatasetRef> list(Caller caller, Optional<DatasetId> before, int limit);

    Optional<DatasetRef> find(DatasetId id);

    /** Where its bytes are, under our own name. */
    Path file(DatasetId id);

    /** Where it was fetched from; empty if it was uploaded. */
    Optional<DataFetcher.Origin> origin(DatasetId id);

    /** Keeps where it was fetched from; the first one stays. */
    void keepOrigin(DatasetId id, DataFetcher.Origin origin);

    /** What was found in it; empty if nobody has looked. */
    Optional<Profile> profile(DatasetId id);

    /** Keeps what was found in it; the first one stays. */
    void keepProfile(DatasetId id, Profile profile);
}
