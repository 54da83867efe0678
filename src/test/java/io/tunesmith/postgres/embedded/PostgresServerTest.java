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

    @Test
    void aServerThatWasKilledWhileItWroteComesBackOnItsPortWithEverythingThatWasCommitted() throws Exception {
        PostgresServer server = PostgresServer.start(dataDir, CACHE);
        try {
            int committed = writeUntilKilled(server);
            assertThat(server.alive()).isFalse();
            long dead = server.pid();
            String url = server.url();
            server.revive();
            assertThat(server.url()).isEqualTo(url);
            assertThat(server.pid()).isNotEqualTo(dead);
            assertThat(rows(server)).isBetween(committed, committed + 1);
            server.revive();
        } finally {
            server.stop();
        }
        server.revive();
        assertThat(server.alive()).isFalse();
    }

    @Test
    void anUncleanEndIsRecoveredAtTheNextStart() throws Exception {
        PostgresServer server = PostgresServer.start(dataDir, CACHE);
        int committed = writeUntilKilled(server);
        assertThat(dataDir.resolve("postgres/postmaster.pid")).exists();
        PostgresServer again = PostgresServer.start(dataDir, CACHE);
        try {
            assertThat(rows(again)).isBetween(committed, committed + 1);
        } finally {
            again.stop();
        }
    }

    @Test
    void aFolderThatWasHalfMadeIsMadeAnew() throws Exception {
        Files.writeString(Files.createDirectories(dataDir.resolve("postgres.new/base")).resolve("1"), "half");
        Files.createDirectory(dataDir.resolve("postgres"));
        Files.writeString(dataDir.resolve("postgres.password"), "of the first attempt");
        PostgresServer server = PostgresServer.start(dataDir, CACHE);
        try (Connection connection = connect(server, server.password())) {
            assertThat(connection.isValid(5)).isTrue();
            assertThat(dataDir.resolve("postgres.new")).doesNotExist();
        } finally {
            server.stop();
        }
    }

    @Test
    void anEmptyPidFileNamesNobody() throws Exception {
        PostgresServer.start(dataDir, CACHE).stop();
        Files.createFile(dataDir.resolve("postgres/postmaster.pid"));
        PostgresServer server = PostgresServer.start(dataDir, CACHE);
        assertThat(server.alive()).isTrue();
        server.stop();
    }

    @Test
    void aPidThatIsNowThePostgresOfAnotherFolderIsNeitherTakenOverNorEnded() throws Exception {
        Path other = Files.createDirectory(dataDir.resolve("other"));
        PostgresServer stranger = PostgresServer.start(other, CACHE);
        PostgresServer first = PostgresServer.start(dataDir, CACHE);
        String pidFile = Files.readString(dataDir.resolve("postgres/postmaster.pid"));
        first.stop();
        Files.writeString(dataDir.resolve("postgres/postmaster.pid"), pidFile.replaceFirst("\\d+", Long.toString(stranger.pid())));
        PostgresServer second = PostgresServer.start(dataDir, CACHE);
        try {
            assertThat(second.pid()).isNotEqualTo(stranger.pid());
            assertThat(stranger.alive()).isTrue();
        } finally {
            second.stop();
            stranger.stop();
        }
    }

    @Test
    void aCopyOfADataFolderGetsAServerOfItsOwnAlthoughItsPidFileNamesTheOriginals() throws Exception {
        PostgresServer original = PostgresServer.start(dataDir, CACHE);
        try (Connection connection = connect(original, original.password())) {
            connection.createStatement().execute("create table kept as select 42 as n");
            connection.createStatement().execute("checkpoint");
        }
        Path copy = dataDir.resolveSibling(dataDir.getFileName() + "-copy");
        assertThat(new ProcessBuilder("cp", "-a", dataDir.toString(), copy.toString()).start().waitFor()).isZero();
        PostgresServer copied = PostgresServer.start(copy, CACHE);
        try (Connection connection = connect(copied, copied.password()); ResultSet rows = connection.createStatement().executeQuery("select n from kept")) {
            assertThat(rows.next()).isTrue();
            assertThat(copied.pid()).isNotEqualTo(original.pid());
            assertThat(original.alive()).isTrue();
        } finally {
            copied.stop();
            original.stop();
            new ProcessBuilder("rm", "-rf", copy.toString()).start().waitFor();
        }
    }

    /** Returns how many commits were answered before the server was killed in the middle of them. */
    private static int writeUntilKilled(PostgresServer server) throws Exception {
        int committed = 0;
        try (Connection connection = connect(server, server.password())) {
            connection.createStatement().execute("create table kept (n int)");
            Thread.ofPlatform().start(() -> kill(server.pid()));
            while (true) {
                connection.createStatement().execute("insert into kept values (1)");
                committed++;
            }
        } catch (SQLException killed) {
            return committed;
        }
    }

    private static void kill(long pid) {
        try {
            Thread.sleep(300);
            new ProcessBuilder("kill", "-KILL", Long.toString(pid)).start().waitFor();
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int rows(PostgresServer server) throws SQLException {
        try (Connection connection = connect(server, server.password()); ResultSet rows = connection.createStatement().executeQuery("select count(*) from kept")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static Connection connect(PostgresServer server, String password) throws SQLException {
        return DriverManager.getConnection(server.url(), server.user(), password);
    }
}
