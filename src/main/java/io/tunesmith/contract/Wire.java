package io.tunesmith.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.tunesmith.core.Failure;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The JSON of the contract: snake_case names, absent as null, unknown fields ignored (a newer side may say more), not-a-number refused.
 * Thread-safe.
 */
public final class Wire {
    /** A result or a spec larger than this is refused. */
    public static final int MAX_BYTES = 16 << 20;

    public static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .build();

    static {
        MAPPER.getFactory().setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(64).maxStringLength(MAX_BYTES).build());
    }

    private Wire() {}

    public static String write(Object message) {
        try {
            return MAPPER.writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a message of the contract cannot be written: " + e.getOriginalMessage(), e);
        }
    }

    public static JsonNode tree(Object message) {
        return MAPPER.valueToTree(message);
    }

    /** Reads a message; one that does not fit its type is a {@link Failure.MalformedReply} with the raw text. */
    public static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new Failure.MalformedReply("not a " + type.getSimpleName() + ": " + e.getOriginalMessage(), json).asException();
        }
    }

    public static <T> T read(JsonNode json, Class<T> type) {
        try {
            return MAPPER.treeToValue(json, type);
        } catch (JsonProcessingException e) {
            throw new Failure.MalformedReply("not a " + type.getSimpleName() + ": " + e.getOriginalMessage(), json.toString()).asException();
        }
    }

    public static <T> T read(Path file, Class<T> type) throws IOException {
        long size = Files.size(file);
        if (size > MAX_BYTES) {
            throw new Failure.MalformedReply(file.getFileName() + " has " + size + " bytes, more than " + MAX_BYTES, "").asException();
        }
        return read(Files.readString(file), type);
    }

    /** Writes the file whole or not at all: a temporary name, synced, renamed. */
    public static void writeFile(Path file, Object message) {
        writeBytes(file, write(message).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** Writes the bytes whole or not at all: a temporary name, synced, renamed; what was there before stays if that fails. */
    public static void writeBytes(Path file, byte[] bytes) {
        writeWhole(file, out -> out.write(bytes));
    }

    /** Writes what {@code content} writes, whole or not at all: a temporary name, synced, renamed; what was there before stays if that fails. */
    public static void writeWhole(Path file, Content content) {
        Path temporary = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
                content.writeTo(out);
                out.getChannel().force(true);
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file's content. The stream it is given is not buffered, and not its own to close. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }
}
