package io.tunesmith.app.backup;

import io.tunesmith.api.rest.BackupFile;
import io.tunesmith.api.rest.WireJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Copies rows in, table after table, as their pieces come. Not thread-safe. */
final class Rows {
    private final Connection connection;
    private final Map<String, Table> tables = new LinkedHashMap<>();
    private Optional<Copying> current = Optional.empty();

    private record Copying(String table, CopyIn into) {}

    Rows(Connection connection) {
        this.connection = connection;
    }

    void take(String entry, InputStream bytes) throws IOException {
        if (entry.equals(BackupFile.TABLES)) {
            Arrays.stream(WireJson.readAnswer(new String(bytes.readAllBytes(), StandardCharsets.UTF_8), Table[].class)).forEach(table -> tables.put(table.name(), table));
            return;
        }
        String table = entry.substring(BackupFile.DATABASE.length(), entry.lastIndexOf('/'));
        try {
            CopyIn into = into(table);
            byte[] piece = bytes.readAllBytes();
            into.writeToCopy(piece, 0, piece.length);
        } catch (SQLException e) {
            throw new IOException("the rows of " + table + " cannot be copied: " + e.getMessage(), e);
        }
    }

    void end() throws SQLException {
        if (current.isPresent()) {
            current.get().into().endCopy();
            current = Optional.empty();
        }
    }

    private CopyIn into(String table) throws SQLException, IOException {
        if (current.isEmpty() || !current.get().table().equals(table)) {
            end();
            Table known = Optional.ofNullable(tables.get(table)).orElseThrow(() -> new IOException("rows of a table that is not listed: " + table));
            current = Optional.of(new Copying(table, connection.unwrap(PGConnection.class).getCopyAPI().copyIn(known.copy("from stdin"))));
        }
        return current.get().into();
    }
}
