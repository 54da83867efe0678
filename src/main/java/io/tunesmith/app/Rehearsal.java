package io.tunesmith.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
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
    private static final List<String> CALLS = List.of("/q/health/live", "/api/v1/runs", "/api/v1/runs/run_00000000000000000000000000", "/api/v1/doctor");

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
            HttpURLConnection connection = (HttpURLConnection) URI.create(url + call).toURL().openConnection();
            connection.setRequestProperty("Authorization", "Bearer " + key);
            connection.getResponseCode();
            try (InputStream answer = connection.getErrorStream() == null ? connection.getInputStream() : connection.getErrorStream()) {
                answer.readAllBytes();
            }
        }
        return 0;
    }
}
