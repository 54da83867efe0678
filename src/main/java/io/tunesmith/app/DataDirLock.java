package io.tunesmith.app;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Held while a service uses a data folder; the system lets go of it when the process ends, however it ends. */
record DataDirLock(FileChannel channel, FileLock lock) {

    /** Makes the folder (mode 0700) if it is not there; empty if another service holds it. */
    static Optional<DataDirLock> take(Path dataDir) {
        try {
            if (!Files.isDirectory(dataDir)) {
                Files.createDirectories(dataDir, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            FileChannel channel = FileChannel.open(dataDir.resolve("service.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            return Optional.ofNullable(channel.tryLock()).map(lock -> new DataDirLock(channel, lock));
        } catch (IOException e) {
            throw Failure.BadRequest.of(FailureCode.ENVIRONMENT, "data-dir", dataDir + " cannot be used: " + e.getMessage())
                    .allowed("a folder that this user may write").asException();
        }
    }
}
