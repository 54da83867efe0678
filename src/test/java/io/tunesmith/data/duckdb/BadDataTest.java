package io.tunesmith.data.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.core.Failure.BadRequest;
import io.tunesmith.core.FailureCode;
import io.tunesmith.data.DataFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadDataTest {
    private static final String ROWS = "1,2\n3,4\n5,6\n7,8\n9,1\n2,3\n4,5\n6,7\n8,9\n1,1\n";

    @TempDir
    Path folder;

    private BadRequest refused(FailureCode code, Path file, DataFormat format) {
        BadRequest refusal = Tables.refusal(() -> DuckDbProfiler.profile(file, format));
        assertThat(refusal.code()).as(refusal.message()).isEqualTo(code);
        assertThat(refusal.field()).contains("data");
        assertThat(refusal.allowed()).as(refusal.message()).isPresent();
        assertThat(refusal.hint()).as(refusal.message()).isPresent();
        return refusal;
    }

    private BadRequest unreadable(byte[] bytes) throws IOException {
        return refused(FailureCode.DATA_UNREADABLE, Files.write(folder.resolve("data.csv"), bytes), DataFormat.CSV);
    }

    private BadRequest unreadable(String text) throws IOException {
        return unreadable(text.getBytes(StandardCharsets.UTF_8));
    }

    private BadRequest unusable(String text) throws IOException {
        return refused(FailureCode.DATA_UNUSABLE, Tables.csv(folder, text), DataFormat.CSV);
    }

    @Test
    void missingFileIsNamed() {
        assertThat(refused(FailureCode.DATA_UNREADABLE, folder.resolve("gone.csv"), DataFormat.CSV).message()).contains("gone.csv");
    }

    @Test
    void emptyFileIsRefused() throws IOException {
        assertThat(unreadable("").message()).isEqualTo("the file is empty");
        assertThat(unreadable("\n\n\n").message()).contains("blank lines");
    }

    @Test
    void tooFewRowsAreRefusedWithTheNumberNeeded() throws IOException {
        assertThat(unusable("a,b\n").message()).contains("a header but no data rows");
        BadRequest one = unusable("a,b\n1,2\n");
        assertThat(one.message()).contains("one data row");
        assertThat(one.allowed()).contains("at least 10 rows");
        assertThat(unusable("a,b\n1,2\n3,4\n").message()).contains("2 data rows");
    }

    @Test
    void oneColumnIsRefused() throws IOException {
        assertThat(unusable("alone\n" + "1\n".repeat(20)).message()).contains("one column");
    }

    @Test
    void raggedRowIsNamedByItsLine() throws IOException {
        BadRequest extra = unreadable("a,b\n" + ROWS + "1,2,3\n");
        assertThat(extra.message()).isEqualTo("line 12 has 3 fields, but the header has 2");
        assertThat(unreadable("a,b\n" + ROWS + "7\n").message()).isEqualTo("line 12 has 1 field, but the header has 2");
    }

    @Test
    void lineNumberCountsQuotedLineBreaks() throws IOException {
        assertThat(unreadable("a,b\n\"x\ny\",2\n" + ROWS + "1,2,3\n").message()).startsWith("line 14 ");
    }

    @Test
    void latin1IsRefusedWithOffsetLineAndConversion() throws IOException {
        BadRequest refusal = unreadable(("name,b\nZürich,2\n" + ROWS).getBytes(StandardCharsets.ISO_8859_1));
        assertThat(refusal.message()).contains("byte 0xFC at offset 8 (line 2)");
        assertThat(refusal.hint().orElseThrow()).contains("iconv -f latin1 -t utf-8");
    }

    @Test
    void badByteFarInIsFound() throws IOException {
        byte[] bytes = ("a,b\n" + "1,é\n".repeat(40_000) + "1,?\n").getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 2] = (byte) 0xE9;
        assertThat(unreadable(bytes).message()).contains("offset " + (bytes.length - 2) + " (line 40002)");
    }

    @Test
    void otherFileKindsAreNamed() throws IOException {
        assertThat(unreadable("PK\u0003\u0004xx").message()).contains("spreadsheet");
        assertThat(unreadable(new byte[] {0x1F, (byte) 0x8B, 8, 0}).message()).contains("gzip");
        assertThat(unreadable("PAR1....").hint().orElseThrow()).contains(".parquet");
        assertThat(unreadable("a,b\n1,2\n".getBytes(StandardCharsets.UTF_16)).hint().orElseThrow()).contains("iconv -f utf-16");
        assertThat(unreadable(new byte[] {7, 8, 0, 1, 2}).message()).contains("binary");
        assertThat(refused(FailureCode.DATA_UNREADABLE, Tables.csv(folder, "a,b\n" + ROWS), DataFormat.PARQUET).message()).contains("no Parquet file");
        assertThat(refused(FailureCode.DATA_UNREADABLE, Tables.csv(folder, "PAR1 and no more"), DataFormat.PARQUET).message()).contains("cannot be read as Parquet");
    }

    @Test
    void headerOfNumbersIsRefused() throws IOException {
        assertThat(unreadable(ROWS).message()).contains("only numbers");
    }

    @Test
    void reservedNamesAreRefused() throws IOException {
        assertThat(unusable("__row,b\n" + ROWS).message()).contains("__row");
        assertThat(unusable("a,__fold\n" + ROWS).message()).contains("__fold");
    }
}
