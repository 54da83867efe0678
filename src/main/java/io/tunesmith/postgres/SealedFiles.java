package io.tunesmith.postgres;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.RunId;
import io.tunesmith.run.SealedStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/**
 * Sealed test parts as encrypted files of the data folder, with one key in {@code sealed.key} (mode 0600) that the service makes at its first
 * use. Thread-safe: files appear whole, by rename.
 */
@ApplicationScoped
public class SealedFiles implements SealedStore {
    private final DataFolder data;

    public SealedFiles(DataFolder data) {
        this.data = data;
    }

    @Override
    public void seal(RunId run, Path plain) {
        Path sealed = file(run);
        try {
            if (!Files.exists(sealed)) {
                Path part = Files.createTempFile(sealed.getParent(), run.value(), ".part");
                new SealedFormat(key(), run.value()).encrypt(plain, part);
                Files.move(part, sealed, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.deleteIfExists(plain);
        } catch (IOException e) {
            throw new UncheckedIOException("the test part of " + run + " cannot be sealed", e);
        }
    }

    @Override
    public void open(RunId run, Path target) {
        Path sealed = file(run);
        if (!Files.exists(sealed)) {
            throw Failure.BadRequest.of(FailureCode.NOT_FOUND, "run", run + " has no sealed test part").asException();
        }
        try {
            new SealedFormat(key(), run.value()).decrypt(sealed, target);
        } catch (IOException e) {
            throw new UncheckedIOException("the test part of " + run + " cannot be opened", e);
        }
    }

    private Path file(RunId run) {
        return data.folder("sealed").resolve(run.value() + ".sealed");
    }

    private byte[] key() throws IOException {
        Path file = data.root().resolve("sealed.key");
        if (!Files.exists(file)) {
            makeKey(file);
        }
        return Files.readAllBytes(file);
    }

    private static void makeKey(Path file) throws IOException {
        byte[] key = new byte[SealedFormat.KEY_BYTES];
        new SecureRandom().nextBytes(key);
        Path part = Files.createTempFile(file.getParent(), "sealed", ".part", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(part, key);
        try {
            Files.createLink(file, part);
        } catch (FileAlreadyExistsException another) {
            return;
        } finally {
            Files.delete(part);
        }
    }
}
