package io.tunesmith.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A start that only the JVM watches, to learn which classes a service loads ({@code -XX:AOTCacheOutput}): on a data folder of its own, with a few
 * requests, then the end.
 */
record Rehearsal(String url, String key) {
    private static final List<String> CALLS = List.of("/q/health/live", "/api/v1/runs", "/api/v1/runs/run_00000000000000000000000000", "/api/v1/doctor", "/v1/models");
    private static final List<Post> POSTS = List.of(
            new Post("/mcp", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"rehearsal\",\"version\":\"1\"}}}"),
            new Post("/mcp", "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}"),
            new Post("/mcp", "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call\",\"params\":{\"name\":\"list_runs\",\"arguments\":{}}}"),
            new Post("/v1/chat/completions", "{\"model\":\"tunesmith\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello, what can you do?\"}]}"));

    /** One of each door; none makes anything. */
    private record Post(String path, String body) {}

    static Path folder() {
        try {
            return Files.createTempDirectory("tunesmith-rehearsal");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the exit code. */
    int play() throws IOException {
        for (String call : CALLS) {
            read(open(call));
        }
        for (Post post : POSTS) {
            HttpURLConnection connection = open(post.path());
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setRequestProperty("Accept", "application/json, text/event-stream");
            connection.getOutputStream().write(post.body().getBytes(StandardCharsets.UTF_8));
            read(connection);
        }
        return 0;
    }

    private HttpURLConnection open(String path) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) URI.create(url + path).toURL().openConnection();
        connection.setRequestProperty("Authorization", "Bearer " + key);
        return connection;
    }

    private static void read(HttpURLConnection connection) throws IOException {
        connection.getResponseCode();
        try (InputStream answer = connection.getErrorStream() == null ? connection.getInputStream() : connection.getErrorStream()) {
            answer.readAllBytes();
        }
    }
}
