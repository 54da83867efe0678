package io.tunesmith.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tunesmith.api.rest.ErrorView;
import io.tunesmith.api.rest.Problem;
import io.tunesmith.api.rest.ServiceFile;
import io.tunesmith.api.rest.WireJson;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Speaks to the service over HTTP with the key of its discovery file. An answer that is an error becomes its failure. Thread-safe. */
final class Client {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Data may be large. */
    private static final Duration TRANSFER = Duration.ofMinutes(60);
    private final ServiceFile service;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();

    Client(ServiceFile service) {
        this.service = service;
    }

    String url() {
        return service.url().orElseThrow();
    }

    long pid() {
        return service.pid().orElseThrow();
    }

    boolean answers() {
        try {
            return send(request("/q/health/ready").timeout(Duration.ofSeconds(5)).GET(), BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    JsonNode get(String path) {
        return json(request(path).header("Accept", "application/json").GET());
    }

    JsonNode post(String path, JsonNode body) {
        return json(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body.toString())));
    }

    JsonNode patch(String path, JsonNode body) {
        return json(request(path).header("Content-Type", "application/json").method("PATCH", BodyPublishers.ofString(body.toString())));
    }

    /** The same, to be sent again if its answer is lost: what it makes is made once. */
    JsonNode post(String path, JsonNode body, String idempotencyKey) {
        return json(request(path).header("Content-Type", "application/json").header("Idempotency-Key", idempotencyKey).POST(BodyPublishers.ofString(body.toString())));
    }

    JsonNode delete(String path) {
        return json(request(path).DELETE());
    }

    /** Has the service fetch what the reference names. */
    JsonNode fetch(String reference) {
        return json(request("/api/v1/datasets").timeout(TRANSFER).header("Content-Type", "application/json").POST(BodyPublishers.ofString(Json.MAPPER.createObjectNode().put("ref", reference).toString())));
    }

    /** Streams the file up; the service keeps it under an id. */
    JsonNode upload(Path file) {
        String boundary = "tunesmith-" + Long.toHexString(System.nanoTime());
        String name = file.getFileName().toString().replaceAll("[\"\\r\\n]", "_");
        byte[] head = ("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"\r\nContent-Type: application/octet-stream\r\n\r\n").getBytes(StandardCharsets.UTF_8);
        byte[] tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
        return json(request("/api/v1/datasets").timeout(TRANSFER).header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.ofInputStream(() -> new SequenceInputStream(Collections.enumeration(List.<InputStream>of(new ByteArrayInputStream(head), opened(file), new ByteArrayInputStream(tail)))))));
    }

    /** Writes the answer's body into the file. */
    void download(String path, Path target) {
        try {
            Files.createDirectories(target.toAbsolutePath().getParent());
            HttpResponse<InputStream> response = send(request(path).timeout(TRANSFER).GET(), BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() >= 400) {
                    throw failure(response.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8)).asException();
                }
                Files.copy(body, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw Failure.BadRequest.of(FailureCode.ENVIRONMENT, "out", "cannot write " + target + ": " + e.getMessage()).hint("choose another folder with --out").asException();
        }
    }

    /** One message to the MCP door; the answer's body is one JSON object or a stream of events. */
    HttpResponse<InputStream> mcp(String message, Optional<String> session, String version) throws IOException {
        HttpRequest.Builder request = request("/mcp").timeout(TRANSFER).header("Content-Type", "application/json").header("Accept", "application/json, text/event-stream").POST(BodyPublishers.ofString(message));
        session.ifPresent(id -> request.header("Mcp-Session-Id", id));
        return send(version.isEmpty() ? request : request.header("Mcp-Protocol-Version", version), BodyHandlers.ofInputStream());
    }

    /** Says that a session is over; it is forgotten by itself too. */
    void endMcp(Optional<String> session) {
        try {
            send(request("/mcp").timeout(Duration.ofSeconds(2)).header("Mcp-Session-Id", session.orElseThrow()).DELETE(), BodyHandlers.discarding());
        } catch (IOException e) {
            // It is gone already.
        }
    }

    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static InputStream opened(Path file) {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url() + path)).header("Authorization", "Bearer " + service.key()).timeout(PATIENCE);
    }

    private JsonNode json(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = send(request, BodyHandlers.ofString());
            if (response.statusCode() >= 400) {
                throw failure(response.statusCode(), response.body()).asException();
            }
            return response.body().isBlank() ? Json.MAPPER.createObjectNode() : Json.MAPPER.readTree(response.body());
        } catch (ConnectException e) {
            throw gone().asException();
        } catch (IOException e) {
            throw new Failure.Exhausted(FailureCode.SERVER_UNREACHABLE, "the service at " + url() + " broke off: " + e.getMessage()).asException();
        }
    }

    private Failure gone() {
        return new Failure.Exhausted(FailureCode.SERVER_UNREACHABLE, "the service at " + url() + " does not answer");
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) throws IOException {
        try {
            return http.send(request.build(), handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static Failure failure(int status, String body) {
        try {
            return Errors.read(ErrorView.of(WireJson.readAnswer(body, Problem.class)));
        } catch (IOException e) {
            return new Failure.Exhausted(FailureCode.INTERNAL, "the service answered " + status + " without a reason");
        }
    }
}
