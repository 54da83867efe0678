package io.tunesmith.trainer.agent;

import io.tunesmith.contract.Wire;
import io.tunesmith.contract.WorkerEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * {@code metrics.jsonl}: one event a line. A line is there whole or not at all: one that does not fit on the disk is taken back. Measured values
 * are kept up to a bound, other events always. Not thread-safe.
 */
final class EventFile {
    /** More measured values than these are not kept. */
    static final int MOST_MEASURED = 100_000;

    private final Path file;
    private int measured;

    EventFile(Path file) {
        this.file = file;
    }

    boolean takes(WorkerEvent event) {
        return !(event instanceof WorkerEvent.Measured) || measured < MOST_MEASURED;
    }

    void append(WorkerEvent event) {
        ByteBuffer line = ByteBuffer.wrap((Wire.write(event) + "\n").getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            append(channel, line, channel.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        measured += event instanceof WorkerEvent.Measured ? 1 : 0;
    }

    private static void append(FileChannel channel, ByteBuffer line, long before) throws IOException {
        try {
            channel.position(before);
            while (line.hasRemaining()) {
                channel.write(line);
            }
        } catch (IOException e) {
            channel.truncate(before);
            throw e;
        }
    }
}
