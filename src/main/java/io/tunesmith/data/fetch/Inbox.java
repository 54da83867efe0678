package io.tunesmith.data.fetch;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * Where incoming bytes go first: a file of our own name, deleted if what comes is refused. Thread-safe.
 *
 * @param folder on the disk of the data folder
 */
public record Inbox(Path folder) {
    private static final long LEAST_FREE = 128L << 20;
    private static final long CHECK_EVERY = 64L << 20;

    /** Something that writes a new file. */
    interface Filling {
        void into(Path file) throws IOException;
    }

    Path take(Filling filling) throws IOException {
        Path file = Files.createTempFile(folder, "fetch-", "");
        boolean done = false;
        try {
            filling.into(file);
            done = true;
            return file;
        } finally {
            if (!done) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** @param watch told after each piece how many bytes have come; what it throws ends the copying */
    void copy(InputStream in, Path file, long most, LongConsumer watch) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long total = 0;
        long nextCheck = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                total += read;
                checkSize(total, most);
                if (total >= nextCheck) {
                    checkSpace();
                    nextCheck = total + CHECK_EVERY;
                }
                out.write(buffer, 0, read);
                watch.accept(total);
            }
        }
    }

    static void checkSize(long bytes, long most) {
        if (bytes > most) {
            throw Failure.BadRequest.of(FailureCode.TOO_LARGE, "data", "the data are larger than what is taken in").allowed("at most " + most + " bytes").hint("use a part of them").asException();
        }
    }

    private void checkSpace() {
        try {
            if (Files.getFileStore(folder).getUsableSpace() < LEAST_FREE) {
                throw new Failure.Transient(FailureCode.ENVIRONMENT, "the disk of the data folder is nearly full: nothing new is taken", java.time.Duration.ofSeconds(30)).asException();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
