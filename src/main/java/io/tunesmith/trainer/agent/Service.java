package io.tunesmith.trainer.agent;

import io.tunesmith.contract.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The service at the other end of the callback. {@link HttpURLConnection} rather than java.net.http: its first request costs a tenth of the
 * time, and the first request is the claim. Thread-safe: it holds no state but the signal to hurry.
 */
final class Service {
    private static final Set<Integer> REFUSALS = Set.of(401, 403, 404, 409, 410);
    private static final int TIMEOUT_MILLIS = 10_000;
    private final String url;
    private final String token;
    private final CountDownLatch hurry = new CountDownLatch(1);

    Service(String url, String token) {
        this.url = url;
        this.token = token;
    }

    /** What came of a post. */
    sealed interface Reply {
        record Accepted(String body) implements Reply {}

        /** This process is not, or no longer, the one that works on the attempt. */
        record Refused(int status, String body) implements Reply {}

        /** The service does not take this content, now or later. */
        record Rejected(int status, String body) implements Reply {}

        record Unreachable(String reason) implements Reply {}
    }

    /** From now on nothing is retried. */
    void hurry() {
        hurry.countDown();
    }

    /** Posts until it is answered or {@code patience} has passed; waits grow from 0.1 to 5 seconds. */
    Reply post(String path, Object message, Duration patience) {
        byte[] body = Wire.write(message).getBytes(StandardCharsets.UTF_8);
        long start = System.nanoTime();
        long wait = 100;
        while (true) {
            Reply reply = once(path, body);
            long left = patience.toNanos() - (System.nanoTime() - start);
            if (!(reply instanceof Reply.Unreachable) || left <= 0 || hurried(Math.min(wait, left / 1_000_000 + 1))) {
                return reply;
            }
            wait = Math.min(5_000, wait * 2);
        }
    }

    private boolean hurried(long waitMillis) {
        try {
            return hurry.await(waitMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private Reply once(String path, byte[] body) {
        try {
            HttpURLConnection connection = (HttpURLConnection) URI.create(url + path).toURL().openConnection();
            connection.setConnectTimeout(hurry.getCount() == 0 ? 1_000 : TIMEOUT_MILLIS);
            connection.setReadTimeout(hurry.getCount() == 0 ? 2_000 : TIMEOUT_MILLIS);
            connection.setRequestMethod("POST");
            connection.setDoOutput(true);
            connection.setInstanceFollowRedirects(false);
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setRequestProperty("Authorization", "Bearer " + token);
            connection.setFixedLengthStreamingMode(body.length);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
            return read(connection);
        } catch (IOException e) {
            return new Reply.Unreachable(String.valueOf(e.getMessage()));
        }
    }

    private static Reply read(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        InputStream stream = status >= 400 ? connection.getErrorStream() : connection.getInputStream();
        String body = stream == null ? "" : new String(stream.readNBytes(Wire.MAX_BYTES), StandardCharsets.UTF_8);
        if (status >= 200 && status < 300) {
            return new Reply.Accepted(body);
        }
        if (REFUSALS.contains(status)) {
            return new Reply.Refused(status, body);
        }
        return status >= 500 || status == 429 || status == 408 ? new Reply.Unreachable("status " + status) : new Reply.Rejected(status, body);
    }
}
