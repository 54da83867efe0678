package io.tunesmith.run;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.FileId;
import io.tunesmith.core.Ids;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The files of clients: kept until they expire or are removed. Thread-safe. */
public final class FileService implements UploadedFiles {
    private static final Duration BATCH_FILES = Duration.ofDays(30);
    private final FileStore store;
    private final Ids ids;
    private final Clock clock;
    private final Usage usage;

    public FileService(FileStore store, Ids ids, Clock clock, Usage usage) {
        this.store = store;
        this.ids = ids;
        this.clock = clock;
        this.usage = usage;
    }

    /** What this caller can do. */
    public StoredFiles as(Caller caller) {
        return new Own(caller);
    }

    /** A text that is no id names no file. */
    @Override
    public Optional<Uploaded> open(String id, Caller caller) {
        try {
            return as(caller).find(new FileId(id)).map(file -> new Uploaded(file.name(), store.path(file.id())));
        } catch (FailureException e) {
            return Optional.empty();
        }
    }

    /** Called now and then by the service that leads. */
    public void tick() {
        store.expire(clock.instant());
    }

    private final class Own implements StoredFiles {
        private final Caller caller;

        Own(Caller caller) {
            this.caller = caller;
        }

        @Override
        public StoredFile add(String name, FilePurpose purpose, Optional<Duration> keep, Path uploaded) {
            caller.needs(Scope.RUN);
            long bytes = checked(size(uploaded), purpose);
            usage.take(caller, Usage.Kind.UPLOAD_BYTES, bytes);
            Instant now = clock.instant();
            Optional<Instant> expires = keep.or(() -> purpose == FilePurpose.BATCH ? Optional.of(BATCH_FILES) : Optional.empty()).map(now::plus);
            StoredFile file = new StoredFile(ids.file(), caller.owner(), name, purpose, bytes, now, expires);
            store.keep(file, uploaded);
            return file;
        }

        @Override
        public Optional<StoredFile> find(FileId id) {
            return store.find(id, clock.instant()).filter(file -> caller.sees(file.owner()));
        }

        @Override
        public List<StoredFile> list(FileQuery query) {
            return store.list(caller, query, clock.instant());
        }

        @Override
        public boolean delete(FileId id) {
            if (find(id).isEmpty()) {
                return false;
            }
            caller.needs(Scope.RUN);
            return store.delete(id);
        }

        @Override
        public Path path(FileId id) {
            return find(id).map(file -> store.path(file.id())).orElseThrow(() -> unknown(id.value()));
        }
    }

    /** The one refusal of an id that names no file of the caller's. */
    public static RuntimeException unknown(String id) {
        return Failure.BadRequest.of(FailureCode.NOT_FOUND, "file_id", "there is no file \"" + id + "\"").hint("list them: GET /v1/files").asException();
    }

    private static long checked(long bytes, FilePurpose purpose) {
        long most = purpose == FilePurpose.BATCH ? StoredFiles.MOST_BATCH_BYTES : StoredFiles.MOST_BYTES;
        if (bytes > most) {
            throw Failure.BadRequest.of(FailureCode.TOO_LARGE, "file", "the file has " + bytes + " bytes").allowed("at most " + most + " bytes for the purpose " + purpose.wire()).asException();
        }
        if (bytes == 0) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "file", "the file is empty").allowed("at least one byte").asException();
        }
        return bytes;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the uploaded file cannot be read", e);
        }
    }
}
