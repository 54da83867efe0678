package io.tunesmith.trainer.agent;

import io.tunesmith.core.Sha256;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A file as it is handed in: its first {@code bytes} bytes, so that one which grows meanwhile (the log) can be handed in too. */
record Upload(Path file, long bytes, String sha256) {
    private static final int CHUNK = 1 << 16;

    static Upload of(Path file) throws IOException {
        long bytes = Files.size(file);
        MessageDigest digest = Sha256.digest();
        copy(file, bytes, digest::update);
        return new Upload(file, bytes, HexFormat.of().formatHex(digest.digest()));
    }

    void writeTo(OutputStream out) throws IOException {
        copy(file, bytes, out::write);
    }

    private interface Sink {
        void take(byte[] buffer, int from, int count) throws IOException;
    }

    private static void copy(Path file, long bytes, Sink sink) throws IOException {
        byte[] buffer = new byte[CHUNK];
        try (InputStream in = Files.newInputStream(file)) {
            for (long left = bytes; left > 0; ) {
                int count = in.read(buffer, 0, (int) Math.min(left, CHUNK));
                if (count < 0) {
                    throw new EOFException(file.getFileName() + " has become shorter");
                }
                sink.take(buffer, 0, count);
                left -= count;
            }
        }
    }
}
