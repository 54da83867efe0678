package io.tunesmith.app.backup;

import io.tunesmith.api.rest.BackupFile;
import io.tunesmith.api.rest.WireJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** Copies all rows of one moment, by one transaction that reads only. Nothing waits for it. */
final class DatabaseCopy {
    private static final int PIECE = 4 << 20;
    private final DataSource database;

    DatabaseCopy(DataSource database) {
        this.database = database;
    }

    /**
     * What the copied rows name.
     *
     * @param runs all of them
     * @param open those that have not ended
     */
    record Copied(String schema, Instant at, Set<String> runs, Set<String> open, Set<String> datasets, Set<String> files) {}

    Copied write(BackupTar tar) throws SQLException, IOException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try {
                statement.execute("set transaction isolation level repeatable read, read only");
                statement.execute("set local idle_in_transaction_session_timeout = 0");
                Copied copied = copied(statement);
                List<Table> tables = Table.all(connection);
                tar.add(BackupFile.TABLES, WireJson.write(tables).getBytes(StandardCharsets.UTF_8));
                for (Table table : tables) {
                    rows(connection, table, tar);
                }
                return copied;
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private static void rows(Connection connection, Table table, BackupTar tar) throws SQLException, IOException {
        try (Pieces pieces = new Pieces(table.name(), tar)) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyOut(table.copy("to stdout"), pieces);
        }
    }

    private static Copied copied(Statement statement) throws SQLException {
        String schema = strings(statement, "select version from flyway_schema_history where success and version is not null order by installed_rank desc limit 1").iterator().next();
        return new Copied(schema, now(statement), strings(statement, "select id from run"), strings(statement, "select id from run where ended is null"),
                strings(statement, "select id from dataset"), strings(statement, "select id from stored_file"));
    }

    private static Instant now(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select now()")) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    private static Set<String> strings(Statement statement, String sql) throws SQLException {
        Set<String> strings = new HashSet<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
        }
        return strings;
    }

    /** Cuts rows into entries of known length, since a tar file says the length first. */
    private static final class Pieces extends OutputStream {
        private final String table;
        private final BackupTar tar;
        private final byte[] buffer = new byte[PIECE];
        private int used;
        private int number;

        Pieces(String table, BackupTar tar) {
            this.table = table;
            this.tar = tar;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            for (int done = 0; done < length; ) {
                int step = Math.min(length - done, PIECE - used);
                System.arraycopy(bytes, offset + done, buffer, used, step);
                used += step;
                done += step;
                if (used == PIECE) {
                    cut();
                }
            }
        }

        private void cut() throws IOException {
            tar.add(BackupFile.DATABASE + table + "/" + String.format(Locale.ROOT, "%05d", number++) + ".copy", Arrays.copyOf(buffer, used));
            used = 0;
        }

        @Override
        public void close() throws IOException {
            if (used > 0) {
                cut();
            }
        }
    }
}
