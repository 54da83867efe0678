package io.tunesmith.app.backup;

import io.tunesmith.api.rest.BackupFile;
import io.tunesmith.api.rest.BackupManifest;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Makes a new data folder from a backup: the schema of the version that wrote it, its rows in one transaction, its files. Until the end the folder is marked
 * as unfinished, and no service starts on it.
 */
public final class Restore {
    private static final String MARK = "restore.unfinished";
    private final BackupFile backup;
    private final BackupManifest manifest;

    private Restore(BackupFile backup, BackupManifest manifest) {
        this.backup = backup;
        this.manifest = manifest;
    }

    /**
     * Reads the whole file and looks at the folder; changes nothing.
     *
     * @throws io.tunesmith.core.FailureException for a file that is damaged, and for a folder that is not empty
     */
    public static Restore prepare(Path file, Path dataDir) {
        if (!Files.isRegularFile(file)) {
            throw Failure.BadRequest.of(FailureCode.NOT_FOUND, "file", "there is no file " + file).asException();
        }
        if (!empty(dataDir)) {
            throw Failure.BadRequest.of(FailureCode.REFUSED, "--data-dir", dataDir + " is not empty, and a backup is restored only into a folder of its own")
                    .allowed("an empty folder, or one that is not there").asException();
        }
        BackupFile backup = new BackupFile(file);
        return new Restore(backup, backup.check());
    }

    /** Refuses a folder in which a restore was cut off. */
    public static void checkFinished(Path dataDir) {
        if (Files.exists(dataDir.resolve(MARK))) {
            throw Failure.BadRequest.of(FailureCode.DATA_UNREADABLE, "data-dir", "a backup was being restored into " + dataDir + " and this was cut off")
                    .hint("delete the folder and restore again").asException();
        }
    }

    /** Marks the folder as unfinished; before anything else is made in it. */
    public void begin(Path dataDir) throws IOException {
        Files.createFile(dataDir.resolve(MARK));
    }

    /**
     * Fills database and folder and takes the mark away.
     *
     * @throws io.tunesmith.core.FailureException {@code DATA_UNREADABLE} for a backup of a newer version
     */
    public BackupManifest into(DataSource database, Path dataDir) throws IOException, SQLException {
        FluentConfiguration flyway = Flyway.configure(Restore.class.getClassLoader()).locations("classpath:db/migration").dataSource(database);
        checkSchema(flyway);
        flyway.target(MigrationVersion.fromVersion(manifest.schema())).load().migrate();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            Rows rows = new Rows(connection);
            backup.each((name, bytes) -> place(name, bytes, rows, dataDir));
            rows.end();
            connection.commit();
        }
        Files.delete(dataDir.resolve(MARK));
        return manifest;
    }

    /** @throws io.tunesmith.core.FailureException {@code REFUSED} if there are tables in it already */
    public static void checkEmpty(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement();
                ResultSet tables = statement.executeQuery("select count(*) from information_schema.tables where table_schema = current_schema()")) {
            tables.next();
            if (tables.getInt(1) > 0) {
                throw Failure.BadRequest.of(FailureCode.REFUSED, "TUNESMITH_DB_URL", "the database is not empty").hint("create a new one: create database NAME").asException();
            }
        }
    }

    /** Takes back all that was made. */
    public static void undo(Path dataDir) throws IOException {
        try (Stream<Path> files = Files.walk(dataDir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).filter(file -> !file.equals(dataDir)).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void place(String name, InputStream bytes, Rows rows, Path dataDir) throws IOException {
        if (name.startsWith(BackupFile.DATABASE)) {
            rows.take(name, bytes);
        } else if (name.startsWith(BackupFile.FILES)) {
            Path target = dataDir.resolve(name.substring(BackupFile.FILES.length())).normalize();
            if (!target.startsWith(dataDir)) {
                throw new IOException("an entry outside of the data folder: " + name);
            }
            Files.createDirectories(target.getParent(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.copy(bytes, target);
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-------"));
        }
    }

    private void checkSchema(FluentConfiguration flyway) {
        MigrationVersion known = Arrays.stream(flyway.load().info().all()).map(MigrationInfo::getVersion).max(MigrationVersion::compareTo).orElse(MigrationVersion.EMPTY);
        if (MigrationVersion.fromVersion(manifest.schema()).isNewerThan(known)) {
            throw BackupFile.newer(backup.path(), manifest).asException();
        }
    }

    private static boolean empty(Path folder) {
        if (!Files.exists(folder)) {
            return true;
        }
        try (Stream<Path> content = Files.list(folder)) {
            return content.findAny().isEmpty();
        } catch (IOException e) {
            return false;
        }
    }
}
