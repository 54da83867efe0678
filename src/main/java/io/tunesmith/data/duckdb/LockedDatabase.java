package io.tunesmith.data.duckdb;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;

/**
 * A DuckDB in memory that may read the files of one folder and nothing else (no other path, no network, no extension, no change of these
 * settings). A fresh statement for every query; SQL is ours, the only parameter is the file. For one thread.
 */
final class LockedDatabase implements AutoCloseable {
    private final Connection connection;

    private LockedDatabase(Connection connection) {
        this.connection = connection;
    }

    /** What the database may use of the machine. */
    record Allowance(int threads, long memoryBytes) {
        static final Allowance USUAL = new Allowance(2, 2_000_000_000L);
    }

    static LockedDatabase over(Path folder, Allowance allowance) throws SQLException {
        Properties streaming = new Properties();
        streaming.setProperty("jdbc_stream_results", "true");
        LockedDatabase database = new LockedDatabase(DriverManager.getConnection("jdbc:duckdb:", streaming));
        try {
            for (String setting : settings(folder, allowance)) {
                database.execute(setting);
            }
            return database;
        } catch (SQLException e) {
            database.close();
            throw e;
        }
    }

    private static List<String> settings(Path folder, Allowance allowance) {
        return List.of("SET threads=" + allowance.threads(), "SET memory_limit='" + Math.max(allowance.memoryBytes() >> 20, 64) + "MiB'",
                "SET autoload_known_extensions=false", "SET autoinstall_known_extensions=false", "SET preserve_insertion_order=true",
                "SET temp_directory=" + quoted(folder.resolve(".spill").toString()), "SET allowed_directories=[" + quoted(folder.toString()) + "]",
                "SET enable_external_access=false", "SET lock_configuration=true");
    }

    static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Reads a result; only valid during the call. */
    @FunctionalInterface
    interface Reading<T> {
        T read(ResultSet rows) throws SQLException;
    }

    /** Runs the query with every parameter set to the file. */
    <T> T query(String sql, Path file, Reading<T> reading) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, file.toString());
            try (ResultSet rows = statement.executeQuery()) {
                return reading.read(rows);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
