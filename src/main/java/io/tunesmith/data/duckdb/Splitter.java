package io.tunesmith.data.duckdb;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.tunesmith.contract.SplitOptions;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.data.Cells;
import io.tunesmith.data.DataFormat;
import io.tunesmith.data.duckdb.SplitOutcome.ClassRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Parts a table into a train and a sealed test file. Which part a row goes to depends only on the options' key, the row's number and, when
 * stratified, its class. A stratified split is for classes; a plain one is for numbers, and drops rows whose target is none. Rows are
 * streamed: memory holds a few numbers a row, never the table.
 *
 * <p>Canonical CSV is UTF-8, comma, line feed; missing cells are empty, blanks around cells are cut; {@code __row} is the row's number in
 * the original, from 0.
 */
public final class Splitter {
    private static final int LISTED = 20;

    private Splitter() {}

    /**
     * @param outFolder gets {@code train.csv} and {@code test.csv}; made if absent
     * @throws io.tunesmith.core.FailureException with a BadRequest on {@code data} or {@code target}: DATA_UNREADABLE, DATA_UNUSABLE,
     *     TARGET_MISSING; on {@code options} INVALID_REQUEST
     */
    public static SplitOutcome split(Path data, SplitOptions options, Path outFolder) {
        Table table = Table.open(data, format(options));
        try {
            Targets targets = Targets.read(table, options);
            int[] parts = new Deal(options.key(), targets.labels(), targets.classes()).parts(options.testShare(), options.folds());
            Files.createDirectories(outFolder);
            SplitOutcome outcome = outcome(table, targets, parts, options, outFolder);
            write(table, parts, outcome);
            return outcome;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DataFormat format(SplitOptions options) {
        if (!(options.testShare() > 0 && options.testShare() <= 0.5) || options.folds() < 1) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "options", "a test share of " + options.testShare() + " with " + options.folds() + " folds")
                    .allowed("a share above 0, at most 0.5; at least 1 fold").asException();
        }
        return DataOperations.format(options.format());
    }

    private static void write(Table table, int[] parts, SplitOutcome outcome) throws IOException {
        int width = table.names().size();
        try (CsvWriter train = writer(outcome.train()); CsvWriter test = writer(outcome.test())) {
            train.writeRecord(prefixed(table.names(), Header.ROW, Header.FOLD));
            test.writeRecord(prefixed(table.names(), Header.ROW));
            table.forEach((row, cells) -> {
                if (parts[row] == Deal.DROPPED) {
                    return;
                }
                List<String> texts = cells.stream().limit(width).map(Cells::text).toList();
                String number = Integer.toString(row);
                if (parts[row] == Deal.TEST) {
                    test.writeRecord(prefixed(texts, number));
                } else {
                    train.writeRecord(prefixed(texts, number, Integer.toString(parts[row])));
                }
            });
        }
    }

    private static CsvWriter writer(Path file) throws IOException {
        return CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(file, StandardCharsets.UTF_8);
    }

    private static List<String> prefixed(List<String> texts, String... before) {
        List<String> all = new ArrayList<>(Arrays.asList(before));
        all.addAll(texts);
        return all;
    }

    private static SplitOutcome outcome(Table table, Targets targets, int[] parts, SplitOptions options, Path folder) {
        List<ClassRows> classes = options.stratified() ? classRows(targets, parts) : List.of();
        long test = Arrays.stream(parts).filter(part -> part == Deal.TEST).count();
        long dropped = Arrays.stream(parts).filter(part -> part == Deal.DROPPED).count();
        long train = parts.length - test - dropped;
        if (train < options.folds()) {
            throw Refusal.unusable("the train part has " + train + " rows, fewer than " + options.folds() + " folds").allowed("at least one row a fold").hint("ask for fewer folds").asException();
        }
        return new SplitOutcome(folder.resolve("train.csv"), folder.resolve("test.csv"), train, test, dropped, classes, notes(table, targets, classes, options.target()));
    }

    private static List<ClassRows> classRows(Targets targets, int[] parts) {
        long[] train = new long[targets.names().size()];
        long[] test = new long[train.length];
        for (int row = 0; row < parts.length; row++) {
            if (parts[row] != Deal.DROPPED) {
                (parts[row] == Deal.TEST ? test : train)[targets.labels()[row]]++;
            }
        }
        return IntStream.range(0, train.length).mapToObj(i -> new ClassRows(targets.names().get(i), train[i], test[i])).toList();
    }

    private static List<String> notes(Table table, Targets targets, List<ClassRows> classes, String target) {
        List<String> notes = new ArrayList<>(table.notes());
        String name = "\"" + Refusal.shortened(target) + "\"";
        if (targets.missing() > 0) {
            notes.add(Refusal.count(targets.missing()) + (targets.missing() == 1 ? " row has" : " rows have") + " no value of the target " + name + " and are in no part.");
        }
        if (targets.unreadable() > 0) {
            notes.add(Refusal.count(targets.unreadable()) + (targets.unreadable() == 1 ? " row has" : " rows have") + " a target " + name + " that is no number, and are in no part.");
        }
        if (!classes.isEmpty()) {
            notes.add("Rows by class (train + test): " + String.join(", ", classes.stream().limit(LISTED)
                    .map(rows -> String.format(Locale.ROOT, "%s %,d + %,d", Refusal.shortened(rows.name()), rows.train(), rows.test())).toList()) + (classes.size() > LISTED ? ", …" : "") + ".");
        }
        long untested = classes.stream().filter(rows -> rows.test() == 0).count();
        if (untested > 0) {
            notes.add(untested + (untested == 1 ? " class is" : " classes are") + " too small to have a row in the test part.");
        }
        return notes;
    }

    /** Smallest class of the whole, for facts; 0 for a plain split. */
    static long smallest(SplitOutcome outcome) {
        return outcome.classes().stream().flatMapToLong(rows -> LongStream.of(rows.train() + rows.test())).min().orElse(0);
    }
}
