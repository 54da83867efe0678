package io.tunesmith.data.duckdb;

import io.tunesmith.data.DataFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A file that was checked to be a table: at least two named columns, at least {@value Refusal#FEWEST_ROWS} rows, as many cells in each. */
sealed interface Table permits CsvTable, ParquetTable {
    Path file();

    List<String> names();

    /** What was changed in order to read it. */
    List<String> notes();

    long rows();

    String encoding();

    Optional<String> delimiter();

    /** SQL that yields the cells as VARCHAR in columns {@code c0}, {@code c1}, …; its one parameter is the file. */
    String relation();

    /** Shows every row in file order, cells as in the file; a null of Parquet is an empty text. */
    void forEach(RowVisitor visitor) throws IOException;

    /** Takes one row; the list is valid during the call only. */
    @FunctionalInterface
    interface RowVisitor {
        void row(int number, List<String> cells) throws IOException;
    }

    /** Opens and checks the whole file; what is wrong with it is a {@link io.tunesmith.core.Failure.BadRequest} on field {@code data}. */
    static Table open(Path file, DataFormat format) {
        try {
            Table table = switch (format) {
                case CSV -> CsvTable.read(file);
                case PARQUET -> ParquetTable.read(file);
            };
            if (table.rows() < Refusal.FEWEST_ROWS) {
                throw Refusal.tooFewRows(table.rows()).asException();
            }
            return table;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
