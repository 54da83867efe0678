package io.tunesmith.data.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.contract.SplitOptions;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.Sha256;
import io.tunesmith.data.SplitRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitterTest {
    @TempDir
    Path folder;

    private static SplitOptions options(String target, boolean stratified, double share, int folds) {
        SplitRule rule = new SplitRule(target, stratified, share, folds);
        return new SplitOptions("csv", target, stratified, share, folds, rule.key(Sha256.of(new byte[0])));
    }

    private SplitOutcome split(Path data, SplitOptions options, String name) {
        return Splitter.split(data, options, folder.resolve(name));
    }

    @Test
    void everyClassIsSplitInTheSameSharesAndNoRowIsLost() throws IOException {
        SplitOutcome outcome = split(Tables.PENGUINS, options("species", true, 0.2, 5), "a");
        assertThat(outcome.rowsTrain()).isEqualTo(275);
        assertThat(outcome.rowsTest()).isEqualTo(69);
        outcome.classes().forEach(rows -> assertThat((double) rows.test()).isBetween((rows.train() + rows.test()) * 0.2 - 1, (rows.train() + rows.test()) * 0.2 + 1));
        Set<String> numbers = new HashSet<>();
        rows(outcome.train()).forEach(row -> numbers.add(row[0]));
        rows(outcome.test()).forEach(row -> numbers.add(row[0]));
        assertThat(numbers).hasSize(344);
    }

    @Test
    void foldsAreEvenInEveryClass() throws IOException {
        SplitOutcome outcome = split(Tables.PENGUINS, options("species", true, 0.2, 5), "a");
        Map<String, Long> cells = rows(outcome.train()).stream().collect(Collectors.groupingBy(row -> row[2] + row[1], Collectors.counting()));
        assertThat(cells).hasSize(15);
        for (String species : List.of("Adelie", "Chinstrap", "Gentoo")) {
            long[] sizes = cells.entrySet().stream().filter(cell -> cell.getKey().startsWith(species)).mapToLong(Map.Entry::getValue).sorted().toArray();
            assertThat(sizes[4] - sizes[0]).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void sameRuleGivesTheSameFilesAndAnotherRuleOthers() throws IOException {
        SplitOutcome first = split(Tables.PENGUINS, options("species", true, 0.2, 5), "a");
        SplitOutcome again = split(Tables.PENGUINS, options("species", true, 0.2, 5), "b");
        SplitOutcome other = split(Tables.PENGUINS, options("species", true, 0.2, 4), "c");
        assertThat(Files.mismatch(first.train(), again.train())).isEqualTo(-1);
        assertThat(Files.mismatch(first.test(), again.test())).isEqualTo(-1);
        assertThat(Files.mismatch(first.test(), other.test())).isNotEqualTo(-1);
    }

    @Test
    void canonicalCsvHasEmptyMissingCellsAndNoCarriageReturns() throws IOException {
        SplitOutcome outcome = split(Tables.csv(folder, "x;y;z", 20, i -> " a" + i % 2 + " ;\"q,\"\"" + i + "\";" + (i % 2 == 0 ? "NA" : "None") + "\r"), options("x", true, 0.2, 1), "a");
        String train = Files.readString(outcome.train());
        assertThat(train).startsWith("__row,__fold,x,y,z\n").contains("a0,\"q,\"\"").doesNotContain("\r").doesNotContain("NA").doesNotContain("None");
    }

    @Test
    void oneFoldHoldsOutAFifth() throws IOException {
        SplitOutcome outcome = split(Tables.PENGUINS, options("body_mass_g", false, 0.25, 1), "a");
        Map<String, Long> folds = rows(outcome.train()).stream().collect(Collectors.groupingBy(row -> row[1], Collectors.counting()));
        assertThat(outcome.rowsDropped()).isEqualTo(2);
        assertThat(outcome.rowsTest()).isEqualTo(86);
        assertThat(folds).containsOnlyKeys("0", "-1");
        assertThat(folds.get("0")).isEqualTo(51);
    }

    @Test
    void rowsWithoutTargetAreDroppedWithANote() {
        SplitOutcome outcome = split(Tables.PENGUINS, options("sex", true, 0.2, 5), "a");
        assertThat(outcome.rowsDropped()).isEqualTo(11);
        assertThat(outcome.notes()).anyMatch(note -> note.startsWith("11 rows have no value"));
    }

    @Test
    void aClassOfOneRowAndAClassOfTwoStayInTrain() throws IOException {
        SplitOutcome outcome = split(Tables.csv(folder, "x,y", 43, i -> i + "," + (i < 40 ? "common" : i < 42 ? "rare" : "once")), options("y", true, 0.5, 2), "a");
        assertThat(outcome.classes()).contains(new SplitOutcome.ClassRows("once", 1, 0), new SplitOutcome.ClassRows("rare", 1, 1));
        assertThat(outcome.rowsTest() + outcome.rowsTrain()).isEqualTo(43);
    }

    @Test
    void cellsThatAreNoNumbersAreDroppedUnlessTheyAreMost() throws IOException {
        Path few = Tables.csv(folder, "x,y", 40, i -> i % 5 + "," + (i % 10 == 0 ? "broken" : "" + i * 0.5));
        SplitOutcome outcome = split(few, options("y", false, 0.2, 3), "a");
        assertThat(outcome.rowsDropped()).isEqualTo(4);
        assertThat(outcome.notes()).anyMatch(note -> note.contains("that is no number"));
        assertThat(Tables.refusal(() -> split(Tables.PENGUINS, options("island", false, 0.2, 3), "b")).code()).isEqualTo(FailureCode.DATA_UNUSABLE);
    }

    @Test
    void targetsThatTeachNothingAreRefused() throws IOException {
        Path data = Tables.csv(folder, "x,same,number,rare", 40, i -> i + ",a,5," + (i < 3 ? "v" + i : ""));
        for (SplitOptions options : List.of(options("same", true, 0.2, 3), options("number", false, 0.2, 3), options("rare", true, 0.2, 3))) {
            assertThat(Tables.refusal(() -> split(data, options, "a"))).satisfies(refusal -> {
                assertThat(refusal.code()).isEqualTo(FailureCode.DATA_UNUSABLE);
                assertThat(refusal.field()).contains("target");
            });
        }
        assertThat(Tables.refusal(() -> split(data, options("other", true, 0.2, 3), "a")).code()).isEqualTo(FailureCode.TARGET_MISSING);
    }

    @Test
    void parquetGivesTheSameParts() throws Exception {
        Path parquet = folder.resolve("penguins.parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:"); Statement statement = connection.createStatement()) {
            statement.execute("COPY (SELECT * FROM read_csv('" + Tables.PENGUINS.toAbsolutePath() + "', all_varchar=true)) TO '" + parquet + "' (FORMAT parquet)");
        }
        SplitOptions csv = options("species", true, 0.2, 5);
        SplitOutcome fromCsv = split(Tables.PENGUINS, csv, "a");
        SplitOutcome fromParquet = split(parquet, new SplitOptions("parquet", csv.target(), true, 0.2, 5, csv.key()), "b");
        assertThat(Files.mismatch(fromCsv.train(), fromParquet.train())).isEqualTo(-1);
        assertThat(Files.mismatch(fromCsv.test(), fromParquet.test())).isEqualTo(-1);
    }

    @Test
    void quotasAreExactInTheWholeAndWithinOneInEachClass() {
        int[] sizes = {7, 13, 101, 2, 1, 33};
        int[] quotas = Deal.quotas(sizes, 0.2);
        assertThat(Arrays.stream(quotas).sum()).isEqualTo(31);
        for (int i = 0; i < sizes.length; i++) {
            assertThat(Math.abs(quotas[i] - sizes[i] * 0.2)).isLessThan(1);
        }
    }

    private static List<String[]> rows(Path file) throws IOException {
        return Files.readAllLines(file).stream().skip(1).map(line -> line.split(",", -1)).toList();
    }
}
