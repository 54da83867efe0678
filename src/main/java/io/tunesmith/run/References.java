package io.tunesmith.run;

import io.tunesmith.core.DatasetId;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.TableFile;
import io.tunesmith.data.DataFetcher;
import io.tunesmith.data.DataReference;
import io.tunesmith.data.DatasetRef;
import io.tunesmith.data.Unpacker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** From what a request names to a data set, and the one door through which bytes become one: whatever way they came, they are unpacked and checked here. Thread-safe. */
public final class References {
    private final DatasetStore store;
    private final DataFetcher fetcher;
    private final UploadedFiles uploads;
    private final Unpacker unpacker;
    private final Path inbox;
    private final Usage usage;

    /** @param inbox where copies of uploaded files are made; on the disk of the data folder */
    public References(DatasetStore store, DataFetcher fetcher, UploadedFiles uploads, Unpacker unpacker, Path inbox, Usage usage) {
        this.store = store;
        this.fetcher = fetcher;
        this.uploads = uploads;
        this.unpacker = unpacker;
        this.inbox = inbox;
        this.usage = usage;
    }

    /** Takes over a file, which is gone afterwards. */
    DatasetRef add(Caller caller, String name, Path file) {
        try {
            Unpacker.Plain plain = unpacker.unpack(name, file);
            try {
                return store.add(caller.owner(), plain.name(), plain.file());
            } finally {
                Files.deleteIfExists(plain.file());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DatasetRef resolve(Caller caller, String text) {
        return switch (DataReference.of(text)) {
            case DataReference.Dataset known -> known(caller, known.id());
            case DataReference.UploadedFile uploaded -> uploaded(caller, uploaded.id());
            case DataReference.Outside outside -> fetched(caller, outside);
        };
    }

    private DatasetRef known(Caller caller, DatasetId id) {
        return store.find(id).filter(found -> caller.sees(found.owner())).orElseThrow(() -> unknown("data set " + id));
    }

    private DatasetRef uploaded(Caller caller, String id) {
        caller.needs(Scope.RUN);
        UploadedFiles.Uploaded uploaded = uploads.open(id, caller).orElseThrow(() -> unknown("file " + id));
        try {
            Path copy = Files.createTempFile(inbox, "file-", "");
            try {
                Files.copy(uploaded.file(), copy, StandardCopyOption.REPLACE_EXISTING);
                return add(caller, uploaded.name(), copy);
            } finally {
                Files.deleteIfExists(copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the uploaded file cannot be copied", e);
        }
    }

    private DatasetRef fetched(Caller caller, DataReference.Outside outside) {
        caller.needs(Scope.RUN);
        checkName(outside);
        if (usage.left(caller, Usage.Kind.UPLOAD_BYTES) == 0) {
            usage.take(caller, Usage.Kind.UPLOAD_BYTES, 1);
        }
        DataFetcher.Fetched fetched = fetcher.fetch(outside, caller.owner());
        try {
            count(caller, fetched.file());
            DatasetRef dataset = add(caller, fetched.name(), fetched.file());
            store.keepOrigin(dataset.id(), fetched.origin());
            return dataset;
        } finally {
            try {
                Files.deleteIfExists(fetched.file());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What has come is counted even if it is too much: who has little left cannot have gigabytes transferred again and again. */
    private void count(Caller caller, Path file) {
        try {
            usage.add(caller, Usage.Kind.UPLOAD_BYTES, Files.size(file));
            usage.take(caller, Usage.Kind.UPLOAD_BYTES, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Before gigabytes come that nobody could read. */
    private static void checkName(DataReference.Outside outside) {
        if (!TableFile.isTaken(outside.name())) {
            throw Failure.BadRequest.of(FailureCode.DATA_UNREADABLE, "data", "\"" + outside.name() + "\" has no ending that says what it is")
                    .allowed(TableFile.TAKEN).hint("download it, name it, upload it").asException();
        }
    }

    private static FailureException unknown(String what) {
        return Failure.BadRequest.of(FailureCode.NOT_FOUND, "data", "there is no " + what).hint("upload it first: POST /api/v1/datasets").asException();
    }
}
