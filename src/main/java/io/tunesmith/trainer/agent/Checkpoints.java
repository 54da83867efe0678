package io.tunesmith.trainer.agent;

import io.tunesmith.contract.Wire;
import io.tunesmith.core.Sha256;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;

/**
 * When a checkpoint is due, and the files {@code checkpoints/<step>}, of which the last two are kept. Due after a while of training, when asked for
 * (USR1), and when the process is to end (TERM). Questions and requests may come from any thread; only the work writes.
 */
final class Checkpoints {
    private static final long EVERY_MILLIS = 10_000;
    private static final String FOLDER = "checkpoints";
    private static final int KEPT = 2;
    private static final int BUFFER = 1 << 16;
    private final Path work;
    private final long everyNanos;
    private final Deque<Path> written = new ArrayDeque<>();
    private long last = System.nanoTime();
    private volatile boolean offered;
    private volatile boolean wanted;
    private volatile boolean ending;

    Checkpoints(Path work, Duration every) {
        this.work = work;
        this.everyNanos = every.toNanos();
    }

    /** 10 s, or what the system property {@code tunesmith.checkpoint-millis} says. */
    static Duration every() {
        return Duration.ofMillis(Long.getLong("tunesmith.checkpoint-millis", EVERY_MILLIS));
    }

    /** A file that is written. */
    record Saved(String path, String sha256) {}

    /** Asks for one as soon as the work can. */
    void want() {
        wanted = true;
    }

    /** Asks for one and then for the end. @return whether the work writes checkpoints at all */
    boolean end() {
        ending = true;
        return offered;
    }

    boolean ending() {
        return ending;
    }

    /** Whether the work should write one now; asking says that it can. */
    boolean due() {
        offered = true;
        return ending || wanted || System.nanoTime() - last >= everyNanos;
    }

    Saved write(long step, Wire.Content content) {
        wanted = false;
        String path = FOLDER + "/" + step;
        Path file = work.resolve(path);
        MessageDigest digest = Sha256.digest();
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Wire.writeWhole(file, out -> {
            OutputStream buffered = new BufferedOutputStream(new DigestOutputStream(out, digest), BUFFER);
            content.writeTo(buffered);
            buffered.flush();
        });
        written.add(file);
        last = System.nanoTime();
        return new Saved(path, HexFormat.of().formatHex(digest.digest()));
    }

    /** Deletes all but the last two. */
    void tidy() {
        try {
            while (written.size() > KEPT) {
                Files.deleteIfExists(written.remove());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
