package io.tunesmith.run;

import io.tunesmith.core.DatasetId;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.data.DatasetRef;
import io.tunesmith.data.Profile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The data that runs work on: taken in, found again, looked into. Thread-safe. */
public final class DatasetService {
    private final DatasetStore store;
    private final DatasetProfiles profiles;
    private final References references;
    private final Usage usage;

    public DatasetService(DatasetStore store, DatasetProfiles profiles, References references, Usage usage) {
        this.usage = usage;
        this.store = store;
        this.profiles = profiles;
        this.references = references;
    }

    /** What this caller can do. */
    public Datasets as(Caller caller) {
        return new Own(caller);
    }

    private final class Own implements Datasets {
        private final Caller caller;

        Own(Caller caller) {
            this.caller = caller;
        }

        @Override
        public DatasetRef add(String name, Path uploaded) {
            caller.needs(Scope.RUN);
            usage.take(caller, Usage.Kind.UPLOAD_BYTES, size(uploaded));
            return references.add(caller, name, uploaded);
        }

        @Override
        public Optional<DatasetRef> find(DatasetId id) {
            return store.find(id).filter(found -> caller.sees(found.owner()));
        }

        @Override
        public List<DatasetRef> list(Optional<DatasetId> before, int limit) {
            return store.list(caller, before, limit);
        }

        @Override
        public DatasetRef resolve(String reference) {
            return references.resolve(caller, reference);
        }

        @Override
        public Profile profile(DatasetId id) {
            return profiles.of(find(id).orElseThrow(() -> unknown(id.value())));
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RuntimeException unknown(String id) {
        return Failure.BadRequest.of(FailureCode.NOT_FOUND, "data", "there is no data set " + id).hint("upload it first: POST /api/v1/datasets").asException();
    }
}
