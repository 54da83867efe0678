package io.tunesmith.app;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.postgres.embedded.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;

/**
 * The PostgreSQL that the service uses: its own, or the one that {@code TUNESMITH_DB_URL} (with {@code _USER} and {@code _PASSWORD}) names.
 *
 * @param own present if it is ours to end
 */
record Database(String url, String user, String password, Optional<PostgresServer> own) {

    /** The server that the environment names, if it names one; it answers. */
    static Optional<Database> named(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("TUNESMITH_DB_URL")).filter(url -> !url.isBlank()).map(url -> external(url, environment));
    }

    /** Whether nobody else can use it: its data folder is locked. */
    boolean alone() {
        return own.isPresent();
    }

    /** The same for every service on this database, however its URL is written. */
    String identity() {
        try (Connection connection = DriverManager.getConnection(url, user, password); Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select system_identifier || '/' || current_database() from pg_control_system()")) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            return unreachable(firstLine(e)).url();
        }
    }

    void end() {
        own.ifPresent(PostgresServer::stop);
    }

    static Database embedded(Path dataDir, Map<String, String> environment) {
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
            return unreachable(firstLine(e));
        }
    }

    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static Database unreachable(String why) {
        throw Failure.BadRequest.of(FailureCode.SERVER_UNREACHABLE, "TUNESMITH_DB_URL", "the PostgreSQL server cannot be used: " + why)
                .hint("check TUNESMITH_DB_URL, TUNESMITH_DB_USER and TUNESMITH_DB_PASSWORD").asException();
    }
}
