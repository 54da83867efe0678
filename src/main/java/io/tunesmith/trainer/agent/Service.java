package io.tunesmith.trainer.agent;

import io.tunesmith.contract.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The service at the other end of the callback. It may move: where it does not answer, the file {@code callback} of the attempt's folder says where
 * it is now, if it is there, and a service that does not lead names the one that does ({@value #LEADER}). {@link HttpURLConnection} rather than
 * java.net.http: its first request costs a tenth of the time, and the first request is the claim. Thread-safe: it holds the signal to hurry and
 * where to go on, each of which any thread may set.
 */
final class Service {
    static final String LEADER = "Tunesmith-Leader";
    static final String DIGEST = "Tunesmith-Sha256";
    /** For how long a service that answered before is waited for. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Set<Integer> REFUSALS = Set.of(401, 403, 404, 409, 410);
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int UPLOAD_MILLIS = 60_000;
    /** So often is a new address tried at once. */
    private static final int MOVES = 2;
    private final String told;
    private final Path moved;
    private final String token;
    private final CountDownLatch hurry = new CountDownLatch(1);
    private volatile String url;
    private volatile boolean reachable = true;

    /** @param moved the file that says where the service is now, if not at {@code url} */
    Service(String url, Path moved, String token) {
        this.told = url;
        this.moved = moved;
        this.token = token;
        this.url = url;
    }

    /** What came of a call. */
    sealed interface Reply {
        record Accepted(String body) implements Reply {}

        /** This process is not, or no longer, the one that works on the attempt. */
        record Refused(int status, String body) implements Reply {}

        /** The service does not take this content, now or later. */
        record Rejected(int status, String body) implements Reply {}

        /** @param leader the base URL of the service that can answer, if this one said so */
        record Unreachable(String reason, Optional<String> leader) implements Reply {}
    }

    /** A call's method, its path below the URL, and what is sent. */
    private record Request(String method, String path, Map<String, String> headers, long length, int timeoutMillis, Wire.Content body) {}

    /** From now on nothing is retried. */
    void hurry() {
        hurry.countDown();
    }

    /** How long the next call may take: nothing is waited for while the service is away. */
    Duration patience() {
        return reachable ? PATIENCE : Duration.ZERO;
    }

    /** Posts until it is answered or {@code patience} has passed; waits grow from 0.1 to 5 seconds. */
    Reply post(String path, Object message, Duration patience) {
        byte[] body = Wire.write(message).getBytes(StandardCharsets.UTF_8);
        return call(new Request("POST", path, Map.of("Content-Type", "application/json"), body.length, TIMEOUT_MILLIS, out -> out.write(body)), patience);
    }

    /** Puts the file, as patiently as a post. */
    Reply put(String path, Upload upload, Duration patience) {
        Map<String, String> headers = Map.of("Content-Type", "application/octet-stream", DIGEST, upload.sha256());
        return call(new Request("PUT", path, headers, upload.bytes(), UPLOAD_MILLIS, upload::writeTo), patience);
    }

    private Reply call(Request request, Duration patience) {
        long start = System.nanoTime();
        long wait = 100;
        for (int moves = 0; ; ) {
            Reply reply = once(request);
            reachable = !(reply instanceof Reply.Unreachable);
            if (!(reply instanceof Reply.Unreachable unreachable)) {
                return reply;
            }
            if (move(unreachable) && moves++ < MOVES) {
                continue;
            }
            long left = patience.toNanos() - (System.nanoTime() - start);
            if (left <= 0 || hurried(Math.min(wait, left / 1_000_000 + 1))) {
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

    /** @return whether to go on elsewhere */
    private boolean move(Reply.Unreachable unreachable) {
        String here = url;
        String next = unreachable.leader().flatMap(base -> rebased(here, base)).orElseGet(this::now);
        if (next.equals(here)) {
            return false;
        }
        System.err.println("the service at " + here + " does not answer (" + unreachable.reason() + "); going on at " + next);
        url = next;
        return true;
    }

    private static Optional<String> rebased(String url, String base) {
        try {
            URI leader = URI.create(base.strip());
            boolean usable = leader.getAuthority() != null && ("http".equals(leader.getScheme()) || "https".equals(leader.getScheme()));
            return usable ? Optional.of(leader.getScheme() + "://" + leader.getAuthority() + URI.create(url).getRawPath()) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private String now() {
        try {
            String line = Files.isRegularFile(moved) ? Files.readString(moved).strip() : "";
            return line.matches("https?://\\S+") ? line : told;
        } catch (IOException e) {
            return told;
        }
    }

    private Reply once(Request request) {
        try {
            HttpURLConnection connection = open(request);
            try (OutputStream out = connection.getOutputStream()) {
                request.body().writeTo(out);
            } catch (IOException e) {
                return answeredEarly(connection, e);
            }
            return read(connection);
        } catch (IOException e) {
            return new Reply.Unreachable(String.valueOf(e.getMessage()), Optional.empty());
        }
    }

    private HttpURLConnection open(Request request) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) URI.create(url + request.path()).toURL().openConnection();
        boolean hurried = hurry.getCount() == 0;
        connection.setConnectTimeout(hurried ? 1_000 : TIMEOUT_MILLIS);
        connection.setReadTimeout(hurried ? 2_000 : request.timeoutMillis());
        connection.setRequestMethod(request.method());
        connection.setDoOutput(true);
        connection.setInstanceFollowRedirects(false);
        connection.setRequestProperty("Authorization", "Bearer " + token);
        request.headers().forEach(connection::setRequestProperty);
        connection.setFixedLengthStreamingMode(request.length());
        return connection;
    }

    /** A service may refuse a body before it has read all of it. */
    private static Reply answeredEarly(HttpURLConnection connection, IOException writing) throws IOException {
        try {
            return read(connection);
        } catch (IOException e) {
            writing.addSuppressed(e);
            throw writing;
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
        boolean later = status >= 500 || status == 429 || status == 408;
        Optional<String> leader = status == 503 ? Optional.ofNullable(connection.getHeaderField(LEADER)) : Optional.empty();
        return later ? new Reply.Unreachable("status " + status, leader) : new Reply.Rejected(status, body);
    }
}
