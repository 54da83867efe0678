package io.tunesmith.app.backup;

import io.tunesmith.api.rest.Backup;
import io.tunesmith.api.rest.BackupFile;
import io.tunesmith.api.rest.BackupManifest;
import io.tunesmith.api.rest.WireJson;
import io.tunesmith.postgres.DataFolder;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Writes a backup while the service works: first the rows of one moment, then the files that they name. Files never change once a row names them, so what is
 * written later belongs to the rows all the same. Thread-safe.
 */
@Singleton
public final class BackupWriter implements Backup {
    private final DataSource database;
    private final DataFolder data;
    private final String version;

    public BackupWriter(DataSource database, DataFolder data, @ConfigProperty(name = "quarkus.application.version", defaultValue = "unknown") String version) {
        this.database = database;
        this.data = data;
        this.version = version;
    }

    @Override
    public void write(OutputStream out) throws IOException {
        try (BackupTar tar = new BackupTar(out)) {
            DatabaseCopy.Copied copied = new DatabaseCopy(database).write(tar);
            for (Path file : new KeptFiles(data.root(), copied).list()) {
                tar.add(BackupFile.FILES + data.root().relativize(file), file);
            }
            BackupManifest manifest = new BackupManifest(BackupManifest.FORMAT, version, copied.schema(), copied.at(), copied.runs().size(), copied.datasets().size(), tar.entries());
            tar.add(BackupManifest.NAME, WireJson.write(manifest).getBytes(StandardCharsets.UTF_8));
            tar.finish();
        } catch (SQLException e) {
            throw new IOException("the database cannot be copied: " + e.getMessage(), e);
        }
    }
}
