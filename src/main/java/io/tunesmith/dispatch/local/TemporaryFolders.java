package io.tunesmith.dispatch.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder for temporary files for each process, named by its cookie and removed once the process is gone: libraries unpack native code there, some tens of
 * megabytes, and a process that is killed removes nothing. Thread-safe: no two processes have the same folder.
 */
record TemporaryFolders(Path root) {

    Path make(String cookie) throws IOException {
        return Files.createDirectories(root.resolve(cookie), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))).toAbsolutePath();
    }

    /** Of a process that has ended, with all that it started. */
    void remove(String cookie) {
        Path folder = root.resolve(cookie);
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.getLogger(TemporaryFolders.class.getName()).log(System.Logger.Level.WARNING, "{0} stays: {1}", folder, e.getMessage());
        }
    }

    /** Those that are left of a service that was killed, but for its processes that live on. */
    void removeAllBut(Set<String> cookies) {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (Stream<Path> folders = Files.list(root)) {
            List<String> left = folders.map(folder -> folder.getFileName().toString()).filter(cookie -> !cookies.contains(cookie)).toList();
            left.forEach(this::remove);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
