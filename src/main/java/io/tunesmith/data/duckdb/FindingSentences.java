package io.tunesmith.data.duckdb;

import io.tunesmith.data.ColumnProfile;
import io.tunesmith.data.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a careful analyst would mention first about a table, in sentences. */
final class FindingSentences {
    private static final int FEW_ROWS = 100;
    private static final double MUCH_MISSING = 0.2;
    private static final int NAMED = 8;

    private FindingSentences() {}

    static List<String> of(Table table, long duplicates, List<ColumnProfile> columns, List<ColumnFacts> facts) {
        List<String> sentences = new ArrayList<>(table.notes());
        long rows = table.rows();
        if (rows < FEW_ROWS) {
            sentences.add("Only " + rows + " rows: scores will be rough.");
        }
        if (duplicates > 0) {
            sentences.add(Refusal.count(duplicates) + (duplicates == 1 ? " row repeats an earlier one in every cell (" : " rows repeat an earlier one in every cell (") + percent(duplicates, rows)
                    + "); copies may fall into different parts of the split.");
        }
        listed(columns, column -> column.type() == ColumnType.CONSTANT).ifPresent(names -> sentences.add("The same value, or none, in every row: " + names + "."));
        listed(columns, column -> column.type() == ColumnType.ID).ifPresent(names -> sentences.add("A key, not a feature: " + names + "."));
        listed(columns, column -> column.type() == ColumnType.DATE).ifPresent(names -> sentences.add("Dates: " + names + "; if the future is to be predicted from the past, a random split flatters."));
        listed(columns, column -> column.type() == ColumnType.TEXT).ifPresent(names -> sentences.add("Free text: " + names + "."));
        missing(columns, rows).ifPresent(sentences::add);
        for (int i = 0; i < columns.size(); i++) {
            sentences.addAll(cells(columns.get(i), facts.get(i)));
        }
        return sentences;
    }

    private static Optional<String> missing(List<ColumnProfile> columns, long rows) {
        List<ColumnProfile> much = columns.stream().filter(column -> column.missing() > MUCH_MISSING * rows && column.missing() < rows).toList();
        if (much.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("Many cells are missing: " + much.stream().limit(NAMED).map(column -> name(column) + " (" + percent(column.missing(), rows) + ")").collect(Collectors.joining(", "))
                + more(much.size()) + ".");
    }

    private static List<String> cells(ColumnProfile column, ColumnFacts facts) {
        List<String> sentences = new ArrayList<>();
        long others = facts.present() - facts.numeric();
        if (column.type() == ColumnType.NUMERIC && others > 0) {
            sentences.add(name(column) + " holds numbers, but " + Refusal.count(others) + " of its cells are none (\"" + Refusal.shortened(facts.odd()) + "\"); they are read as missing.");
        }
        if (column.type() != ColumnType.NUMERIC && mostly(facts.decimalCommas() + facts.numeric(), facts) && facts.decimalCommas() > 0) {
            sentences.add(name(column) + " seems to hold numbers with a decimal comma; write them with a point to have them read as numbers.");
        }
        if (column.type() != ColumnType.DATE && facts.dayFirst() > 0 && mostly(facts.dayFirst() + facts.dates(), facts)) {
            sentences.add(name(column) + " seems to hold dates with the day first; write them as YYYY-MM-DD to have them read as dates.");
        }
        if (column.type() != ColumnType.ID && ColumnTyper.named(column.name()) && column.distinct() > 20 && facts.present() > 1.5 * column.distinct()) {
            sentences.add(name(column) + String.format(Locale.ROOT, " looks like a key that recurs (%.1f rows each): rows of one key may fall into different parts of the split.", (double) facts.present() / column.distinct()));
        }
        return sentences;
    }

    private static boolean mostly(long cells, ColumnFacts facts) {
        return cells >= ColumnTyper.NEARLY_ALL * facts.present();
    }

    private static Optional<String> listed(List<ColumnProfile> columns, Predicate<ColumnProfile> chosen) {
        List<String> names = columns.stream().filter(chosen).map(FindingSentences::name).toList();
        return names.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", names.stream().limit(NAMED).toList()) + more(names.size()));
    }

    private static String more(int count) {
        return count > NAMED ? " and " + (count - NAMED) + " more" : "";
    }

    private static String name(ColumnProfile column) {
        return "\"" + Refusal.shortened(column.name()) + "\"";
    }

    private static String percent(long part, long whole) {
        return String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
    }
}
