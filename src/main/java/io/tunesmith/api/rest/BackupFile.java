package io.tunesmith.api.rest;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * A backup on disk: a tar file of {@code database/tables.json}, the tables' rows as PostgreSQL copies them ({@code database/NAME/00000.copy}, cut into
 * pieces), the files of the data folder under {@code files/}, and at its end a {@link BackupManifest}.
 */
public record BackupFile(Path path) {
    public static final String TABLES = "database/tables.json";
    public static final String DATABASE = "database/";
    public static final String FILES = "files/";

    /** What is done with an entry. */
    public interface Reader {
        void read(String name, InputStream bytes) throws IOException;
    }

    /**
     * Reads all of it.
     *
     * @throws FailureException {@code DATA_UNREADABLE} unless every entry is there and is what was written
     */
    public BackupManifest check() {
        List<BackupManifest.Entry> found = new ArrayList<>();
        List<String> manifests = new ArrayList<>();
        try {
            each((name, bytes) -> {
                if (name.equals(BackupManifest.NAME)) {
                    manifests.add(new String(bytes.readAllBytes(), StandardCharsets.UTF_8));
                } else {
                    found.add(digested(name, bytes));
                }
            });
            BackupManifest manifest = manifest(manifests);
            if (!manifest.entries().equals(found)) {
                throw damaged("its content is not what its manifest says");
            }
            return manifest;
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(String.valueOf(e.getMessage()));
        }
    }

    /** Hands every entry to the reader, in order. */
    public void each(Reader reader) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(path), 1 << 16))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                reader.read(entry.getName(), tar);
            }
        }
    }

    private BackupManifest manifest(List<String> texts) throws IOException {
        if (texts.size() != 1) {
            throw damaged("it has no end, or is no backup of Tunesmith");
        }
        BackupManifest manifest = WireJson.readAnswer(texts.getFirst(), BackupManifest.class);
        if (manifest.format() > BackupManifest.FORMAT) {
            throw newer(path, manifest).asException();
        }
        return manifest;
    }

    /** What a backup is told that this version cannot read. */
    public static Failure newer(Path path, BackupManifest manifest) {
        return Failure.BadRequest.of(FailureCode.DATA_UNREADABLE, "file", path + " was written by a newer Tunesmith, " + manifest.version())
                .hint("restore it with that version or a newer one");
    }

    private static BackupManifest.Entry digested(String name, InputStream bytes) throws IOException {
        try {
            DigestInputStream digested = new DigestInputStream(bytes, MessageDigest.getInstance("SHA-256"));
            long length = digested.transferTo(OutputStream.nullOutputStream());
            return new BackupManifest.Entry(name, length, HexFormat.of().formatHex(digested.getMessageDigest().digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private FailureException damaged(String why) {
        return Failure.BadRequest.of(FailureCode.DATA_UNREADABLE, "file", path + " cannot be restored: " + why).hint("use another copy of the backup").asException();
    }
}
