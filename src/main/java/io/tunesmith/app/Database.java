package io.tunesmith.app;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.postgres.embedded.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/**
 * The PostgreSQL that the service uses: its own, or the one that {@code TUNESMITH_DB_URL} (with {@code _USER} and {@code _PASSWORD}) names.
 *
 * @param own present if it is ours to end
 */
record Database(String url, String user, String password, Optional<PostgresServer> own) {

    static Database bringUp(Path dataDir, Map<String, String> environment) {
        Optional<String> named = Optional.ofNullable(environment.get("TUNESMITH_DB_URL")).filter(url -> !url.isBlank());
        return named.map(url -> external(url, environment)).orElseGet(() -> embedded(dataDir, environment));
    }

    void end() {
        own.ifPresent(PostgresServer::stop);
    }

    private static Database embedded(Path dataDir, Map<String, String> environment) {
        PostgresServer server = PostgresServer.start(dataDir, cache(environment));
        return new Database(server.url(), server.user(), server.password(), Optional.of(server));
    }

    private static Path cache(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("XDG_CACHE_HOME")).filter(folder -> !folder.isBlank()).map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".cache")).resolve("tunesmith").toAbsolutePath();
    }

    private static Database external(String url, Map<String, String> environment) {
        Database database = new Database(url, environment.getOrDefault("TUNESMITH_DB_USER", ""), environment.getOrDefault("TUNESMITH_DB_PASSWORD", ""), Optional.empty());
        if (!url.startsWith("jdbc:postgresql:")) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "TUNESMITH_DB_URL", "\"" + url + "\" is no URL of a PostgreSQL server")
                    .allowed("jdbc:postgresql://HOST:PORT/DATABASE").asException();
        }
        try (Connection connection = DriverManager.getConnection(url, database.user, database.password)) {
            return connection.isValid(5) ? database : unreachable("it does not answer");
        } catch (SQLException e) {
            return unreachable(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private static Database unreachable(String why) {
        throw Failure.BadRequest.of(FailureCode.SERVER_UNREACHABLE, "TUNESMITH_DB_URL", "the PostgreSQL server cannot be used: " + why)
                .hint("check TUNESMITH_DB_URL, TUNESMITH_DB_USER and TUNESMITH_DB_PASSWORD").asException();
    }
}
