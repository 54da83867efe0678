package io.tunesmith.app;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.tunesmith.postgres.embedded.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A real PostgreSQL on a fresh data folder, for as long as Quarkus runs. */
public final class PostgresResource implements QuarkusTestResourceLifecycleManager {
    private PostgresServer server;

    @Override
    public Map<String, String> start() {
        try {
            Path dataDir = Files.createTempDirectory("tunesmith-test");
            server = PostgresServer.start(dataDir, cache());
            return Map.of("quarkus.datasource.jdbc.url", server.url(), "quarkus.datasource.username", server.user(), "quarkus.datasource.password", server.password(),
                    "tunesmith.data-dir", dataDir.toString(), "tunesmith.wait-s", "1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path cache() {
        return Path.of("target/postgres").toAbsolutePath();
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop();
        }
    }
}
