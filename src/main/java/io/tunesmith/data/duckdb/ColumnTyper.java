package io.tunesmith.data.duckdb;

import io.tunesmith.data.ColumnProfile.Numbers;
import io.tunesmith.data.ColumnProfile.ValueCount;
import io.tunesmith.data.ColumnType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Decides what a column holds from what was counted in it. The name counts only where the values leave it open whether they are a key. */
final class ColumnTyper {
    /** Share of the present cells that must be numbers (or dates) for the column to be of them. */
    static final double NEARLY_ALL = 0.95;
    private static final double KEY_SHARE = 0.99;
    private static final int FEW_VALUES = 20;
    private static final int CATEGORIES = 50;
    private static final int MOST_CATEGORIES = 1000;
    private static final int LONG_TEXT = 50;
    private static final int CODE_LENGTH = 64;
    private static final Pattern KEY_NAME = Pattern.compile("(.*[^a-z])?(id|ids|key|uuid|guid|index|idx|nr|no|rowid|row|rownum|identifier|number|code|unnamed)([^a-z].*)?|.+[a-z](Id|ID|Key|Uuid|Index)");
    private static final List<Set<String>> YES_AND_NO = List.of(Set.of("yes", "no"), Set.of("y", "n"), Set.of("true", "false"), Set.of("t", "f"), Set.of("on", "off"),
            Set.of("0", "1"), Set.of("0.0", "1.0"));

    private ColumnTyper() {}

    /** @param reason empty where the type is plain */
    record Typed(ColumnType type, Optional<String> reason) {
        static Typed plain(ColumnType type) {
            return new Typed(type, Optional.empty());
        }

        static Typed because(ColumnType type, String reason) {
            return new Typed(type, Optional.of(reason));
        }
    }

    /** @param top the most frequent values, all of them where there are few */
    static Typed type(String name, long rows, ColumnFacts facts, List<ValueCount> top) {
        if (facts.distinct() <= 1) {
            return single(rows, facts);
        }
        if (facts.distinct() == 2 && yesAndNo(top)) {
            return Typed.because(ColumnType.BOOLEAN, "two values: " + top.get(0).value() + " and " + top.get(1).value());
        }
        if (facts.dates() >= NEARLY_ALL * facts.present()) {
            return Typed.because(ColumnType.DATE, "dates such as " + facts.odd());
        }
        return facts.numeric() >= NEARLY_ALL * facts.present() ? number(name, rows, facts) : text(name, rows, facts);
    }

    private static Typed single(long rows, ColumnFacts facts) {
        if (facts.distinct() == 0) {
            return Typed.because(ColumnType.CONSTANT, "empty in every row");
        }
        return facts.present() == rows ? Typed.because(ColumnType.CONSTANT, "the same value in every row")
                : Typed.because(ColumnType.CATEGORICAL, "one value, or missing");
    }

    private static boolean yesAndNo(List<ValueCount> top) {
        return YES_AND_NO.contains(top.stream().map(value -> value.value().toLowerCase(Locale.ROOT)).collect(Collectors.toSet()));
    }

    private static Typed number(String name, long rows, ColumnFacts facts) {
        boolean whole = facts.whole() == facts.present();
        boolean everyRow = facts.distinct() == rows && facts.present() == rows;
        if (whole && everyRow && gapless(facts, rows)) {
            return Typed.because(ColumnType.ID, "a different whole number in every row, without gaps");
        }
        if (whole && named(name) && facts.distinct() >= KEY_SHARE * rows) {
            return Typed.because(ColumnType.ID, "a different whole number in nearly every row, and the name of a key");
        }
        if (facts.zeroLed() > 0 && whole) {
            return facts.distinct() > 0.5 * facts.present() ? Typed.because(ColumnType.ID, "codes with leading zeros, mostly different")
                    : Typed.because(ColumnType.CATEGORICAL, "codes with leading zeros");
        }
        if (whole && facts.distinct() <= FEW_VALUES && facts.distinct() * 5 <= rows) {
            return Typed.because(ColumnType.NUMERIC, "only " + facts.distinct() + " different whole numbers");
        }
        return facts.numeric() == facts.present() ? Typed.plain(ColumnType.NUMERIC)
                : Typed.because(ColumnType.NUMERIC, "numbers, but for " + Refusal.count(facts.present() - facts.numeric()) + " cells such as \"" + Refusal.shortened(facts.odd()) + "\"");
    }

    private static boolean gapless(ColumnFacts facts, long rows) {
        return facts.numbers().map(numbers -> span(numbers) == rows - 1).orElse(false);
    }

    private static double span(Numbers numbers) {
        return numbers.max() - numbers.min();
    }

    static boolean named(String name) {
        return KEY_NAME.matcher(name.toLowerCase(Locale.ROOT)).matches() || KEY_NAME.matcher(name).matches();
    }

    private static Typed text(String name, long rows, ColumnFacts facts) {
        boolean everyRow = facts.distinct() >= KEY_SHARE * facts.present() && facts.present() >= KEY_SHARE * rows;
        if (everyRow && facts.keys() >= NEARLY_ALL * facts.present()) {
            return Typed.because(ColumnType.ID, "UUIDs or digests, a different one in every row");
        }
        if (everyRow && named(name) && facts.maxLength() <= CODE_LENGTH) {
            return Typed.because(ColumnType.ID, "a different text in every row, and the name of a key");
        }
        if (everyRow && facts.blanks() == 0 && facts.maxLength() <= CODE_LENGTH / 2 && facts.present() > CATEGORIES) {
            return Typed.because(ColumnType.ID, "a different code in every row");
        }
        if (facts.meanLength() > LONG_TEXT) {
            return Typed.because(ColumnType.TEXT, "long texts, " + Math.round(facts.meanLength()) + " characters on average");
        }
        boolean few = facts.distinct() <= Math.max(Math.min(CATEGORIES, facts.present() * 0.8), Math.min(MOST_CATEGORIES, facts.present() * 0.5));
        return few ? Typed.plain(ColumnType.CATEGORICAL) : Typed.because(ColumnType.TEXT, Refusal.count(facts.distinct()) + " different texts");
    }
}
