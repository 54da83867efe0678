package io.tunesmith.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tunesmith.api.rest.BatchLineView;
import io.tunesmith.api.rest.WireJson;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The output file of a batch: a line for each request that has ended, written whole and to the disk before the next one. It is locked while it is open; a last
 * line without an end, left by a kill, is cut off when it is opened. Beside it, until every request has ended, lies a file with the batch's name. Thread-safe.
 */
final class BatchResults implements AutoCloseable {
    private final Path out;
    private final FileChannel channel;
    private final String batch;
    private final Map<String, BatchLineView> lines = new LinkedHashMap<>();

    private BatchResults(Path out, FileChannel channel) throws IOException {
        this.out = out;
        this.channel = channel;
        boolean fresh = channel.size() == 0 && !Files.exists(name(out));
        read();
        this.batch = named(fresh);
    }

    static BatchResults open(Path out) {
        try {
            Files.createDirectories(out.toAbsolutePath().getParent());
            boolean absent = !Files.exists(out);
            FileChannel channel = FileChannel.open(out, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw Failure.BadRequest.of(FailureCode.REFUSED, "out", "another command writes " + out).hint("wait for it, or choose another file with --out").asException();
            }
            if (absent) {
                // Whoever removed the output wants everything anew.
                Files.deleteIfExists(name(out));
            }
            return new BatchResults(out, channel);
        } catch (IOException e) {
            throw Failure.BadRequest.of(FailureCode.ENVIRONMENT, "out", "cannot write " + out + ": " + e.getMessage()).hint("choose another file with --out").asException();
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static Path name(Path out) {
        return out.resolveSibling(out.getFileName() + ".batch");
    }

    private void read() throws IOException {
        byte[] bytes = Files.readAllBytes(out);
        int whole = bytes.length;
        while (whole > 0 && bytes[whole - 1] != '\n') {
            whole--;
        }
        int number = 0;
        for (String line : new String(bytes, 0, whole, StandardCharsets.UTF_8).split("\n", -1)) {
            number++;
            if (!line.isBlank()) {
                BatchLineView view = line(line, number);
                lines.put(view.customId(), view);
            }
        }
        if (whole == 0 && bytes.length > 0 && !Files.exists(name(out))) {
            throw foreign(1);
        }
        channel.truncate(whole);
        channel.position(whole);
    }

    private BatchLineView line(String line, int number) {
        try {
            BatchLineView view = WireJson.readAnswer(line, BatchLineView.class);
            if (view == null || view.id() == null || view.customId() == null) {
                throw foreign(number);
            }
            return view;
        } catch (JsonProcessingException e) {
            throw foreign(number);
        }
    }

    private RuntimeException foreign(int number) {
        return Failure.BadRequest.of(FailureCode.REFUSED, "out", out + " is there already, and its line " + number + " is no result of a batch").hint("choose another file with --out").asException();
    }

    private String named(boolean fresh) throws IOException {
        if (!fresh && Files.exists(name(out))) {
            return Files.readString(name(out)).strip();
        }
        String drawn = UUID.randomUUID().toString();
        Path draft = Files.writeString(out.resolveSibling(out.getFileName() + ".batch.part"), drawn + "\n", StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
        Files.move(draft, name(out), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return drawn;
    }

    /** Names this output to the service, so that a run is found again. */
    String batch() {
        return batch;
    }

    synchronized Optional<BatchLineView> find(String customId) {
        return Optional.ofNullable(lines.get(customId));
    }

    synchronized List<BatchLineView> all() {
        return List.copyOf(lines.values());
    }

    synchronized void add(BatchLineView line) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap((WireJson.write(line) + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
            lines.put(line.customId(), line);
        } catch (IOException e) {
            throw Failure.BadRequest.of(FailureCode.ENVIRONMENT, "out", "cannot write " + out + ": " + e.getMessage()).hint("make room and give the same command again").asException();
        }
    }

    /** Every request has ended. */
    void complete() {
        try {
            Files.deleteIfExists(name(out));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
