package io.tunesmith.task;

import io.tunesmith.core.Metric;
import io.tunesmith.task.MetricWords.Mention;
import io.tunesmith.task.Quantity.Unit;
import io.tunesmith.task.TaskSpec.Open;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which metric a request asks for, and the value that it demands. */
final class MetricReader {
    private static final Set<Metric> OPEN_SCALE = EnumSet.of(Metric.RMSE, Metric.MAE, Metric.RMSLE, Metric.LOG_LOSS, Metric.PERPLEXITY);
    private static final Pattern DENIED_BEFORE = Pattern.compile("(?:\\b(?:not|without|instead of|rather than|ignore|forget(?: about)?|never|unlike|normal|misleading|more than)|\\bno|n't (?:want|use|need|trust|like|care(?: about)?|look at)|not (?:want|use|need|trust|like|care(?: about)?|look at|interested in)|over)"
            + "\\s+(?:the |a |an |about |for |by |with |plain |normal |mere |just |overall |simple )*$");
    private static final Pattern DENIED_AFTER = Pattern.compile("^\\s*(?:\\?\\s*no\\b|lies?\\b|(?:is|are|would be|seems) (?:misleading|useless|meaningless|worthless|not|no |irrelevant|the wrong)|isn't|doesn't|does not|can be misleading|would mislead|says (?:nothing|little)|misleads?)");
    private static final Pattern ASKED_BEFORE = Pattern.compile("(?:metric|optimi[sz]e|maximi[sz]e|minimi[sz]e|score|measured?|judged?|evaluated?|insists? on|use|using|report|by|goal|aim for|in terms of|metric (?:is|should be|:))\\W+(?:for |on |by |is |be |should be |the |its |with |in |an? |our )*$");
    private static final Pattern CANNOT_DECIDE = Pattern.compile("\\beither\\b|can't decide|cannot decide|can not decide|not sure|undecided|don't know which|whichever|\\bor (?:maybe|perhaps)\\b");
    private static final Pattern DEMAND_BEFORE = Pattern.compile("(?:>=|=>|>|<=|=<|<|\\bat least|\\bat most|\\bminimum(?: of)?|\\bmin\\.?|\\bmaximum(?: of)?|\\bmax\\.?|\\bno (?:less|lower|worse|more|higher|greater|larger|bigger|smaller) than|\\bnot (?:to be )?(?:below|under|less than|lower than|above|over|more than|higher than|exceed|worse than)"
            + "|\\babove|\\bover|\\bmore than|\\bbetter than|\\bhigher than|\\bgreater than|\\breach(?:es|ing)?|\\bhit|\\bexceed(?:s|ing)?|\\bbeats?|\\baim(?:ing)?(?: for| at)?|\\bgoal(?: is| of|:)?|\\btarget(?: is| of| value|:)?|\\bbelow|\\bunder|\\bless than|\\blower than|\\bsmaller than|\\bwithin|\\bmust be|\\bhas to be|\\bhave to be|\\bneeds? to be|\\bshould be|\\brequired?|\\bneed|\\bwant|\\bup to|\\bdown to|\\bget to|\\bdemand(?:s|ed)?)"
            + "[\\s:=]*(?:a |an |the |our |of |at |value of |score of |is |be |old |current |previous |existing |baseline |model's |or |about |roughly )*$");
    private static final Pattern DEMAND_AFTER = Pattern.compile("^[\\s)]*(?:[a-z$€/]+\\s+)?(?:or (?:more|higher|better|above|less|lower|below|greater|fewer|smaller|over|under)|and (?:up|above|more|better|higher)|up\\b|upwards?|at (?:the )?(?:very )?(?:least|minimum|most)|minimum|min\\b|as (?:a )?minimum|is (?:needed|required|a must|the minimum|the target|the goal|our goal)|required|needed|\\+)");
    private static final Pattern SOFT = Pattern.compile("would be (?:nice|lovely|great|good|a dream|cool|sweet|perfect)|nice to (?:have|see)|ideally|\\bhop(?:e|ing)\\b|\\bdream|no requirement|not (?:a )?(?:require|must)|(?:don't|do not|doesn't) insist|currently\\b|current (?:score|value|level)|at the moment|\\bnow\\b|\\btoday\\b|competitor|\\brivals?\\b|last year|\\bgot\\b|\\bachieved\\b|\\bpublished\\b|\\bpapers?\\b|so far|\\breports? (?:about|around)|\\bclaims?\\b|\\bwish|if possible|around|roughly|somewhere|something near|maybe|perhaps|\\bhas\\b(?! to)|\\bpositive\\b(?!s)|prevalence");
    private static final Pattern BEATS = Pattern.compile("\\b(?:beat|better than|outperform\\w*|improve on|exceed|top|(?:more|higher|less|lower) than (?:our|the)|(?:above|over|below|under) (?:our|the))\\b");
    private static final Pattern REFERS = Pattern.compile("^\\s*(?:it|this|that|which|we need|i need|we want|i want|at least|at most|minimum|goal|target|must|has to|should|need|please|required)\\b");

    /** A sentence as short as this holds nothing but a value. */
    private static final int LONE = 25;

    private final RequestText text;
    private final List<Quantity> quantities;

    MetricReader(RequestText text, List<Quantity> quantities) {
        this.text = text;
        this.quantities = quantities;
    }

    /** @param used stretches of the text that belong to the metric: no other reader may take numbers from them */
    record Reading(Optional<Metric> metric, String source, Optional<Double> goal, String goalSource, List<Open> open, List<Span> used) {}

    Reading read(List<Span> hidden) {
        List<Mention> mentions = MetricWords.in(text.without(hidden)).stream().filter(mention -> !denied(mention)).toList();
        List<Mention> listed = mentions.stream().filter(mention -> mention.metric().isPresent()).toList();
        List<Span> used = new ArrayList<>(mentions.stream().map(Mention::span).toList());
        if (listed.isEmpty()) {
            return new Reading(Optional.empty(), "", Optional.empty(), "", mentions.isEmpty() ? List.of() : List.of(unlisted(mentions.getFirst())), used);
        }
        Optional<Mention> chosen = chosen(listed);
        if (chosen.isEmpty()) {
            List<String> names = listed.stream().map(mention -> mention.metric().orElseThrow().wire()).distinct().toList();
            return new Reading(Optional.empty(), "", Optional.empty(), "", List.of(new Open("metric", "the request names " + String.join(" and ", names), names)), used);
        }
        Metric metric = chosen.get().metric().orElseThrow();
        Claims.Settled<Double> goal = Claims.settle("metric.goal", goals(metric, listed, mentions, used), text);
        return new Reading(Optional.of(metric), text.quote(chosen.get().start(), chosen.get().end()), goal.value(), goal.source(), goal.open().stream().toList(), used);
    }

    private Open unlisted(Mention mention) {
        return new Open("metric", "\"" + text.typed(mention.start(), mention.end()) + "\" is not offered", List.of());
    }

    private boolean denied(Mention mention) {
        Span clause = text.clause(mention.start());
        String before = text.plain().substring(Math.max(clause.start(), mention.start() - 50), mention.start());
        return DENIED_BEFORE.matcher(before).find() || DENIED_AFTER.matcher(text.after(mention.end(), 40)).find();
    }

    private Optional<Mention> chosen(List<Mention> listed) {
        List<Metric> distinct = listed.stream().map(mention -> mention.metric().orElseThrow()).distinct().toList();
        Mention last = listed.getLast();
        if (distinct.size() == 1) {
            return Optional.of(listed.getFirst());
        }
        Mention previous = listed.stream().filter(mention -> !mention.metric().equals(last.metric())).reduce((a, b) -> b).orElse(last);
        Span around = new Span(text.sentence(previous.start()).start(), text.sentence(last.start()).end());
        if (CANNOT_DECIDE.matcher(text.words(around)).find()) {
            return Optional.empty();
        }
        if (Claims.corrects(text.plain().substring(previous.end(), last.start()))) {
            return Optional.of(last);
        }
        List<Mention> asked = listed.stream().filter(mention -> ASKED_BEFORE.matcher(text.before(mention.start(), 40)).find()).toList();
        if (asked.stream().map(Mention::metric).distinct().count() == 1) {
            return Optional.of(asked.getFirst());
        }
        List<Mention> demanded = listed.stream().filter(mention -> !goals(mention.metric().orElseThrow(), List.of(mention), listed, new ArrayList<>()).isEmpty()).toList();
        return demanded.size() == 1 ? Optional.of(demanded.getFirst()) : Optional.empty();
    }

    private List<Claim<Double>> goals(Metric metric, List<Mention> listed, List<Mention> all, List<Span> used) {
        List<Claim<Double>> goals = new ArrayList<>();
        for (Quantity quantity : quantities) {
            boolean inside = all.stream().anyMatch(mention -> mention.span().overlaps(quantity.span()));
            if (inside || !scale(metric, quantity) || !near(metric, listed, quantity)) {
                continue;
            }
            if (demanded(quantity) || adjacent(metric, listed, quantity)) {
                goals.add(new Claim<>(value(metric, quantity), quantity.start(), quantity.end()));
                used.add(quantity.span());
            }
        }
        return goals;
    }

    private static boolean scale(Metric metric, Quantity quantity) {
        boolean open = OPEN_SCALE.contains(metric);
        return quantity.unit() == Unit.PERCENT || quantity.unit() == Unit.RATIO ? !open || metric == Metric.MAE || metric == Metric.RMSE
                : quantity.unit() == Unit.NONE && (open || quantity.value() <= 100) || open && metric.family() == Metric.Family.NUMBERS && !quantity.fine();
    }

    private boolean near(Metric metric, List<Mention> listed, Quantity quantity) {
        Span sentence = text.sentence(quantity.start());
        boolean plain = quantity.unit() == Unit.NONE || quantity.unit() == Unit.PERCENT || quantity.unit() == Unit.RATIO;
        if (plain && text.words(sentence).strip().length() <= LONE) {
            return true;
        }
        for (Mention mention : listed) {
            Span home = text.sentence(mention.start());
            if (!mention.metric().equals(Optional.of(metric))) {
                continue;
            }
            if (home.equals(sentence)) {
                int gap = mention.end() <= quantity.start() ? quantity.start() - mention.end() : mention.start() - quantity.end();
                boolean follows = mention.end() <= quantity.start();
                return plain && gap < 120 || follows && gap < 40 && !text.plain().substring(mention.end(), quantity.start()).contains(",");
            }
            if (plain && sentence.start() == home.end() && (REFERS.matcher(text.words(sentence)).find() || quantity.unit() == Unit.PERCENT)) {
                return true;
            }
        }
        return false;
    }

    private boolean demanded(Quantity quantity) {
        Span clause = text.clause(quantity.start());
        String words = text.words(clause);
        String before = text.before(quantity.start(), 45);
        boolean beats = BEATS.matcher(before).find();
        if (SOFT.matcher(words).find() && !beats) {
            return false;
        }
        String after = text.after(quantity.end(), 30);
        if (after.matches("(?s)^\\s*(?:iou|overlap|threshold)\\b.*")) {
            return false;
        }
        boolean of = quantity.unit() == Unit.PERCENT && before.matches("(?s).*\\b(?:of|at)\\s*$");
        return of || DEMAND_BEFORE.matcher(before).find() || DEMAND_AFTER.matcher(after).find();
    }

    /** "AUC 0.85", "accuracy: 90 %", "F1 of 0.9". */
    private boolean adjacent(Metric metric, List<Mention> listed, Quantity quantity) {
        if (quantity.unit() != Unit.PERCENT && quantity.unit() != Unit.NONE && quantity.unit() != Unit.RATIO || SOFT.matcher(text.words(text.clause(quantity.start()))).find()) {
            return false;
        }
        if (text.after(quantity.end(), 12).matches("(?s)^\\s*(?:iou|overlap|thresh).*")) {
            return false;
        }
        return listed.stream().filter(mention -> mention.metric().equals(Optional.of(metric)) && mention.end() <= quantity.start())
                .anyMatch(mention -> text.plain().substring(mention.end(), quantity.start()).matches("\\s*(?:score\\s+)?(?:of|=|:|is|at|" + (quantity.unit() == Unit.PERCENT ? "," : "of") + ")?\\s*"));
    }

    private double value(Metric metric, Quantity quantity) {
        if (OPEN_SCALE.contains(metric) && quantity.unit() != Unit.PERCENT && quantity.unit() != Unit.RATIO && quantity.unit() != Unit.NONE) {
            return Numbers.in(text.plain().substring(quantity.start(), quantity.end())).stream().mapToDouble(Numbers.Found::value).findFirst().orElse(quantity.value());
        }
        if (OPEN_SCALE.contains(metric) || quantity.unit() == Unit.PERCENT || quantity.unit() == Unit.RATIO) {
            return quantity.value();
        }
        return quantity.value() > 1 ? quantity.value() / 100 : quantity.value();
    }
}
