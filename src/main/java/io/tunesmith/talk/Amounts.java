package io.tunesmith.talk;

import io.tunesmith.talk.Intent.Amount;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how much more a run is to be given. A message asks for that only if there is nothing else in it. */
final class Amounts {
    private static final Map<String, Integer> WORDS = Map.ofEntries(Map.entry("a", 1), Map.entry("an", 1), Map.entry("one", 1), Map.entry("two", 2), Map.entry("three", 3), Map.entry("four", 4), Map.entry("five", 5), Map.entry("six", 6),
            Map.entry("seven", 7), Map.entry("eight", 8), Map.entry("nine", 9), Map.entry("ten", 10), Map.entry("twelve", 12), Map.entry("fifteen", 15), Map.entry("twenty", 20), Map.entry("thirty", 30), Map.entry("forty", 40),
            Map.entry("fifty", 50), Map.entry("sixty", 60), Map.entry("hundred", 100));
    private static final String NUMBER = "(?<n%d>\\d{1,6}(?:[.,]\\d{1,3})?|half an?|an?|(?:a )?couple of|" + String.join("|", WORDS.keySet().stream().filter(word -> word.length() > 2).sorted().toList()) + ")";
    private static final String UNIT = "(?<u%d>trials?|tries|configurations?|configs|experiments?|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h)";
    private static final String MORE = "(?:more|extra|additional|further|another)";
    private static final String AMOUNT = "(?:(?:another|an extra|an additional|extra)\\s+)?" + NUMBER + "\\s*(?:" + MORE + "\\s+)?" + UNIT + "(?:\\s+(?:more|longer|extra|on top))?";
    private static final String AIM = "(?:\\s+(?:to|on|for|of)?\\s*(?:the |my |this |that )?(?:it|run|search|budget|job|experiment|study|top|time|training|" + "(?:run|plan)_[0-9a-z]{26}" + "))*";
    private static final Pattern ADDED = Pattern.compile("(?:(?:please |then |now )*(?:add|give|grant|allow|try|run|do|use|take|spend|train|continue|go on|carry on|keep (?:going|searching|trying)|search|extend|increase|raise|prolong|let (?:it|the run) (?:run|go on))" + AIM
            + "(?:\\s+(?:with|for|by|it|up))*\\s+)?" + amount(1) + "(?:(?:\\s*,\\s*|\\s+)(?:and|plus)?\\s*" + amount(2) + ")?" + AIM);
    private static final Pattern TIMES = Pattern.compile("(?:(?<word>double|triple|quadruple)|(?:multiply|increase|raise|make))\\s+(?:the |its |my |that |this )?(?:time |trial |trials |whole |total )?(?:budget|time|trials|number of trials|it)?" + AIM + "(?:\\s*(?:by|times)?\\s*(?<by>[2-9]|1\\.5|two|three|four|five)\\s*(?:x|times)?)?(?:\\s+(?:as )?(?:big|long|large|much))?" + AIM);
    private static final Pattern TWICE = Pattern.compile("(?:(?:give|grant|allow)\\s+(?:it\\s+)?|use\\s+)?(?<word>twice|double|two times|2x|three times|3x)\\s+(?:as\\s+(?:much|long|many)\\s*)?(?:the\\s+)?(?:budget|time|trials)?" + AIM);
    private static final Pattern UNSAID = Pattern.compile("(?:(?:give|grant|allow)\\s+(?:it|the run)\\s+(?:some |a bit |a little |a lot )?(?:more|extra)\\s+(?:time|trials|budget)|(?:extend|continue|prolong)(?:\\s+(?:it|the (?:run|search|budget)|this|that|my run|searching|" + "(?:run|plan)_[0-9a-z]{26}" + "))?|keep (?:going|searching|trying)|go on(?: searching)?|(?:some )?more (?:time|trials|budget)|(?:increase|raise) the budget|try (?:some |a few )?more)" + AIM);

    private Amounts() {}

    private static String amount(int number) {
        return AMOUNT.replace("%d", String.valueOf(number));
    }

    /** @param command a message in lower case, bare of politeness */
    static Optional<Amount> in(String command) {
        Matcher added = ADDED.matcher(command);
        if (added.matches() && more(command)) {
            return Optional.of(added(added));
        }
        Matcher times = TIMES.matcher(command);
        if (times.matches() && (times.group("word") != null || times.group("by") != null)) {
            return Optional.of(new Amount.Times(factor(times.group("word") == null ? times.group("by") : times.group("word"))));
        }
        Matcher twice = TWICE.matcher(command);
        if (twice.matches()) {
            return Optional.of(new Amount.Times(factor(twice.group("word"))));
        }
        return UNSAID.matcher(command).matches() ? Optional.of(new Amount.Unsaid()) : Optional.empty();
    }

    /** "10 trials" alone adds nothing: it may answer a question. */
    private static boolean more(String command) {
        return Pattern.compile("\\b(?:more|extra|additional|further|another|longer|add|extend|increase|raise|prolong|on top|continue|go on|carry on|keep)\\b").matcher(command).find();
    }

    private static Amount added(Matcher match) {
        long trials = 0;
        double seconds = 0;
        for (int part : List.of(1, 2)) {
            if (match.group("n" + part) != null) {
                double value = number(match.group("n" + part));
                double unit = seconds(match.group("u" + part));
                trials += unit == 0 ? Math.round(value) : 0;
                seconds += value * unit;
            }
        }
        return new Amount.Added(Optional.of(trials).filter(count -> count > 0), Optional.of(seconds).filter(time -> time > 0));
    }

    private static double number(String text) {
        return switch (text) {
            case String half when half.startsWith("half") -> 0.5;
            case String two when two.endsWith("couple of") -> 2;
            case String word when WORDS.containsKey(word) -> WORDS.get(word);
            case String digits when digits.matches("\\d+,\\d{3}") -> Double.parseDouble(digits.replace(",", ""));
            default -> Double.parseDouble(text.replace(',', '.'));
        };
    }

    private static double seconds(String unit) {
        return switch (unit.toLowerCase(Locale.ROOT).charAt(0)) {
            case 's' -> 1;
            case 'm' -> 60;
            case 'h' -> 3600;
            default -> 0;
        };
    }

    private static double factor(String word) {
        return switch (word) {
            case "double", "twice", "two times", "two", "2x" -> 2;
            case "triple", "three times", "three", "3x" -> 3;
            case "quadruple", "four" -> 4;
            case "five" -> 5;
            default -> Double.parseDouble(word);
        };
    }
}
