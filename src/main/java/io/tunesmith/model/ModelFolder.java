package io.tunesmith.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.tunesmith.contract.Wire;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A model as a folder: {@code manifest.json} (format and every other file's SHA-256), {@code model.json} ({@link ModelDescription}),
 * {@code preprocess.json} ({@link Preprocessing}), one native file a member, {@code card.md}, perhaps {@code model.onnx}. Files that the
 * manifest does not name are never read. Reading needs no native library.
 */
public record ModelFolder(Path path, ModelDescription description, Preprocessing preprocessing) {
    public static final int FORMAT = 1;
    /** The largest file that is read. */
    public static final long MOST_BYTES = 1L << 30;

    static final int MOST_FILES = 200;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    public static final String MANIFEST = "manifest.json";
    public static final String DESCRIPTION = "model.json";
    public static final String PREPROCESSING = "preprocess.json";
    public static final String ONNX = "model.onnx";
    public static final String CARD = "card.md";

    /** @param files name → digest of every file but the manifest itself */
    public record Manifest(int format, Map<String, Entry> files) {
        public Manifest {
            files = java.util.Collections.unmodifiableMap(new TreeMap<>(files));
        }
    }

    public record Entry(String sha256, long bytes) {}

    /** Writes the folder, manifest last, so that an unfinished one is refused. @return the digest of the manifest, which names the model */
    public static Sha256 write(Path folder, ModelDescription description, Preprocessing preprocessing, Map<String, byte[]> files) {
        Map<String, byte[]> all = new LinkedHashMap<>(files);
        all.put(DESCRIPTION, Wire.write(description).getBytes(StandardCharsets.UTF_8));
        all.put(PREPROCESSING, Wire.write(preprocessing).getBytes(StandardCharsets.UTF_8));
        Map<String, Entry> digests = new TreeMap<>();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        all.forEach((name, bytes) -> {
            Wire.writeBytes(folder.resolve(name), bytes);
            digests.put(name, new Entry(Sha256.of(bytes).hex(), bytes.length));
        });
        byte[] manifest = Wire.write(new Manifest(FORMAT, digests)).getBytes(StandardCharsets.UTF_8);
        Wire.writeBytes(folder.resolve(MANIFEST), manifest);
        return Sha256.of(manifest);
    }

    /**
     * Opens a folder and checks all of it: {@link FailureCode#NOT_FOUND} if there is none, {@link FailureCode#REFUSED} if a file is
     * missing, oversized, a link, or not what the manifest says, or if model.onnx refers to other files.
     */
    public static ModelFolder open(Path folder) {
        if (!Files.isRegularFile(folder.resolve(MANIFEST), LinkOption.NOFOLLOW_LINKS)) {
            throw Failure.BadRequest.of(FailureCode.NOT_FOUND, "model", folder.getFileName() + " is not a model folder: it has no " + MANIFEST).asException();
        }
        try {
            Manifest manifest = manifest(folder);
            for (Map.Entry<String, Entry> file : manifest.files().entrySet()) {
                check(folder, file.getKey(), file.getValue());
            }
            for (String name : new String[] {DESCRIPTION, PREPROCESSING}) {
                if (!manifest.files().containsKey(name)) {
                    throw refused(name, "the manifest does not name it");
                }
            }
            ModelFolder opened = read(folder);
            opened.description.members().forEach(member -> {
                if (!manifest.files().containsKey(member.file())) {
                    throw refused(member.file(), "the manifest does not name it");
                }
            });
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Manifest manifest(Path folder) throws IOException {
        try {
            Manifest manifest = Wire.read(folder.resolve(MANIFEST), Manifest.class);
            if (manifest.format() != FORMAT) {
                throw refused(MANIFEST, "its format is " + manifest.format() + ", this program reads " + FORMAT);
            }
            if (manifest.files().size() > MOST_FILES) {
                throw refused(MANIFEST, "it names more than " + MOST_FILES + " files");
            }
            return manifest;
        } catch (FailureException e) {
            throw e.failure() instanceof Failure.MalformedReply ? refused(MANIFEST, "it cannot be read") : e;
        } catch (RuntimeException e) {
            throw refused(MANIFEST, "it cannot be read");
        }
    }

    private static void check(Path folder, String name, Entry expected) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw refused(MANIFEST, "it names a file that is not in the folder");
        }
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw refused(name, "it is missing, or no plain file");
        }
        long size = Files.size(file);
        if (size > MOST_BYTES) {
            throw refused(name, "it has " + size + " bytes, more than " + MOST_BYTES);
        }
        if (size != expected.bytes() || !Sha256.of(file).hex().equals(expected.sha256())) {
            throw refused(name, "its content is not what the manifest says");
        }
        if (name.endsWith(".onnx") && OnnxFile.external(Files.readAllBytes(file))) {
            throw refused(name, "it refers to data outside itself");
        }
    }

    private static ModelFolder read(Path folder) throws IOException {
        try {
            JsonNode description = Wire.read(folder.resolve(DESCRIPTION), JsonNode.class);
            return new ModelFolder(folder, Wire.read(description, ModelDescription.class), Wire.read(folder.resolve(PREPROCESSING), Preprocessing.class));
        } catch (FailureException e) {
            throw refused(DESCRIPTION + " or " + PREPROCESSING, "it cannot be read: " + e.getMessage());
        }
    }

    private static FailureException refused(String file, String why) {
        return Failure.BadRequest.of(FailureCode.REFUSED, "model", "the model folder is refused: " + file + ": " + why)
                .hint("copy the folder again from where it was made").asException();
    }

    /** The manifest's digest, which names the model. */
    public Sha256 digest() {
        try {
            return Sha256.of(path.resolve(MANIFEST));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
