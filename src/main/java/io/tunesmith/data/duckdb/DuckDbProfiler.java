package io.tunesmith.data.duckdb;

import io.tunesmith.data.ColumnProfile;
import io.tunesmith.data.ColumnProfile.ValueCount;
import io.tunesmith.data.DataFormat;
import io.tunesmith.data.Profile;
import io.tunesmith.data.duckdb.LockedDatabase.Allowance;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Profiles a table without a target: one pass that checks its form, one that counts, one over the columns with few values for their
 * frequencies. Memory grows with the number of distinct values, up to the allowance, then spills into the data's folder.
 */
public final class DuckDbProfiler {
    private static final int TOP = 50;
    /** Columns with more distinct values have no list of frequent ones. */
    private static final int LISTED = 10_000;
    /** Columns counted in one query. */
    private static final int CHUNK = 64;

    private DuckDbProfiler() {}

    /**
     * @param file read by this process only; nothing outside its folder can be read
     * @throws io.tunesmith.core.FailureException with a BadRequest on field {@code data}: DATA_UNREADABLE where there is no table in the
     *     file, DATA_UNUSABLE where there is one but too small
     */
    public static Profile profile(Path file, DataFormat format) {
        return profile(file, format, Allowance.USUAL);
    }

    static Profile profile(Path file, DataFormat format, Allowance allowance) {
        Table table = Table.open(file, format);
        try (LockedDatabase database = LockedDatabase.over(table.file().getParent(), allowance)) {
            return new Look(table, database).profile();
        } catch (SQLException e) {
            throw Refusal.unreadable("the table cannot be read: " + Refusal.shortened(String.valueOf(e.getMessage()))).allowed("rows of one form, quotes closed")
                    .hint("look for a stray quote or a damaged row").asException();
        }
    }

    private record Look(Table table, LockedDatabase database) {

        Profile profile() throws SQLException {
            long duplicates = duplicates();
            List<ColumnFacts> facts = new ArrayList<>();
            for (int from = 0; from < width(); from += CHUNK) {
                facts.addAll(count(from, Math.min(from + CHUNK, width())));
            }
            List<List<ValueCount>> tops = tops(facts);
            List<ColumnProfile> columns = IntStream.range(0, width()).mapToObj(i -> column(table.names().get(i), facts.get(i), tops.get(i))).toList();
            return new Profile(table.rows(), duplicates, table.delimiter(), table.encoding(), columns, FindingSentences.of(table, duplicates, columns, facts));
        }

        private int width() {
            return table.names().size();
        }

        private long duplicates() throws SQLException {
            String cells = columns(0, width(), i -> "c" + i);
            return database.query("SELECT count(*), count(DISTINCT hash(" + cells + ")) FROM (" + table.relation() + ")", table.file(), found -> {
                found.next();
                checkRows(found.getLong(1));
                return found.getLong(1) - found.getLong(2);
            });
        }

        private void checkRows(long counted) {
            if (counted != table.rows()) {
                throw Refusal.unreadable("the rows cannot be told apart for sure: " + table.rows() + " by one reading, " + counted + " by another").allowed("quotes only around whole fields, doubled inside")
                        .hint("look for a stray quote").asException();
            }
        }

        private List<ColumnFacts> count(int from, int to) throws SQLException {
            String texts = columns(from, to, ColumnFacts::text);
            String numbers = columns(from, to, ColumnFacts::number);
            String aggregates = columns(from, to, i -> String.join(", ", ColumnFacts.aggregates(i)));
            String sql = "SELECT " + aggregates + " FROM (SELECT *, " + numbers + " FROM (SELECT " + texts + " FROM (" + table.relation() + ")))";
            return database.query(sql, table.file(), found -> facts(found, to - from));
        }

        private static List<ColumnFacts> facts(ResultSet found, int columns) throws SQLException {
            found.next();
            List<ColumnFacts> facts = new ArrayList<>();
            for (int i = 0; i < columns; i++) {
                facts.add(ColumnFacts.read(found, 1 + i * ColumnFacts.WIDTH));
            }
            return facts;
        }

        private List<List<ValueCount>> tops(List<ColumnFacts> facts) throws SQLException {
            List<Integer> listed = IntStream.range(0, width()).filter(i -> facts.get(i).distinct() > 0 && facts.get(i).distinct() <= LISTED).boxed().toList();
            Map<Integer, List<ValueCount>> tops = new TreeMap<>();
            for (int from = 0; from < listed.size(); from += CHUNK) {
                tops.putAll(histograms(listed.subList(from, Math.min(from + CHUNK, listed.size()))));
            }
            return IntStream.range(0, width()).mapToObj(i -> tops.getOrDefault(i, List.of())).toList();
        }

        private Map<Integer, List<ValueCount>> histograms(List<Integer> listed) throws SQLException {
            String texts = listed.stream().map(ColumnFacts::text).collect(Collectors.joining(", "));
            String histograms = listed.stream().map(i -> "histogram(v" + i + ")").collect(Collectors.joining(", "));
            return database.query("SELECT " + histograms + " FROM (SELECT " + texts + " FROM (" + table.relation() + "))", table.file(), found -> {
                found.next();
                Map<Integer, List<ValueCount>> read = new TreeMap<>();
                for (int i = 0; i < listed.size(); i++) {
                    read.put(listed.get(i), top((Map<?, ?>) found.getObject(i + 1)));
                }
                return read;
            });
        }

        private static List<ValueCount> top(Map<?, ?> histogram) {
            return histogram.entrySet().stream().map(entry -> new ValueCount(String.valueOf(entry.getKey()), ((Number) entry.getValue()).longValue()))
                    .sorted(Comparator.comparingLong(ValueCount::count).reversed().thenComparing(ValueCount::value)).limit(TOP).toList();
        }

        private ColumnProfile column(String name, ColumnFacts facts, List<ValueCount> top) {
            ColumnTyper.Typed typed = ColumnTyper.type(name, table.rows(), facts, top);
            boolean numeric = facts.present() > 0 && facts.numeric() >= ColumnTyper.NEARLY_ALL * facts.present();
            return new ColumnProfile(name, typed.type(), table.rows() - facts.present(), facts.distinct(), numeric && facts.whole() == facts.numeric(),
                    numeric ? facts.numbers() : Optional.empty(), top, typed.reason());
        }

        private static String columns(int from, int to, IntFunction<String> sql) {
            return IntStream.range(from, to).mapToObj(sql).collect(Collectors.joining(", "));
        }
    }
}
