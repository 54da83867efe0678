package io.tunesmith.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.tunesmith.contract.Wire;
import io.tunesmith.core.FailureException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The way to the services: one of them is used at a time. Thread-safe: one volatile field. */
final class Link {
    static final Duration QUICK = Duration.ofSeconds(10);
    private static final Duration TRANSFER = Duration.ofMinutes(30);
    private static final String LEADER = "Tunesmith-Leader";
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();
    private final List<String> servers;
    private volatile String current;

    Link(List<String> servers) {
        this.servers = servers;
        this.current = servers.getFirst();
    }

    /** What came of a call. */
    sealed interface Reply {
        record Answered(String body) implements Reply {}

        /** Asking again is useless. */
        record Refused(int status, String message, Optional<String> hint) implements Reply {}

        /** Not now. @param leader where to ask instead, if the service knows */
        record Later(String why, Optional<String> leader) implements Reply {}
    }

    String current() {
        return current;
    }

    /** The next server of the list; the first one after a leader that is not in it. */
    void next() {
        current = servers.get((servers.indexOf(current) + 1) % servers.size());
    }

    void follow(String leader) {
        current = leader.endsWith("/") ? leader.substring(0, leader.length() - 1) : leader;
    }

    CompletableFuture<Reply> post(String path, String token, Object message, Duration limit) {
        HttpRequest request = request(path, token).timeout(limit).header("Content-Type", "application/json").POST(BodyPublishers.ofString(Wire.write(message))).build();
        return http.sendAsync(request, BodyHandlers.ofString()).handle((response, error) -> error == null ? reply(response, response.body()) : failed(error));
    }

    Reply get(String path, String token) {
        return send(request(path, token).timeout(QUICK).GET());
    }

    /** Bytes for a path of an attempt. */
    Reply sendBytes(String method, String path, String token, BodyPublisher body, Optional<String> sha256) {
        HttpRequest.Builder request = request(path, token).timeout(TRANSFER).header("Content-Type", "application/octet-stream").method(method, body);
        sha256.ifPresent(digest -> request.header("Tunesmith-Sha256", digest));
        return send(request);
    }

    /** Streams a file down. */
    Reply download(String path, String token, Path target) {
        try {
            HttpResponse<InputStream> response = http.send(request(path, token).timeout(TRANSFER).GET().build(), BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() >= 300) {
                    return reply(response, new String(body.readNBytes(Wire.MAX_BYTES), StandardCharsets.UTF_8));
                }
                Files.copy(body, target, StandardCopyOption.REPLACE_EXISTING);
                return new Reply.Answered("");
            }
        } catch (IOException e) {
            return failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.Later("interrupted", Optional.empty());
        }
    }

    private Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return reply(response, response.body());
        } catch (IOException e) {
            return failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.Later("interrupted", Optional.empty());
        }
    }

    private HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create(current + path)).header("Authorization", "Bearer " + token);
    }

    private static Reply reply(HttpResponse<?> response, String body) {
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return new Reply.Answered(body);
        }
        JsonNode problem = problem(body);
        String message = problem.path("detail").asText("").isBlank() ? "it answers " + status : problem.path("detail").asText();
        if (status >= 500 || status == 429 || status == 408) {
            return new Reply.Later(message, response.headers().firstValue(LEADER));
        }
        String hint = problem.path("errors").path(0).path("hint").asText("");
        return new Reply.Refused(status, message, hint.isEmpty() || hint.equals("null") ? Optional.empty() : Optional.of(hint));
    }

    private static JsonNode problem(String body) {
        try {
            return Wire.read(body.isBlank() ? "{}" : body, JsonNode.class);
        } catch (FailureException e) {
            return Wire.MAPPER.createObjectNode();
        }
    }

    /** The JDK's client takes a 401 without a challenge for a broken answer. */
    private static Reply failed(Throwable error) {
        String why = why(error);
        return why.contains("WWW-Authenticate") ? new Reply.Refused(401, "this token is not known", Optional.empty()) : new Reply.Later(why, Optional.empty());
    }

    private static String why(Throwable error) {
        Throwable root = error instanceof java.util.concurrent.CompletionException && error.getCause() != null ? error.getCause() : error;
        return switch (root) {
            case java.net.http.HttpConnectTimeoutException _ -> "no connection within 5 s";
            case java.net.http.HttpTimeoutException _ -> "no answer in time";
            case java.net.ConnectException unreachable when unreachable.getMessage() == null -> "no connection";
            default -> root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        };
    }
}
