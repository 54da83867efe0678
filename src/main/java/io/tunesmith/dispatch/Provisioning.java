package io.tunesmith.dispatch;

import io.tunesmith.contract.AttemptSpec;
import io.tunesmith.contract.InputFile;
import io.tunesmith.contract.Wire;
import io.tunesmith.core.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Puts into an attempt's folder (0700) what its process needs: inputs under our names, hard-linked where that is possible and else copied, the token
 * (0600), and last the spec, which names the inputs with their digests. A digest is computed once for each state of a file. Thread-safe: one
 * concurrent map.
 */
final class Provisioning {
    private static final int MOST_DIGESTS = 10_000;
    private final Map<Source, Sha256> digests = new ConcurrentHashMap<>();

    /** A file as it was when its digest was computed. */
    private record Source(Path path, long size, FileTime modified) {}

    /**
     * A service that stood still past its lease may prepare a folder which the next one has given to a process long ago. So the first token stays.
     *
     * @param drawn becomes the token if the folder has none
     * @return the folder's token
     */
    String prepare(Path folder, AttemptSpec spec, String drawn, Map<String, Path> inputs) throws IOException {
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Map<String, InputFile> placed = new LinkedHashMap<>(spec.inputs());
        for (Map.Entry<String, Path> input : inputs.entrySet()) {
            InputFile file = place(folder, input.getKey(), input.getValue());
            // A checkpoint is named in resume: one that is damaged makes its process begin anew, not fail.
            if (!input.getKey().equals(Dispatcher.CHECKPOINT)) {
                placed.put(input.getKey(), file);
            }
        }
        String token = token(folder, drawn);
        write(folder, spec, placed);
        return token;
    }

    /** Linked into its place when it is whole: a link never replaces another. */
    private static String token(Path folder, String drawn) throws IOException {
        Path secret = folder.resolve("token");
        if (!Files.isRegularFile(secret, LinkOption.NOFOLLOW_LINKS)) {
            Path whole = Files.createTempFile(folder, "token", ".tmp", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(whole, drawn);
            try {
                Files.createLink(secret, whole);
            } catch (FileAlreadyExistsException e) {
                // Another service was first: its token stays.
                return Files.readString(secret).strip();
            } finally {
                Files.delete(whole);
            }
        }
        return Files.readString(secret).strip();
    }

    private static void write(Path folder, AttemptSpec spec, Map<String, InputFile> placed) throws IOException {
        try {
            Wire.writeFile(folder.resolve("spec.json"), new AttemptSpec(spec.attempt(), spec.n(), spec.recipe(), spec.recipeVersion(), spec.operation(), spec.config(),
                    spec.seed(), placed, spec.options(), spec.fidelity(), spec.resources(), spec.resume(), spec.callback()));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private InputFile place(Path folder, String role, Path source) throws IOException {
        Path inputs = Files.createDirectories(folder.resolve("inputs"));
        if (Files.isDirectory(source)) {
            placeAll(source, inputs.resolve(role));
            return new InputFile("inputs/" + role, Optional.empty());
        }
        Path real = source.toRealPath();
        String name = source.getFileName().toString();
        String placed = role + (name.contains(".") ? name.substring(name.lastIndexOf('.')) : "");
        link(real, inputs.resolve(placed));
        return InputFile.of("inputs/" + placed, digest(real));
    }

    /** Files and folders below; links within a folder are left out, for they may lead anywhere. */
    private static void placeAll(Path source, Path target) throws IOException {
        Files.createDirectories(target);
        try (Stream<Path> all = Files.walk(source)) {
            for (Path file : (Iterable<Path>) all::iterator) {
                Path copy = target.resolve(source.relativize(file).toString());
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(copy);
                } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    link(file, copy);
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void link(Path source, Path target) throws IOException {
        Files.deleteIfExists(target);
        try {
            Files.createLink(target, source);
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private Sha256 digest(Path file) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        Source source = new Source(file, now.size(), now.lastModifiedTime());
        Sha256 known = digests.get(source);
        if (known != null) {
            return known;
        }
        if (digests.size() >= MOST_DIGESTS) {
            digests.clear();
        }
        Sha256 digest = Sha256.of(file);
        digests.put(source, digest);
        return digest;
    }
}
