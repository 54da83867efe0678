package io.tunesmith.app.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which files of a data folder belong to the copied rows: data sets, clients' files, sealed tests with their key, and of each run what the user gets and the logs. Of a run
 * that has not ended also what its attempts made, but not what they were given, their tokens, or anything unsealed.
 */
record KeptFiles(Path root, DatabaseCopy.Copied rows) {

    /** In order; the key first. */
    List<Path> list() {
        return Stream.of(files(root.resolve("sealed.key")), rows.datasets().stream().sorted().flatMap(id -> files(root.resolve("datasets").resolve(id))),
                rows.files().stream().sorted().flatMap(id -> files(root.resolve("files").resolve(id))),
                rows.runs().stream().sorted().flatMap(this::run)).flatMap(files -> files).toList();
    }

    private Stream<Path> run(String id) {
        Path folder = root.resolve("runs").resolve(id);
        Stream<Path> made = folders(folder.resolve("attempts")).flatMap(attempt -> rows.open().contains(id) ? files(attempt).filter(file -> kept(attempt, file)) : files(attempt.resolve("log.txt")));
        return Stream.of(files(root.resolve("sealed").resolve(id + ".sealed")), files(folder.resolve("out")), made).flatMap(files -> files);
    }

    private static boolean kept(Path attempt, Path file) {
        String inside = attempt.relativize(file).toString();
        return !inside.equals("token") && !inside.startsWith("inputs/") && !inside.endsWith(".part");
    }

    private static Stream<Path> folders(Path folder) {
        return children(folder).filter(child -> Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS));
    }

    /** The file itself or all files below; none if it is not there. Links are not followed. */
    private static Stream<Path> files(Path path) {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return children(path).flatMap(KeptFiles::files);
        }
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) ? Stream.of(path) : Stream.empty();
    }

    private static Stream<Path> children(Path folder) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return Stream.empty();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
