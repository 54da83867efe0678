package io.tunesmith.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {
    private static final Path CACHE = Path.of("target/postgres").toAbsolutePath();

    @TempDir
    Path dataDir;

    @Test
    void whatIsStoredOutlivesTheServer() throws Exception {
        PostgresServer server = PostgresServer.start(dataDir, CACHE);
        try (Connection connection = connect(server, server.password())) {
            connection.createStatement().execute("create table kept as select 42 as n");
        } finally {
            server.stop();
        }
        assertThat(ProcessHandle.of(server.pid())).isEmpty();
        PostgresServer again = PostgresServer.start(dataDir, CACHE);
        try (Connection connection = connect(again, again.password()); ResultSet rows = connection.createStatement().executeQuery("select n from kept")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(42);
        } finally {
            again.stop();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dataDir.resolve("postgres.password")))).isEqualTo("rw-------");
    }

    @Test
    void aServerThatWasLeftRunningIsTakenOverAndAnotherFoldersIsNot() throws Exception {
        PostgresServer left = PostgresServer.start(dataDir, CACHE);
        Path other = Files.createDirectory(dataDir.resolve("other"));
        PostgresServer otherServer = PostgresServer.start(other, CACHE);
        try {
            PostgresServer adopted = PostgresServer.start(dataDir, CACHE);
            assertThat(adopted.pid()).isEqualTo(left.pid());
            assertThat(otherServer.pid()).isNotEqualTo(left.pid());
            assertThatThrownBy(() -> connect(adopted, "wrong")).isInstanceOf(SQLException.class).hasMessageContaining("password");
            assertThat(adopted.url()).contains("127.0.0.1");
        } finally {
            left.stop();
            otherServer.stop();
        }
    }

    @Test
    void aPidFileThatNamesAnotherProcessIsNotBelieved() throws Exception {
        PostgresServer first = PostgresServer.start(dataDir, CACHE);
        String pidFile = Files.readString(dataDir.resolve("postgres/postmaster.pid"));
        first.stop();
        Files.writeString(dataDir.resolve("postgres/postmaster.pid"), pidFile.replaceFirst("\\d+", Long.toString(ProcessHandle.current().pid())));
        PostgresServer second = PostgresServer.start(dataDir, CACHE);
        assertThat(second.pid()).isNotEqualTo(ProcessHandle.current().pid());
        second.stop();
    }

    @Test
    void aFolderOfAnotherMajorVersionIsRefusedAndNotTouched() throws Exception {
        Path version = Files.createDirectory(dataDir.resolve("postgres")).resolve("PG_VERSION");
        Files.writeString(version, "12\n");
        assertThatThrownBy(() -> PostgresServer.start(dataDir, CACHE)).isInstanceOfSatisfying(FailureException.class, e -> {
            assertThat(e.failure().code()).isEqualTo(FailureCode.DATA_UNREADABLE);
            assertThat(e).hasMessageContaining("PostgreSQL 12").hasMessageContaining("PostgreSQL 18");
        });
        assertThat(version).hasContent("12\n");
    }

    private static Connection connect(PostgresServer server, String password) throws SQLException {
        return DriverManager.getConnection(server.url(), server.user(), password);
    }
}
