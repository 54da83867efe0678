package io.tunesmith.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tunesmith.core.FailureException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableReaderTest {
    @TempDir
    private Path folder;

    private Table read(String text) throws IOException {
        Path file = folder.resolve("data.csv");
        Files.writeString(file, text);
        return TableReader.csv(file, Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void theDelimiterIsFound(String delimiter) throws IOException {
        Table table = read(String.join("\n", "a_b", "1_2", "3_4").replace("_", delimiter));
        assertThat(table.names()).containsExactly("a", "b");
        assertThat(table.required("b")).containsExactly("2", "4");
    }

    @Test
    void quotesByteOrderMarkBlankLinesAndLineBreaksInCellsAreRead() throws IOException {
        Table table = read("\uFEFFname,\"text, long\"\r\n\"a \"\"b\"\"\",\"one\ntwo\"\r\n\r\nc,\r\n");
        assertThat(table.names()).containsExactly("name", "text, long");
        assertThat(table.required("name")).containsExactly("a \"b\"", "c");
        assertThat(table.required("text, long")).containsExactly("one\ntwo", "");
    }

    @Test
    void whatIsNoTableIsSaidToBeNone() throws IOException {
        assertThatThrownBy(() -> read("a,b\n1,2\n3\n")).isInstanceOf(FailureException.class).hasMessage("line 3 has 1 fields, the header has 2");
        assertThatThrownBy(() -> read("")).isInstanceOf(FailureException.class).hasMessage("the file is empty");
        assertThatThrownBy(() -> read("a,a\n1,2\n")).isInstanceOf(FailureException.class).hasMessageContaining("\"a\"");
        Path latin = folder.resolve("latin.csv");
        Files.write(latin, "a,b\nM\u00fcller,2\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> TableReader.csv(latin, Optional.empty())).isInstanceOf(FailureException.class).hasMessageContaining("not UTF-8");
    }

    @Test
    void parquetIsReadInOrderAsText() throws Exception {
        Path file = folder.resolve("data.parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:"); Statement statement = connection.createStatement()) {
            statement.execute("COPY (SELECT i AS n, CASE WHEN i % 2 = 0 THEN NULL ELSE 'odd' END AS s, DATE '2024-01-01' + i::INT AS d FROM range(3000) t(i)) TO '" + file + "' (FORMAT parquet)");
        }
        Table table = TableReader.read(file, "parquet");
        assertThat(table.rows()).isEqualTo(3000);
        assertThat(table.required("n")[2999]).isEqualTo("2999");
        assertThat(table.required("s")).startsWith("", "odd", "");
        assertThat(table.required("d")[1]).isEqualTo("2024-01-02");
        Path bad = folder.resolve("bad.parquet");
        Files.writeString(bad, "not parquet");
        assertThatThrownBy(() -> TableReader.read(bad, "parquet")).isInstanceOf(FailureException.class).hasMessageContaining("cannot be read as Parquet");
    }

    @Test
    void cellsAreReadAsNumbersAndDates() {
        assertThat(Cells.number(" 1.5e3 ")).isEqualTo(1500);
        assertThat(Cells.number("1,234,567.5")).isEqualTo(1_234_567.5);
        assertThat(Cells.number("true")).isEqualTo(1);
        for (String none : new String[] {"", "x", "1f", "0x1p3", "Infinity", "1e999", "12,34"}) {
            assertThat(Cells.number(none)).as(none).isNaN();
        }
        assertThat(Cells.date("2024-02-29").orElseThrow()).hasToString("2024-02-29T00:00");
        assertThat(Cells.date("2024-02-29 10:11:12.5").orElseThrow()).hasToString("2024-02-29T10:11:12.500");
        assertThat(Cells.date("2024-02-29T10:11:12+02").orElseThrow()).hasToString("2024-02-29T08:11:12");
        assertThat(Cells.date("29.2.2024").orElseThrow()).hasToString("2024-02-29T00:00");
        assertThat(Cells.date("2/29/2024").orElseThrow()).hasToString("2024-02-29T00:00");
        assertThat(Cells.date("yesterday")).isEmpty();
        assertThat(Cells.date("2023-02-29")).isEmpty();
    }
}
