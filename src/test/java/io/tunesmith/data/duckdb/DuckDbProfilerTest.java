package io.tunesmith.data.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.contract.Wire;
import io.tunesmith.data.ColumnProfile;
import io.tunesmith.data.ColumnType;
import io.tunesmith.data.DataFormat;
import io.tunesmith.data.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbProfilerTest {
    @TempDir
    Path folder;

    @Test
    void penguinsAreProfiledAsAnAnalystWould() {
        Profile profile = DuckDbProfiler.profile(Tables.PENGUINS, DataFormat.CSV);
        assertThat(profile.rows()).isEqualTo(344);
        assertThat(profile.duplicateRows()).isZero();
        assertThat(profile.delimiter()).contains(",");
        ColumnProfile species = profile.column("species").orElseThrow();
        assertThat(species.type()).isEqualTo(ColumnType.CATEGORICAL);
        assertThat(species.top().getFirst()).isEqualTo(new ColumnProfile.ValueCount("Adelie", 152));
        ColumnProfile mass = profile.column("body_mass_g").orElseThrow();
        assertThat(mass.type()).isEqualTo(ColumnType.NUMERIC);
        assertThat(mass.whole()).isTrue();
        assertThat(mass.missing()).isEqualTo(2);
        assertThat(mass.numbers().orElseThrow().mean()).isBetween(4201.75, 4201.76);
        assertThat(profile.column("sex").orElseThrow().missing()).isEqualTo(11);
        ColumnProfile year = profile.column("year").orElseThrow();
        assertThat(year.type()).isEqualTo(ColumnType.NUMERIC);
        assertThat(year.reason()).contains("only 3 different whole numbers");
    }

    @Test
    void profileSurvivesTheWire() {
        Profile profile = DuckDbProfiler.profile(Tables.PENGUINS, DataFormat.CSV);
        assertThat(Wire.read(Wire.write(profile), Profile.class)).isEqualTo(profile);
        assertThat(Wire.write(profile)).contains("\"duplicate_rows\"");
    }

    @Test
    void everyTypeIsTold() throws IOException {
        Path file = Tables.csv(folder, "row_id;uuid;customer_no;active;flag;signup;when;zip;city;note;same;empty;price;amount", 200,
                i -> String.join(";", "" + (1000 + i), String.format("%08x-0000-4000-8000-%012x", i, i), "C" + i + "x", i % 3 == 0 ? "Yes" : "no", "" + i % 2,
                        String.format("2024-01-%02d", 1 + i % 28), String.format("%d/%d/2023", 1 + i % 12, 1 + i % 28), String.format("%05d", 1000 + i % 40),
                        i % 2 == 0 ? "Bern" : "Basel", "a rather long remark about customer " + i + " who wrote to us twice about the delivery", "x",
                        i % 2 == 0 ? "" : "n/a", i == 7 ? "free" : "" + i % 50 * 1.5, i % 9 + 1 + "," + String.format("%03d", i)));
        Profile profile = DuckDbProfiler.profile(file, DataFormat.CSV);
        assertThat(profile.delimiter()).contains(";");
        assertThat(profile.columns().stream().map(ColumnProfile::type)).containsExactly(ColumnType.ID, ColumnType.ID, ColumnType.ID, ColumnType.BOOLEAN, ColumnType.BOOLEAN,
                ColumnType.DATE, ColumnType.DATE, ColumnType.CATEGORICAL, ColumnType.CATEGORICAL, ColumnType.TEXT, ColumnType.CONSTANT, ColumnType.CONSTANT, ColumnType.NUMERIC, ColumnType.NUMERIC);
        assertThat(profile.column("flag").orElseThrow().numbers()).isPresent();
        assertThat(profile.column("price").orElseThrow().reason().orElseThrow()).contains("\"free\"");
        assertThat(profile.column("amount").orElseThrow().numbers().orElseThrow().min()).isEqualTo(1000);
        assertThat(profile.findings()).anyMatch(text -> text.contains("A key")).anyMatch(text -> text.contains("\"same\"")).anyMatch(text -> text.contains("Dates: \"signup\""));
    }

    @Test
    void missingWordsAreMissing() throws IOException {
        String[] words = {"", "NA", "N/A", "NaN", "null", "None", "?", "-", " na ", "NULL"};
        Profile profile = DuckDbProfiler.profile(Tables.csv(folder, "x,y", 20, i -> (i < 10 ? words[i] : "" + i * i) + "," + i % 7 * 0.5), DataFormat.CSV);
        ColumnProfile x = profile.column("x").orElseThrow();
        assertThat(x.missing()).isEqualTo(10);
        assertThat(x.type()).isEqualTo(ColumnType.NUMERIC);
        assertThat(profile.findings()).anyMatch(text -> text.contains("\"x\" (50.0 %)"));
    }

    @Test
    void duplicateRowsAreCounted() throws IOException {
        Profile profile = DuckDbProfiler.profile(Tables.csv(folder, "a,b", 30, i -> i / 2 % 10 + ",x" + i / 2), DataFormat.CSV);
        assertThat(profile.duplicateRows()).isEqualTo(15);
        assertThat(profile.findings()).anyMatch(text -> text.startsWith("15 rows repeat"));
    }

    @Test
    void quotesLineBreaksMarkAndTabsAreRead() throws IOException {
        Profile profile = DuckDbProfiler.profile(Tables.csv(folder, "\uFEFFname\tremark\tsize", 20, i -> "n" + i % 3 + "\t\"two\nlines, \"\"quoted\"\"\"\t5\" pipe " + i), DataFormat.CSV);
        assertThat(profile.rows()).isEqualTo(20);
        assertThat(profile.delimiter()).contains("tab");
        assertThat(profile.encoding()).isEqualTo("UTF-8 with byte-order mark");
        assertThat(profile.columnNames()).containsExactly("name", "remark", "size");
    }

    @Test
    void repeatedAndEmptyNamesAreNumbered() throws IOException {
        Profile profile = DuckDbProfiler.profile(Tables.csv(folder, "x,x,,x_2,x", 20, i -> i + "," + i * 3 % 7 + ",1,2,3"), DataFormat.CSV);
        assertThat(profile.columnNames()).containsExactly("x", "x_3", "column_3", "x_2", "x_4");
        assertThat(profile.findings()).anyMatch(text -> text.contains("\"x_3\""));
    }

    @Test
    void hugeAndInfiniteNumbersDoNoHarm() throws IOException {
        Profile profile = DuckDbProfiler.profile(Tables.csv(folder, "a,b", 40, i -> (i == 0 ? "1e300" : i == 1 ? "inf" : "" + i * 0.5) + "," + i % 3), DataFormat.CSV);
        assertThat(profile.column("a").orElseThrow().numbers().orElseThrow().max()).isEqualTo(1e300);
        assertThat(Wire.read(Wire.write(profile), Profile.class)).isEqualTo(profile);
    }

    @Test
    void parquetIsProfiledLikeTheSameCsv() throws Exception {
        Path parquet = parquet();
        Profile fromCsv = DuckDbProfiler.profile(Tables.PENGUINS, DataFormat.CSV);
        Profile fromParquet = DuckDbProfiler.profile(parquet, DataFormat.PARQUET);
        assertThat(fromParquet.rows()).isEqualTo(344);
        assertThat(fromParquet.delimiter()).isEmpty();
        assertThat(fromParquet.columns().stream().map(ColumnProfile::type).toList()).isEqualTo(fromCsv.columns().stream().map(ColumnProfile::type).toList());
        assertThat(fromParquet.columns().stream().map(ColumnProfile::missing).toList()).isEqualTo(fromCsv.columns().stream().map(ColumnProfile::missing).toList());
    }

    private Path parquet() throws SQLException {
        Path file = folder.resolve("penguins.parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:"); Statement statement = connection.createStatement()) {
            statement.execute("COPY (SELECT * FROM read_csv('" + Tables.PENGUINS.toAbsolutePath() + "', nullstr='NA')) TO '" + file + "' (FORMAT parquet)");
        }
        return file;
    }

    @Test
    void theDatabaseReadsNothingElse() throws Exception {
        Path outside = Files.writeString(folder.resolve("outside.csv"), "a,b\n1,2\n");
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Files.createSymbolicLink(inside.resolve("link.csv"), outside);
        try (LockedDatabase database = LockedDatabase.over(inside.toRealPath(), LockedDatabase.Allowance.USUAL)) {
            for (Path file : List.of(outside, inside.resolve("../outside.csv"), inside.resolve("link.csv"), Path.of("/etc/passwd"))) {
                assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> database.query("SELECT count(*) FROM read_csv(?, all_varchar=true)", file, rows -> rows.next())))
                        .as(file.toString()).isInstanceOf(SQLException.class).hasMessageContaining("Permission");
            }
        }
    }

    @Test
    void aHundredThousandRowsTakeSeconds() throws IOException {
        Path file = Tables.csv(folder, "id,value,group,text,when", 100_000, i -> i + "," + i * 7919 % 100_003 * 0.25 + ",g" + i % 12 + ",t" + i % 5000 + ",2024-02-" + (10 + i % 19));
        long start = System.nanoTime();
        Profile profile = DuckDbProfiler.profile(file, DataFormat.CSV);
        assertThat((System.nanoTime() - start) / 1e9).isLessThan(15);
        assertThat(profile.column("id").orElseThrow().type()).isEqualTo(ColumnType.ID);
        assertThat(profile.column("value").orElseThrow().distinct()).isEqualTo(100_000);
        assertThat(profile.column("text").orElseThrow().distinct()).isEqualTo(5000);
    }
}
