package io.tunesmith.dispatch.local;

import io.tunesmith.contract.AttemptFiles;
import io.tunesmith.contract.AttemptKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What outlives the service: one small file for each job that was handed to a process, so that the next service finds job, process and folder again.
 * Thread-safe: files are replaced whole.
 */
record Traces(Path folder) {

    /**
     * A job that was handed to a process at {@code submitted}.
     *
     * @param cookie what marks the process and all that it started ({@link Kin})
     * @param gpus that its process was given
     */
    record Trace(AttemptKey key, ProcessMark process, Path folder, Instant submitted, String cookie, List<String> gpus) {

        boolean alive() {
            return exitCode().isEmpty() && process.alive();
        }

        /** The exit code that the process wrote down; it may live on for other work. */
        OptionalInt exitCode() {
            try {
                Path file = new AttemptFiles(folder).lastWork().resolve("exit");
                return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? OptionalInt.of(Integer.parseInt(Files.readString(file).strip())) : OptionalInt.empty();
            } catch (IOException | NumberFormatException e) {
                return OptionalInt.empty();
            }
        }
    }

    static Traces in(Path folder) {
        try {
            return new Traces(Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(Trace trace) throws IOException {
        Path part = folder.resolve("." + trace.key() + ".part");
        Files.write(part, List.of(Long.toString(trace.process().pid()), trace.process().started(), trace.submitted().toString(), trace.folder().toString(), trace.cookie(), String.join(",", trace.gpus())));
        Files.move(part, folder.resolve(trace.key().value()), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    Optional<Trace> read(AttemptKey key) {
        try {
            List<String> lines = Files.readAllLines(folder.resolve(key.value()));
            ProcessMark process = new ProcessMark(Long.parseLong(lines.get(0)), lines.get(1));
            return Optional.of(new Trace(key, process, Path.of(lines.get(3)), Instant.parse(lines.get(2)), lines.get(4), gpus(lines)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IndexOutOfBoundsException | NumberFormatException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static List<String> gpus(List<String> lines) {
        return lines.size() < 6 || lines.get(5).isEmpty() ? List.of() : List.of(lines.get(5).split(","));
    }

    List<Trace> all() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> !name.startsWith(".")).flatMap(name -> read(new AttemptKey(name)).stream()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete(AttemptKey key) {
        try {
            Files.deleteIfExists(folder.resolve(key.value()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
