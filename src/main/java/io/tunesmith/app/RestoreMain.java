package io.tunesmith.app;

import io.tunesmith.api.rest.BackupManifest;
import io.tunesmith.app.backup.Restore;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.ds.PGSimpleDataSource;

/** {@code tunesmith restore}: no service runs; PostgreSQL is started for it and ended after it. */
final class RestoreMain {
    /** Held, since the logging forgets levels of loggers that nobody holds. */
    private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

    private RestoreMain() {}

    static void restore(Path file, Path dataDir) {
        FLYWAY.setLevel(Level.WARNING);
        Restore restore = Restore.prepare(file, dataDir);
        Optional<Database> named = Database.named(System.getenv());
        named.map(RestoreMain::source).ifPresent(RestoreMain::checkEmpty);
        Optional<DataDirLock> lock = named.map(database -> DataDirLock.share(dataDir, database.identity())).orElseGet(() -> DataDirLock.take(dataDir));
        if (lock.isEmpty()) {
            throw Failure.BadRequest.of(FailureCode.REFUSED, "--data-dir", "a service is already running on " + dataDir).asException();
        }
        say(fill(restore, named, dataDir), dataDir);
    }

    private static BackupManifest fill(Restore restore, Optional<Database> named, Path dataDir) {
        try {
            return filled(restore, named, dataDir);
        } catch (IOException | SQLException | FlywayException e) {
            takeBack(dataDir);
            throw Failure.BadRequest.of(FailureCode.ENVIRONMENT, "data-dir", "the backup was not restored into " + dataDir + ": " + e.getMessage())
                    .hint("nothing is left of it in the folder; a database that TUNESMITH_DB_URL names must be made anew").asException();
        } catch (FailureException e) {
            takeBack(dataDir);
            throw e;
        }
    }

    private static BackupManifest filled(Restore restore, Optional<Database> named, Path dataDir) throws IOException, SQLException {
        restore.begin(dataDir);
        Database database = named.orElseGet(() -> Database.embedded(dataDir, System.getenv()));
        try {
            return restore.into(source(database), dataDir);
        } finally {
            database.end();
        }
    }

    private static void takeBack(Path dataDir) {
        try {
            Restore.undo(dataDir);
        } catch (IOException e) {
            System.err.println("tunesmith: delete " + dataDir + " before you try again: " + e.getMessage());
        }
    }

    private static void checkEmpty(PGSimpleDataSource database) {
        try {
            Restore.checkEmpty(database);
        } catch (SQLException e) {
            throw Failure.BadRequest.of(FailureCode.SERVER_UNREACHABLE, "TUNESMITH_DB_URL", "the PostgreSQL server cannot be used: " + e.getMessage()).asException();
        }
    }

    private static PGSimpleDataSource source(Database database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.url());
        source.setUser(database.user());
        source.setPassword(database.password());
        return source;
    }

    private static void say(BackupManifest manifest, Path dataDir) {
        System.out.println("Restored into " + dataDir + ": runs " + manifest.runs() + ", data sets " + manifest.datasets() + ", as of " + manifest.made() + ".");
        System.out.println("Keys that opened the service then open it again; a new one for this folder is made at the first start:");
        System.out.println("  tunesmith serve --data-dir " + dataDir);
    }
}
