package io.tunesmith.task;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds numbers in plain text, in digits (1,500 · 12,5 · 2e5 · .85 · 3/4) and in words (twenty-four · two and a half · three quarters of an). */
final class Numbers {
    private static final Map<String, Integer> SMALL = Map.ofEntries(Map.entry("zero", 0), Map.entry("one", 1), Map.entry("two", 2), Map.entry("three", 3), Map.entry("four", 4),
            Map.entry("five", 5), Map.entry("six", 6), Map.entry("seven", 7), Map.entry("eight", 8), Map.entry("nine", 9), Map.entry("ten", 10), Map.entry("eleven", 11),
            Map.entry("twelve", 12), Map.entry("thirteen", 13), Map.entry("fourteen", 14), Map.entry("fifteen", 15), Map.entry("sixteen", 16), Map.entry("seventeen", 17),
            Map.entry("eighteen", 18), Map.entry("nineteen", 19), Map.entry("twenty", 20), Map.entry("thirty", 30), Map.entry("forty", 40), Map.entry("fourty", 40),
            Map.entry("fifty", 50), Map.entry("sixty", 60), Map.entry("seventy", 70), Map.entry("eighty", 80), Map.entry("ninety", 90));
    private static final Map<String, Double> LARGE = Map.of("dozen", 12.0, "hundred", 100.0, "thousand", 1e3, "million", 1e6, "billion", 1e9);
    private static final Map<String, Integer> PARTS = Map.of("half", 2, "third", 3, "quarter", 4, "fifth", 5, "sixth", 6, "eighth", 8, "tenth", 10, "twentieth", 20, "hundredth", 100);

    private static final String SMALLS = String.join("|", SMALL.keySet().stream().sorted(Comparator.comparingInt(String::length).reversed()).toList());
    private static final String LARGES = "(?:dozen|hundred|thousand|million|billion)s?";
    private static final String PART = "(half|third|quarter|fifth|sixth|eighth|tenth|twentieth|hundredth)(?:s|ths)?";
    private static final Pattern DIGITS = Pattern.compile("(?<![\\w.])(?:\\d{1,3}(?:[,' ]\\d{3})+(?:\\.\\d+)?(?![\\d,])|\\d+(?:[.,]\\d+)?(?:e[+-]?\\d+)?|\\.\\d+)(?![\\d])");
    private static final Pattern RATIO = Pattern.compile("(?<![\\w./])(\\d{1,2})/(\\d{1,2})(?=\\s*(?:of\\s+an?\\s+)?(?:hour|h\\b|minute|min\\b|second|sec|day))");
    private static final Pattern OUT_OF = Pattern.compile("\\b(\\d+|" + SMALLS + ")\\s+(?:out of|of|in|times out of|times in)\\s+(?:every\\s+|the\\s+)?(10|20|100|ten|twenty|hundred|a hundred)\\b(?!\\s*(?:%|[a-z]))");
    private static final String WORD = "(?:" + SMALLS + "|" + LARGES + ")";
    private static final Pattern WORDS = Pattern.compile("(?<![\\w-])(?:an?\\s+" + LARGES + "|(?:" + SMALLS + ")(?![\\w]))(?:(?:\\s+and\\s+|[\\s-]+)" + WORD + "){0,12}(?![\\w])");
    private static final Pattern PART_OF = Pattern.compile("(?<![\\w-])(?:(an?|one|two|three|" + SMALLS + ")[\\s-]+)?" + PART + "(?:\\s+of)?(?:\\s+(?:an?|one))?(?=\\s)");
    private static final Pattern AND_PART = Pattern.compile("\\s+and\\s+(an?|one|three)\\s+" + PART + "(?![\\w])");
    private static final Pattern COUPLE = Pattern.compile("(?<![\\w-])(?:a\\s+)?couple\\s+of(?=\\s)");

    private Numbers() {}

    /**
     * @param dotted digits as in 5.500, which some write for five thousand five hundred
     * @param ratio so many out of so many
     */
    record Found(int start, int end, double value, boolean dotted, boolean ratio) {}

    /** All numbers from left to right, none overlapping. */
    static List<Found> in(String text) {
        List<Found> found = new ArrayList<>();
        add(found, RATIO.matcher(text), match -> (double) Integer.parseInt(match.group(1)) / Integer.parseInt(match.group(2)), text, false);
        add(found, OUT_OF.matcher(text), match -> small(match.group(1)) / hundred(match.group(2)), text, true);
        add(found, PART_OF.matcher(text), Numbers::part, text, false);
        add(found, COUPLE.matcher(text), match -> 2, text, false);
        add(found, WORDS.matcher(text), match -> spelled(match.group()), text, false);
        add(found, DIGITS.matcher(text), match -> digits(match.group()), text, false);
        found.sort(Comparator.comparingInt(Found::start));
        return found;
    }

    private static void add(List<Found> found, Matcher matcher, ToDoubleFunction<Matcher> value, String text, boolean ratio) {
        while (matcher.find()) {
            Span span = new Span(matcher.start(), matcher.end());
            double number = value.applyAsDouble(matcher);
            if (Double.isFinite(number) && found.stream().noneMatch(other -> new Span(other.start(), other.end()).overlaps(span))) {
                found.add(widened(new Found(span.start(), span.end(), number, matcher.group().matches("[1-9]\\d{0,2}\\.\\d{3}"), ratio), text));
            }
        }
    }

    /** "two and a half", "2 and a half". */
    private static Found widened(Found found, String text) {
        Matcher more = AND_PART.matcher(text).region(found.end(), text.length());
        if (found.ratio() || !more.lookingAt()) {
            return found;
        }
        double count = more.group(1).equals("three") ? 3 : 1;
        return new Found(found.start(), more.end(), found.value() + count / PARTS.get(more.group(2)), false, false);
    }

    private static double part(Matcher match) {
        String count = match.group(1);
        double parts = PARTS.get(match.group(2));
        return (count == null || count.startsWith("a") ? 1 : small(count)) / parts;
    }

    private static double small(String word) {
        return SMALL.containsKey(word) ? SMALL.get(word) : Double.parseDouble(word);
    }

    private static double hundred(String word) {
        return word.endsWith("hundred") ? 100 : small(word);
    }

    static double digits(String text) {
        String plain = text.replaceAll("[' ]", "");
        if (plain.matches("[1-9]\\d{0,2}(,\\d{3})+(\\.\\d+)?")) {
            plain = plain.replace(",", "");
        }
        return Double.parseDouble(plain.replace(',', '.'));
    }

    private static double spelled(String text) {
        double total = 0;
        double current = 0;
        for (String word : text.split("[\\s-]+")) {
            String singular = word.endsWith("s") && !word.equals("s") && LARGE.containsKey(word.substring(0, word.length() - 1)) ? word.substring(0, word.length() - 1) : word;
            if (SMALL.containsKey(singular)) {
                current += SMALL.get(singular);
            } else if (LARGE.containsKey(singular)) {
                double factor = LARGE.get(singular);
                current = Math.max(current, 1) * factor;
                if (factor >= 1000) {
                    total += current;
                    current = 0;
                }
            }
        }
        return total + current;
    }
}
