package io.tunesmith.data.duckdb;

import io.tunesmith.core.Failure;
import io.tunesmith.data.duckdb.LockedDatabase.Allowance;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A Parquet file; every cell as DuckDB writes it as text.
 *
 * @param stored the names as DuckDB tells them
 */
record ParquetTable(Path file, List<String> stored, Header header, long rows) implements Table {

    static ParquetTable read(Path file) throws IOException {
        if (!FileCheck.parquet(FileCheck.head(file))) {
            throw Refusal.unreadable("\"" + file.getFileName() + "\" is no Parquet file: it does not begin with PAR1").allowed("Parquet, or CSV in UTF-8")
                    .hint("if it is CSV, give it a name that ends in .csv").asException();
        }
        Path real = file.toRealPath();
        try (LockedDatabase database = LockedDatabase.over(real.getParent(), Allowance.USUAL)) {
            List<String> stored = database.query("DESCRIBE SELECT * FROM read_parquet(?)", real, ParquetTable::firstColumn);
            long rows = database.query("SELECT count(*) FROM read_parquet(?)", real, found -> found.next() ? found.getLong(1) : 0);
            return new ParquetTable(real, stored, Header.of(stored), rows);
        } catch (SQLException e) {
            throw unreadable(e).asException();
        }
    }

    private static List<String> firstColumn(ResultSet found) throws SQLException {
        List<String> names = new ArrayList<>();
        while (found.next()) {
            names.add(found.getString(1));
        }
        return names;
    }

    private static Failure unreadable(SQLException e) {
        return Refusal.unreadable("the file cannot be read as Parquet: " + Refusal.shortened(String.valueOf(e.getMessage()))).allowed("a whole Parquet file")
                .hint("write it again; it may be cut off");
    }

    @Override
    public List<String> names() {
        return header.names();
    }

    @Override
    public List<String> notes() {
        return header.notes();
    }

    @Override
    public String encoding() {
        return "UTF-8";
    }

    @Override
    public Optional<String> delimiter() {
        return Optional.empty();
    }

    @Override
    public String relation() {
        return IntStream.range(0, stored.size()).mapToObj(i -> "CAST(\"" + stored.get(i).replace("\"", "\"\"") + "\" AS VARCHAR) AS c" + i)
                .collect(Collectors.joining(", ", "SELECT ", " FROM read_parquet(?)"));
    }

    @Override
    public void forEach(RowVisitor visitor) throws IOException {
        try (LockedDatabase database = LockedDatabase.over(file.getParent(), Allowance.USUAL)) {
            Optional<IOException> stopped = database.query(relation(), file, found -> show(found, visitor));
            if (stopped.isPresent()) {
                throw stopped.get();
            }
        } catch (SQLException e) {
            throw unreadable(e).asException();
        }
    }

    private Optional<IOException> show(ResultSet found, RowVisitor visitor) throws SQLException {
        String[] cells = new String[stored.size()];
        try {
            for (int number = 0; found.next(); number++) {
                for (int i = 0; i < cells.length; i++) {
                    String cell = found.getString(i + 1);
                    cells[i] = cell == null ? "" : cell;
                }
                visitor.row(number, Arrays.asList(cells));
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }
}
