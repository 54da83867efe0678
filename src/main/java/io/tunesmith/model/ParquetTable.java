package io.tunesmith.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a Parquet file through DuckDB, every column as text, rows in file order. Loads a native library: only in a child process. The
 * database may read the file's own folder and nothing else.
 */
final class ParquetTable {
    private ParquetTable() {}

    static Table read(Path file) {
        try {
            Path real = file.toRealPath();
            return query(real);
        } catch (SQLException e) {
            throw TableReader.unreadable("the file cannot be read as Parquet: " + firstLine(e), "check that it is a whole Parquet file");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no message");
    }

    private static Table query(Path file) throws SQLException, IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file.getFileName() + " is not a file");
        }
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
            for (String setting : lockDown(file)) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(setting);
                }
            }
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT COLUMNS(*)::VARCHAR FROM read_parquet(" + quoted(file.toString()) + ")")) {
                return collect(rows);
            }
        }
    }

    private static List<String> lockDown(Path file) {
        return List.of("SET threads=1", "SET preserve_insertion_order=true", "SET allowed_directories=[" + quoted(file.getParent().toString()) + "]",
                "SET enable_external_access=false", "SET lock_configuration=true");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static Table collect(ResultSet rows) throws SQLException {
        ResultSetMetaData meta = rows.getMetaData();
        List<String> names = new ArrayList<>();
        List<List<String>> columns = new ArrayList<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            names.add(meta.getColumnName(i));
            columns.add(new ArrayList<>());
        }
        int count = 0;
        for (; rows.next(); count++) {
            for (int i = 0; i < names.size(); i++) {
                String cell = rows.getString(i + 1);
                columns.get(i).add(cell == null ? "" : cell);
            }
        }
        return new Table(names, columns.stream().map(column -> column.toArray(String[]::new)).toList(), count);
    }
}
