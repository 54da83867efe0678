package io.tunesmith.task;

import io.tunesmith.task.Quantity.Unit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Units that stand before the number: {@code trials: 40}, {@code seconds=900}, "parameters below 2e5", "time limit 45m". */
final class NamedNumbers {
    private static final String FILLER = "(?:\\s+(?:count|budget|number|limit|cap|size))?\\s*(?:(?::|=|<=|=<|<|is|are|be|should|must|may|can|at most|max\\.?|maximum|below|under|up to|no more than|not more than|less than|fewer than|not exceed|limited to|capped at|to|of)\\s*)*$";

    private record Rule(Pattern pattern, Unit unit, double factor) {
        static Rule of(Unit unit, double factor, String names) {
            return new Rule(Pattern.compile("(?<![\\w-])(?:n_|max_|num_|number of |budget_|max\\.? )?(?:" + names + ")" + FILLER), unit, factor);
        }
    }

    private static final List<Rule> RULES = List.of(
            Rule.of(Unit.TRIALS, 1, "trials?|configurations|configs|experiments"), Rule.of(Unit.PARAMETERS, 1, "parameters?|params?|weights"), Rule.of(Unit.TOKENS, 1, "(?:llm )?tokens"),
            Rule.of(Unit.FLOPS, 1, "flops"), Rule.of(Unit.SECONDS, 1, "seconds|secs|time_s|timeout_s"), Rule.of(Unit.SECONDS, 60, "minutes|mins"), Rule.of(Unit.SECONDS, 3600, "hours"),
            Rule.of(Unit.DOLLARS, 1, "usd|dollars|money_usd"));
    private static final Rule MILLISECONDS = Rule.of(Unit.SECONDS, 1e-3, "latency_ms|ms");
    private static final Pattern TIME = Pattern.compile("(?<![\\w-])(?:time|timeout|time limit|time budget|max time)" + FILLER);

    private NamedNumbers() {}

    /** @param before what stands before the number; {@code minutes} whether the number ends in a bare m */
    static Optional<Units.Found> read(String before, int end, double factor, boolean minutes) {
        String near = before.substring(Math.max(0, before.length() - 60));
        if (minutes && TIME.matcher(near).find()) {
            return Optional.of(new Units.Found(Unit.SECONDS, end, 60, false));
        }
        if (MILLISECONDS.pattern().matcher(near).find()) {
            return Optional.of(new Units.Found(Unit.SECONDS, end, factor * 1e-3, true));
        }
        return RULES.stream().filter(rule -> rule.pattern().matcher(near).find()).findFirst().map(rule -> new Units.Found(rule.unit(), end, factor * rule.factor(), false));
    }
}
