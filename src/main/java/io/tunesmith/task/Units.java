package io.tunesmith.task;

import io.tunesmith.task.Quantity.Unit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The units that may follow a number: what they measure and what one of them is in the base unit. */
final class Units {
    private static final String SCALE = "(?:(k|m|mio|mil|b|bn|hundred|thousand|million|billion|trillion)s?\\b)?";
    private static final String GAP = "[\\s-]{0,3}";
    private static final String THING = "(?:(?!seconds?\\b|minutes?\\b|mins?\\b|hours?\\b|days?\\b)[a-z-]+\\s+){0,3}?(?:per|a|an|each|every|in(?:\\s+(?:a|one))?)\\s+|[a-z]+\\s*/\\s*|/\\s*";
    private static final Map<String, Double> SCALES = Map.ofEntries(Map.entry("k", 1e3), Map.entry("thousand", 1e3), Map.entry("hundred", 1e2), Map.entry("m", 1e6), Map.entry("mio", 1e6),
            Map.entry("mil", 1e6), Map.entry("million", 1e6), Map.entry("b", 1e9), Map.entry("bn", 1e9), Map.entry("billion", 1e9), Map.entry("trillion", 1e12), Map.entry("g", 1e9),
            Map.entry("giga", 1e9), Map.entry("mega", 1e6), Map.entry("t", 1e12), Map.entry("tera", 1e12), Map.entry("kilo", 1e3));

    private Units() {}

    /** @param factor from one of these to the base unit */
    record Found(Unit unit, int end, double factor, boolean fine) {}

    private record Rule(Pattern pattern, Function<MatchResult, Found> reading) {
        static Rule of(String regex, Function<MatchResult, Found> reading) {
            return new Rule(Pattern.compile(GAP + "(?:" + regex + ")"), reading);
        }
    }

    private static final List<Rule> RULES = List.of(
            Rule.of("(?:%|percent\\b|per\\s?cent\\b|pct\\b)", match -> found(Unit.PERCENT, match, 0.01)),
            Rule.of("(?:fps\\b|hz\\b)", match -> found(Unit.PER_SECOND, match, 1)),
            Rule.of("(?:" + THING + ")(s|secs?|seconds?|min|minutes?)\\b(?!\\s*(?:of|budget))", match -> found(Unit.PER_SECOND, match, match.group(1).startsWith("m") ? 1 / 60.0 : 1)),
            Rule.of("gpu[\\s-]*(s|secs?|seconds?|mins?|minutes?|h|hrs?|hours?|days?)\\b", match -> found(Unit.GPU_SECONDS, match, seconds(match.group(1)))),
            Rule.of("(s|secs?|seconds?|mins?|minutes?|h|hrs?|hours?|days?)\\s+(?:of\\s+)?(?:gpu|a100|h100|t4|v100)s?\\b(?:\\s+time)?", match -> found(Unit.GPU_SECONDS, match, seconds(match.group(1)))),
            Rule.of("(ms|msecs?|milli-?\\s?seconds?|us|micro-?\\s?seconds?|ns|nanoseconds?)\\b", match -> new Found(Unit.SECONDS, match.end(), seconds(match.group(1)), true)),
            Rule.of("(s|secs?|seconds?|mins?|minutes?|h|hrs?|hours?|days?|weeks?)\\b", match -> found(Unit.SECONDS, match, seconds(match.group(1)))),
            Rule.of("(k|m|g|t|kilo|mega|giga|tera|thousand\\s|million\\s|billion\\s)?[\\s-]?(?:flops?|floating[\\s-]point operations)\\b(?!/s)", match -> found(Unit.FLOPS, match, scale(match.group(1)))),
            Rule.of("(k|m|g|kilo|mega|giga)i?b(?:ytes?)?\\b|(?:megs?|gigs?)\\b|(?:kibi|mebi|gibi)bytes?\\b|bytes?\\b", match -> found(Unit.BYTES, match, bytes(match.group().strip().replace("-", "")))),
            Rule.of(SCALE + GAP + "(?:(?:trainable|learnable|model|network|free)\\s+)?(?:param(?:eter)?s?|weights)\\b", match -> found(Unit.PARAMETERS, match, scale(match.group(1)))),
            Rule.of(SCALE + GAP + "(?:(?:different|hyper-?parameter|hpo|tuning|search|optuna|random)\\s+)?(?:trials?|trails|configurations?|configs|experiments|attempts|tries|evaluations|candidates|runs(?= (?:of the search|of tuning|at most|max|in total|maximum))|hyper-?parameter settings|settings(?= (?:of|at most|to try|max)))\\b",
                    match -> found(Unit.TRIALS, match, scale(match.group(1)))),
            Rule.of(SCALE + GAP + "(?:(?:llm|language[\\s-]model|gpt|api|prompt|model)\\s+)?tokens?\\b", match -> found(Unit.TOKENS, match, scale(match.group(1)))),
            Rule.of(SCALE + GAP + "(?:us\\s+)?(?:dollars?|usd|bucks?|us\\$|\\$)(?!\\w)", match -> found(Unit.DOLLARS, match, scale(match.group(1)))),
            Rule.of("(?:us\\s+)?cents?\\b", match -> found(Unit.DOLLARS, match, 0.01)),
            Rule.of(SCALE + GAP + "(?:euros?|eur|€|pounds?(?:\\s+sterling)?|gbp|£|francs?|chf|yen|jpy|rupees?|inr|kronor|sek|zloty|yuan)(?!\\w)", match -> found(Unit.OTHER_MONEY, match, scale(match.group(1)))),
            Rule.of("(k|m|b|bn|mio|hundred|thousand|million|billion)s?\\b", match -> found(Unit.NONE, match, scale(match.group(1)))));

    /** What stands right after a number that ends at {@code at}; NONE with factor 1 if it is no unit. */
    static Found after(String text, int at) {
        for (Rule rule : RULES) {
            var matcher = rule.pattern().matcher(text).region(at, text.length()).useTransparentBounds(true);
            if (matcher.lookingAt()) {
                return rule.reading().apply(matcher.toMatchResult());
            }
        }
        return new Found(Unit.NONE, at, 1, false);
    }

    /** Money signs stand before the number. */
    static Optional<Unit> before(String text, int at) {
        String head = text.substring(Math.max(0, at - 5), at);
        if (head.matches(".*(?:\\$|\\busd)\\s?")) {
            return Optional.of(Unit.DOLLARS);
        }
        return head.matches(".*(?:[€£¥]|\\b(?:eur|gbp|chf))\\s?") ? Optional.of(Unit.OTHER_MONEY) : Optional.empty();
    }

    private static Found found(Unit unit, MatchResult match, double factor) {
        return new Found(unit, match.end(), factor, false);
    }

    private static double scale(String word) {
        return word == null ? 1 : SCALES.getOrDefault(word.strip(), 1.0);
    }

    private static double seconds(String unit) {
        return switch (unit.charAt(0)) {
            case 'n' -> 1e-9;
            case 'u' -> 1e-6;
            case 'h' -> 3600;
            case 'd' -> 86_400;
            case 'w' -> 604_800;
            case 'm' -> unit.startsWith("ms") || unit.startsWith("mill") ? 1e-3 : unit.startsWith("mic") ? 1e-6 : 60;
            default -> 1;
        };
    }

    private static double bytes(String unit) {
        double base = unit.matches(".ib|(?:kibi|mebi|gibi).*") ? 1024 : 1000;
        return switch (unit.charAt(0)) {
            case 'k' -> base;
            case 'm' -> base * base;
            case 'g' -> base * base * base;
            default -> 1;
        };
    }
}
