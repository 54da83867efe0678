package io.tunesmith.run;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.core.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where a run's files are: {@code <root>/<run>/attempts/<key>/} for each process, {@code <root>/<run>/out/} for what the user gets.
 *
 * @param root the folder of all runs, readable by its owner alone
 */
record Folders(Path root) {

    Path attempts(RunId run) {
        return made(root.resolve(run.value()).resolve("attempts"));
    }

    Path attempt(RunId run, AttemptKey key) {
        return attempts(run).resolve(key.value());
    }

    Path artifacts(RunId run) {
        return made(root.resolve(run.value()).resolve("out"));
    }

    /** A file or folder that an attempt made, by its path relative to the run's attempts. */
    Path made(RunId run, String relative) {
        return attempts(run).resolve(relative);
    }

    private static Path made(Path folder) {
        try {
            return Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
