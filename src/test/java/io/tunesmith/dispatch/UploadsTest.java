package io.tunesmith.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tunesmith.bench.simulation.InMemoryAttempts;
import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.Claim;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadsTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private final AttemptKey key = new AttemptKey("ts-uploads-t0-a1");
    private final InMemoryAttempts store = new InMemoryAttempts();

    @TempDir
    Path folder;

    private Uploads uploads;

    @BeforeEach
    void claimed() {
        store.intend(key, 1, "run", "agent", Tokens.hash("secret"), NOON);
        store.claim(key, new Claim(1, "a", "node", 1, 0), NOON);
        uploads = new Uploads(store, _ -> Optional.of(folder), 10);
    }

    @Test
    void aFileOverTheLimitIsRefusedAndLeavesNothing() {
        assertThatThrownBy(() -> put(1, "x", new byte[11])).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.failure().code()).isEqualTo(FailureCode.TOO_LARGE));
        put(1, "x", new byte[10]);

        assertThat(folder.resolve("i1")).isDirectoryContaining("glob:**/x").satisfies(one -> assertThat(one.toFile().list()).containsExactly("x"));
    }

    @Test
    void aFileOfWhichThePartnerBreaksOffLeavesNothing() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("reset");
            }
        };
        assertThatThrownBy(() -> uploads.put(key, "secret", 1, "x", "", broken)).hasMessageContaining("reset");
        assertThat(folder.resolve("i1").toFile().list()).isEmpty();
    }

    @Test
    void aFileThatArrivesWhileItsAttemptIsFencedIsNotTaken() {
        InputStream slow = new ByteArrayInputStream(new byte[3]) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                store.conclude(key, 1, 0, new AttemptEnd.Cancelled(), NOON);
                return super.read(buffer, offset, length);
            }
        };
        assertThatThrownBy(() -> uploads.put(key, "secret", 1, "x", Sha256.of(new byte[3]).hex(), slow))
                .isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.failure().code()).isEqualTo(FailureCode.REFUSED));
        assertThat(folder.resolve("i1").toFile().list()).isEmpty();
    }

    @Test
    void linksAreNotFollowed() throws IOException {
        Path outside = Files.createTempDirectory("outside");
        Files.createDirectories(folder.resolve("i1"));
        Files.createSymbolicLink(folder.resolve("i1/away"), outside);

        assertThatThrownBy(() -> put(1, "away/x", new byte[1])).isInstanceOf(FailureException.class);
        assertThat(outside).isEmptyDirectory();
        Files.delete(outside);
    }

    @Test
    void aLogEndsAtSixteenMegabytes() throws IOException {
        Files.createDirectories(folder.resolve("i1"));
        try (var log = java.nio.channels.FileChannel.open(folder.resolve("i1/log.txt"), java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.WRITE)) {
            log.write(java.nio.ByteBuffer.wrap(new byte[1]), Uploads.MOST_LOG_BYTES - 2);
        }
        assertThat(uploads.append(key, "secret", 1, Uploads.MOST_LOG_BYTES - 1, new byte[1])).isEqualTo(Uploads.MOST_LOG_BYTES);
        assertThatThrownBy(() -> uploads.append(key, "secret", 1, Uploads.MOST_LOG_BYTES, new byte[1]))
                .isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.failure().code()).isEqualTo(FailureCode.TOO_LARGE));
    }

    private void put(int incarnation, String path, byte[] bytes) {
        uploads.put(key, "secret", incarnation, path, Sha256.of(bytes).hex(), new ByteArrayInputStream(bytes));
    }
}
