package io.tunesmith.task;

import io.tunesmith.task.Quantity.Unit;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What the job may cost: which times, sums of money and counts are limits of this job and not facts of the story around it. */
final class BudgetReader {
    private static final Pattern ASKED = Pattern.compile("<|\\b(?:budget|at most|max(?:imum)?|within|in (?:at most|under|less)|finish(?:ed)?|ready|done|complete[ds]?|spend|deadline|search|no (?:longer|more) than|not (?:longer|more) than|up to|compute|computing|train(?:ed|ing)?|under|limit|allow(?:ed)?|may|can|stop(?: after)?|only have|takes?|run(?:ning)?|job|let's say|say|available|need it|give (?:it|you|yourself)|you have|you get|have|total|wall[\\s-]?clock|time)\\b");
    private static final Pattern STORY = Pattern.compile("\\b(?:took|taken|takes? (?:us|them|me)|old|ago|apart|each|per|lasts?|lasted|horizon|ahead|next|following|previous|past|last|earlier|later|interval|window|windows|long|clips?|recordings?|intervals?|sampled|since|for years|waited|drove|drive|works?|worked|shift|a day|a week|every|before (?:the )?(?:failure|event|departure)|after (?:the )?(?:surgery|event|arrival)|minutes late|delayed?|delays|warranty|of (?:material|video|footage|audio|film|music|recordings?|speech|driving|tape)|usually|used to|film(?:ed)?|battery|history|spent|stays?|visits?|open)\\b");
    private static final Pattern PAID = Pattern.compile("\\b(?:bought|cost us|costs us|cost me|paid|spent|worth|earns?|earned|sells?|sold|was|were|donated|prices?|priced|revenue|turnover|salary|salaries|fine of|fee|fees|average|each|per (?:month|year|hour|night|unit|kilo|customer|ticket)|costs? (?:about|around|roughly)|saves?|lose|loses|lost|loss of|in damages?|a (?:month|year|night|day))\\b");
    private static final Pattern PAYS = Pattern.compile("<|\\b(?:budget|spend(?:ing)?|pay|at most|max(?:imum)?|up to|no more|not more|limit|under|below|less than|afford|can|may|should cost|must not|within|ceiling|cap|for (?:this|the) job|computing|compute)\\b");
    private static final Pattern TEXT_LENGTH = Pattern.compile("\\b(?:long|length|corpus|context|sequence|outputs?|truncat\\w*|window|vocabulary|per (?:answer|reply|document|text|example|letter|message|response|note|summary)|each|answers? (?:of|up to|with|have|are)|replies|summar(?:y|ies)|max_new|inputs?|documents?|texts?|prompts? (?:of|are|have))\\b");
    private static final Pattern SERVES = Pattern.compile("\\b(?:clinical|patients?|per (?:day|week|month))\\b");
    private static final Pattern EVENT = Pattern.compile("\\b(?:cancel|churn|leave|quit|default|die|readmi|fail|break|happen|arriv|buy|purchas|return|laps|relaps|surviv|repay|pay back|respond|convert|occur|develop|deliver|recover|escalat)\\w*\\b[^,.;]{0,30}$");
    private static final double DAY = 86_400;
    private static final Pattern DAYS_ASKED = Pattern.compile("\\b(?:budget|at most|finish\\w*|done|ready|spend|deadline|comput\\w+|search|train\\w*|run|no longer than|job)\\b");
    private static final int TERSE = 34;

    private final RequestText text;
    private final List<Quantity> quantities;

    BudgetReader(RequestText text, List<Quantity> quantities) {
        this.text = text;
        this.quantities = quantities;
    }

    List<Claim<Long>> trials() {
        return claims(Unit.TRIALS, quantity -> !SERVES.matcher(clause(quantity)).find()).stream().map(claim -> new Claim<>(Math.round(claim.value()), claim.start(), claim.end())).toList();
    }

    /** @param latency those that are the model's speed */
    List<Claim<Double>> seconds(Predicate<Quantity> latency) {
        return claims(Unit.SECONDS, quantity -> !latency.test(quantity) && isJobTime(quantity));
    }

    private boolean isJobTime(Quantity quantity) {
        String clause = clause(quantity);
        String near = text.before(quantity.start(), 40).replaceAll("^.*,", "") + text.words(quantity.span()) + text.after(quantity.end(), 20).replaceAll("[,.;(].*", "");
        if (STORY.matcher(near).find() || EVENT.matcher(text.before(quantity.start(), 60)).find()) {
            return false;
        }
        if (quantity.value() >= DAY && !DAYS_ASKED.matcher(clause).find()) {
            return false;
        }
        return terse(quantity) || ASKED.matcher(clause).find() || ASKED.matcher(text.before(quantity.start(), 60)).find();
    }

    List<Claim<Double>> gpuSeconds() {
        return claims(Unit.GPU_SECONDS, quantity -> !clause(quantity).matches("(?s).*\\b(?:took|last time|used to|competitor|paper)\\b.*"));
    }

    List<Claim<Long>> tokens() {
        return claims(Unit.TOKENS, quantity -> !TEXT_LENGTH.matcher(clause(quantity).replaceAll("prompt tokens?", "")).find()).stream()
                .map(claim -> new Claim<>(Math.round(claim.value()), claim.start(), claim.end())).toList();
    }

    List<Claim<Double>> dollars() {
        return claims(Unit.DOLLARS, this::isJobMoney);
    }

    /** Money in a currency that is not converted. */
    List<Claim<Double>> otherMoney() {
        return claims(Unit.OTHER_MONEY, this::isJobMoney);
    }

    private boolean isJobMoney(Quantity quantity) {
        String clause = clause(quantity);
        if (PAID.matcher(clause).find() && !clause.matches("(?s).*\\b(?:budget|spend|at most|for (?:this|the) job)\\b.*")) {
            return false;
        }
        String near = text.before(quantity.start(), 70);
        if (text.after(quantity.end(), 12).matches("(?s)^\\s*(?:(?:per|a|an|each|every)\\b|/).*")) {
            return false;
        }
        return terse(quantity) || PAYS.matcher(clause).find() || PAYS.matcher(near).find() || near.matches("(?s).*\\bcosts?\\b.*");
    }

    private String clause(Quantity quantity) {
        return text.words(text.clause(quantity.start()));
    }

    /** Hardly anything else in its clause. */
    private boolean terse(Quantity quantity) {
        Span clause = text.clause(quantity.start());
        return text.words(clause).strip().length() - (quantity.end() - quantity.start()) <= TERSE - 10 && text.words(text.clause(quantity.start())).strip().length() <= TERSE + 10;
    }

    private List<Claim<Double>> claims(Unit unit, Predicate<Quantity> wanted) {
        return quantities.stream().filter(quantity -> quantity.unit() == unit && wanted.test(quantity)).map(quantity -> new Claim<>(quantity.value(), quantity.start(), quantity.end())).toList();
    }
}
