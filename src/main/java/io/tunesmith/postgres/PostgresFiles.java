package io.tunesmith.postgres;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Page;
import io.tunesmith.core.FileId;
import io.tunesmith.run.Caller;
import io.tunesmith.run.FilePurpose;
import io.tunesmith.run.FileQuery;
import io.tunesmith.run.FileStore;
import io.tunesmith.run.Scope;
import io.tunesmith.run.StoredFile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Clients' files: bytes in the data folder under our own names, the rest in PostgreSQL. A file without a row was never kept. Thread-safe. */
@ApplicationScoped
public class PostgresFiles implements FileStore {
    private static final String FOLDER = "files";
    private final DataFolder data;
    private final DiskSpace space;

    public PostgresFiles(DataFolder data, DiskSpace space) {
        this.data = data;
        this.space = space;
    }

    @Override
    public void keep(StoredFile file, Path content) {
        space.check();
        try {
            if (known(file.id())) {
                Files.deleteIfExists(content);
                return;
            }
            Files.move(content, path(file.id()), StandardCopyOption.ATOMIC_MOVE);
            OutageRetry.outlast(() -> QuarkusTransaction.requiringNew().run(() -> {
                if (StoredFileRow.findByIdOptional(file.id().value()).isEmpty()) {
                    StoredFileRow.of(file).persist();
                }
            }));
        } catch (IOException e) {
            throw new UncheckedIOException("the file cannot be kept", e);
        }
    }

    private static boolean known(FileId id) {
        boolean[] known = {false};
        OutageRetry.outlast(() -> QuarkusTransaction.requiringNew().run(() -> known[0] = StoredFileRow.findByIdOptional(id.value()).isPresent()));
        return known[0];
    }

    @Override
    @Outlasting
    @Transactional
    public Optional<StoredFile> find(FileId id, Instant now) {
        return StoredFileRow.<StoredFileRow>find("id = ?1 and (expires is null or expires > ?2)", id.value(), now).firstResultOptional().map(StoredFileRow::file);
    }

    /** Ids sort by the time they were made. */
    @Override
    @Outlasting
    @Transactional
    public List<StoredFile> list(Caller caller, FileQuery query, Instant now) {
        String after = query.after().map(FileId::value).orElse("");
        String order = query.newestFirst() ? "(?4 = '' or id < ?4) order by id desc" : "id > ?4 order by id";
        return StoredFileRow.<StoredFileRow>find("(?1 = true or owner = ?2) and (expires is null or expires > ?3) and (?5 = true or purpose = ?6) and " + order, caller.scope() == Scope.ADMIN, caller.owner(), now, after,
                query.purpose().isEmpty(), query.purpose().orElse(FilePurpose.BATCH)).page(Page.ofSize(query.limit())).stream().map(StoredFileRow::file).toList();
    }

    /** The row first: what has no row is not there, whatever becomes of its bytes. */
    @Override
    public boolean delete(FileId id) {
        boolean[] deleted = {false};
        OutageRetry.outlast(() -> QuarkusTransaction.requiringNew().run(() -> deleted[0] |= StoredFileRow.deleteById(id.value())));
        remove(id);
        return deleted[0];
    }

    @Override
    public void expire(Instant now) {
        List<StoredFile> over = QuarkusTransaction.requiringNew().call(() -> StoredFileRow.<StoredFileRow>find("expires <= ?1 order by expires", now).page(Page.ofSize(500)).stream().map(StoredFileRow::file).toList());
        over.forEach(file -> delete(file.id()));
    }

    private void remove(FileId id) {
        try {
            Files.deleteIfExists(path(id));
        } catch (IOException e) {
            throw new UncheckedIOException("the file cannot be removed", e);
        }
    }

    @Override
    public Path path(FileId id) {
        return data.folder(FOLDER).resolve(id.value());
    }
}
