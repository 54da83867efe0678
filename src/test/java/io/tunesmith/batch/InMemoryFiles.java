package io.tunesmith.batch;

import io.tunesmith.core.FileId;
import io.tunesmith.run.Caller;
import io.tunesmith.run.FileQuery;
import io.tunesmith.run.FileStore;
import io.tunesmith.run.StoredFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files whose rows are in memory; keeping one passes the tripwire before, between the move and the row, and after. For one thread. */
final class InMemoryFiles implements FileStore {
    final Map<FileId, StoredFile> rows = new LinkedHashMap<>();
    /** Every row that was ever made. */
    final List<StoredFile> kept = new ArrayList<>();
    private final Path folder;
    private final Runnable tripwire;

    InMemoryFiles(Path folder, Runnable tripwire) {
        this.folder = folder;
        this.tripwire = tripwire;
    }

    @Override
    public void keep(StoredFile file, Path content) {
        tripwire.run();
        if (rows.containsKey(file.id())) {
            return;
        }
        try {
            Files.move(content, path(file.id()), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tripwire.run();
        rows.put(file.id(), file);
        kept.add(file);
        tripwire.run();
    }

    @Override
    public Optional<StoredFile> find(FileId id, Instant now) {
        return Optional.ofNullable(rows.get(id)).filter(file -> file.expires().map(now::isBefore).orElse(true));
    }

    @Override
    public List<StoredFile> list(Caller caller, FileQuery query, Instant now) {
        return rows.values().stream().filter(file -> caller.sees(file.owner())).toList();
    }

    @Override
    public boolean delete(FileId id) {
        return rows.remove(id) != null;
    }

    @Override
    public void expire(Instant now) {
        rows.values().removeIf(file -> file.expires().filter(end -> !now.isBefore(end)).isPresent());
    }

    @Override
    public Path path(FileId id) {
        return folder.resolve(id.value());
    }
}
