package io.tunesmith.app;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Held while a service uses a data folder; the system lets go of it when the process ends, however it ends. A service with a PostgreSQL of its own holds
 * it for itself; services that share a database share the folder too, and write down which database that is.
 */
record DataDirLock(FileChannel channel, FileLock lock) {
    private static final int TRIES = 20;
    private static final int LONGEST = 1000;

    /** Makes the folder (mode 0700) if it is not there; empty if another service holds it. */
    static Optional<DataDirLock> take(Path dataDir) {
        return locked(dataDir, channel -> lock(channel, false));
    }

    /**
     * The same beside other services on the same database.
     *
     * @param database what names it; services on other databases are refused
     */
    static Optional<DataDirLock> share(Path dataDir, String database) {
        return locked(dataDir, channel -> {
            announce(channel, database);
            Optional<FileLock> lock = lock(channel, true);
            if (lock.isPresent() && !announced(channel).equals(database)) {
                channel.close();
                throw Failure.BadRequest.of(FailureCode.REFUSED, "--data-dir", "services on another database use " + dataDir)
                        .hint("let TUNESMITH_DB_URL name the same database, or name another --data-dir").asException();
            }
            return lock;
        });
    }

    private static Optional<DataDirLock> locked(Path dataDir, Locking locking) {
        try {
            if (!Files.isDirectory(dataDir)) {
                Files.createDirectories(dataDir, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            FileChannel channel = FileChannel.open(dataDir.resolve("service.lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            return locking.lock(channel).map(lock -> new DataDirLock(channel, lock));
        } catch (IOException e) {
            throw Failure.BadRequest.of(FailureCode.ENVIRONMENT, "data-dir", dataDir + " cannot be used: " + e.getMessage())
                    .allowed("a folder that this user may write").asException();
        }
    }

    /** Another service may hold it for the moment in which it writes down its database. */
    private static Optional<FileLock> lock(FileChannel channel, boolean shared) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            Optional<FileLock> lock = Optional.ofNullable(channel.tryLock(0, Long.MAX_VALUE, shared));
            if (lock.isPresent()) {
                return lock;
            }
            pause();
        }
        return Optional.empty();
    }

    /** Whoever finds nobody else writes down the database. */
    private static void announce(FileChannel channel, String database) throws IOException {
        try (FileLock alone = channel.tryLock()) {
            if (alone != null) {
                channel.truncate(0).write(ByteBuffer.wrap(database.getBytes(StandardCharsets.UTF_8)), 0);
            }
        }
    }

    private static String announced(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LONGEST);
        int length = Math.max(0, channel.read(bytes, 0));
        return new String(bytes.array(), 0, length, StandardCharsets.UTF_8);
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Locking {
        Optional<FileLock> lock(FileChannel channel) throws IOException;
    }
}
