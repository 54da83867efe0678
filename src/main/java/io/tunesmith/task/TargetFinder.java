package io.tunesmith.task;

import io.tunesmith.task.TaskSpec.Open;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the column to predict: named outright, or described in words that fit one column. */
final class TargetFinder {
    private static final String NAME = "(?:([\"'`])(?<quoted>[^\"'`\\n]{1,60})\\1|(?<bare>[\\p{L}_][\\p{L}\\p{N}_.%-]{0,80}+))";
    private static final String FILLER = "(?:(?:is|are|=|:|->|called|named|will be|should be|must be|the|column|col|field|variable|of|to be)[\\s:=]+|[=:]\\s*|->\\s*){0,5}";
    private static final List<Pattern> NAMED = List.of(
            Pattern.compile("(?<![\\w-])(?:target|label|outcome|dependent)(?:\\s+(?:variable|column|col|field|feature))?(?:\\s+|\\s*[=:]\\s*|\\s*->\\s*)" + FILLER + NAME),
            Pattern.compile("(?<![\\w-])y\\s*[=:]\\s*" + NAME),
            Pattern.compile("(?<![\\w-])(?:column|col|field|variable)\\.?(?:\\s+|\\s*[=:]\\s*)" + FILLER + NAME),
            Pattern.compile("(?<![\\w-])(?:predict|forecast|estimate|classify|regress|model|guess|learn|explain)(?:ing|s)?\\s+(?:(?:the|column|col|field|target|values?|of)\\s+){0,5}" + NAME),
            Pattern.compile(NAME + "\\s+(?:column\\s+|field\\s+)?(?:is|as|being|=)\\s+(?:the |my |our |a )?(?:target|label|outcome|y\\b|dependent|what (?:i|we) want|to be predicted)"),
            Pattern.compile("->\\s*" + NAME),
            Pattern.compile("\\b(?:stored|held|found|written|kept|given|recorded)\\s+(?:in|under|as)\\s+(?:the )?(?:column |field )?(?:called |named )?" + NAME),
            Pattern.compile("\\bthe\\s+" + NAME + "\\s+(?:column|field)\\b"));
    /** How plainly each pattern names the target, 0 best; from 2 on it may just talk about a column. */
    private static final int[] LEVELS = {0, 0, 2, 1, 0, 3, 1, 3};
    private static final int TALK = 2;
    /** The first so many patterns call the word a target or a column: there a plain word will do. */
    private static final int OUTRIGHT = 3;
    private static final Pattern OR = Pattern.compile("^[\"'`]?\\s+(?:or|and/or)\\s+(?:the\\s+)?[\"'`]?([\\p{L}_][\\p{L}\\p{N}_]*)");
    private static final Pattern DENIED = Pattern.compile("\\b(?:drop|ignore|exclude|except|without|skip|remove|leave out|not|never use|don't use|besides|id|key|group(?:ed)? by|sort(?:ed)? by|join(?:ed)? on|already)\\s+(?:the |a |use |in )*$");
    private static final Set<String> NO_NAMES = Set.of("is", "are", "the", "a", "an", "of", "to", "per", "each", "for", "with", "and", "or", "in", "on", "at", "value", "values", "column", "columns", "field", "called", "named",
            "accuracy", "metric", "hardware", "device", "platform", "variable", "which", "that", "this", "it", "was", "has", "will", "should", "must", "can", "named.", "score", "one", "names", "headers", "list", "goal", "whether", "if", "how",
            "what", "as", "from", "means", "holds", "contains", "says", "yes", "no", "not", "there", "our", "my", "all", "audience", "group", "customer", "customers", "market", "date", "detection", "here", "them", "every", "noise", "by", "molecule", "protein");
    private static final Pattern ASKED = Pattern.compile("\\b(?:predict|forecast|estimate|classify|guess|tell(?: me| us)?(?: apart)?|know|say|figure out|find out|learn|want(?: to know)?|decide|determine|flag|explain|model(?: for| of)?|which|will|does|is|how (?:many|much|long|old)|propose[sd]?|reads?|recognise|recognize|assess|rate|score|identify|detect|diagnose|generate|write|from)\\b");
    private static final Pattern GIVEN = Pattern.compile("\\b(?:from (?:the|its|their|our|my|a|an|soil|all|these|those|other|everything)\\b|using|based on|given|out of|by means of|with the help|in the (?:file|table)|from)");
    private static final Set<String> GENERIC = Set.of("target", "label", "labels", "class", "outcome", "y", "category");
    private static final Set<String> OUTPUTS = Set.of("response", "reply", "answer", "output", "completion", "summary", "target", "sql", "report", "translation", "label", "rewritten", "headline", "description");
    private static final Set<String> WEAK = Set.of("the", "and", "for", "per", "avg", "mean", "num", "max", "min", "day", "days", "name", "date", "code", "flag", "next", "type", "value", "hour", "hours", "month", "months", "year", "years", "total", "is", "has", "was", "text", "data");

    static final Pattern TEXTUAL = Pattern.compile("(?i)(?:.*_)?(?:text|body|title|message|review|comment|sentence|headline|abstract|content|subject|tweet|description|letter|transcript|note|question|utterance|document)");
    private static final Pattern LISTED = Pattern.compile("(?i)\\b(?:columns|fields)\\s*(?:are|is|:|include|named|called|=)?\\s*((?:[\"'`]?\\w+[\"'`]?\\s*(?:,\\s*(?:and\\s+)?|\\band\\s+)){2,60}[\"'`]?\\w+[\"'`]?|(?:[\"'`]?\\w+[\"'`]?\\s*,\\s*)[\"'`]?\\w+[\"'`]?)(?=\\s*[.;)]|\\s*$)");
    private static final Pattern KEY = Pattern.compile("(?i)(?:.*[^a-z])?(?:id|uuid|guid|key)|.+[a-z](?:Id|ID)");

    private final RequestText text;
    private final List<String> columns;

    TargetFinder(RequestText text, List<String> columns) {
        this.text = text;
        this.columns = columns;
    }

    /**
     * @param outright whether the request names the column itself
     * @param places stretches of the text that are names of columns
     */
    record Reading(Optional<String> target, String source, boolean outright, Optional<Open> open, List<Span> places) {
        static Reading of(String target, String source, Optional<Open> open) {
            return new Reading(Optional.of(target), source, false, open, List.of());
        }
    }

    private record Candidate(String name, Span place, int level) {}

    /** Columns that the request itself lists: "columns a, b, c". */
    static List<String> listed(String typed) {
        Matcher list = LISTED.matcher(typed);
        return list.find() ? Arrays.stream(list.group(1).split("\\s*(?:,|\\band\\b)\\s*")).map(name -> name.replaceAll("[\"'`]", "").strip()).filter(name -> !name.isEmpty()).toList() : List.of();
    }

    Optional<Reading> named() {
        List<Candidate> candidates = new ArrayList<>();
        for (int rank = 0; rank < NAMED.size(); rank++) {
            Matcher matcher = NAMED.get(rank).matcher(text.open());
            int from = 0;
            while (matcher.find(from)) {
                from = matcher.start() + 1;
                candidate(matcher, rank).ifPresent(found -> add(found, candidates));
            }
        }
        quotedColumn().ifPresent(candidates::add);
        return candidates.isEmpty() ? Optional.empty() : settled(candidates);
    }

    /** With its alternative: "predict price or rooms". */
    private void add(Candidate found, List<Candidate> candidates) {
        candidates.add(found);
        Matcher or = OR.matcher(text.open().substring(found.place().end()));
        if (or.find()) {
            column(or.group(1)).ifPresent(name -> candidates.add(new Candidate(name, new Span(found.place().end() + or.start(1), found.place().end() + or.end(1)), found.level())));
        }
    }

    private Optional<Reading> settled(List<Candidate> candidates) {
        int level = candidates.stream().mapToInt(Candidate::level).min().orElse(0);
        List<Claim<String>> claims = candidates.stream().filter(candidate -> candidate.level() == level).sorted(Comparator.comparingInt(candidate -> candidate.place().start()))
                .map(candidate -> new Claim<>(candidate.name(), candidate.place().start(), candidate.place().end())).toList();
        List<Span> places = candidates.stream().map(Candidate::place).toList();
        Claims.Settled<String> settled = Claims.settle("target", claims, text);
        if (settled.value().isEmpty() && level >= TALK) {
            return Optional.empty();
        }
        Optional<Open> open = settled.open().map(found -> new Open("target", found.why(), claims.stream().map(Claim::value).distinct().toList()));
        return Optional.of(new Reading(settled.value(), settled.source(), true, open, places));
    }

    private Optional<Candidate> candidate(Matcher matcher, int rank) {
        boolean quoted = matcher.group("quoted") != null;
        String group = quoted ? "quoted" : "bare";
        String raw = matcher.group(group).replaceAll("[.,;:%-]+$", "").strip();
        Span place = new Span(matcher.start(group), matcher.start(group) + raw.length());
        String before = text.open().substring(Math.max(0, matcher.start() - 30), matcher.start());
        if (raw.isEmpty() || raw.matches("_+") || DENIED.matcher(before).find() || !quoted && NO_NAMES.contains(raw)) {
            return Optional.empty();
        }
        Optional<String> column = column(raw);
        if (column.isPresent()) {
            return Optional.of(new Candidate(column.get(), place, LEVELS[rank]));
        }
        return plausible(raw, place, quoted, rank) ? Optional.of(new Candidate(text.typed(place.start(), place.end()), place, LEVELS[rank])) : Optional.empty();
    }

    /** A name that is no known column: only where the request calls it one, or where it looks like one and no columns are known. */
    private boolean plausible(String raw, Span place, boolean quoted, int rank) {
        boolean identifier = quoted || raw.contains("_");
        if (rank >= OUTRIGHT) {
            return identifier && columns.isEmpty();
        }
        boolean ends = text.open().substring(place.end()).matches("(?s)^\\s*(?:[\\])\"'`,.;(]|$).*");
        return identifier || columns.isEmpty() && ends && MetricWords.in(raw).isEmpty();
    }

    private Optional<String> column(String name) {
        String letters = Nearest.letters(name);
        return columns.stream().filter(column -> column.equalsIgnoreCase(name)).findFirst()
                .or(() -> columns.stream().filter(column -> Nearest.letters(column).equals(letters) && !letters.isEmpty()).findFirst());
    }

    /** The only quoted word of the request that is a column or looks like one. */
    private Optional<Candidate> quotedColumn() {
        List<Candidate> found = new ArrayList<>();
        Matcher matcher = Pattern.compile("[\"`]([\\p{L}_][\\p{L}\\p{N}_.-]*)[\"`]").matcher(text.open());
        while (matcher.find()) {
            String raw = matcher.group(1);
            Span place = new Span(matcher.start(1), matcher.end(1));
            if (!raw.matches("_+") && !DENIED.matcher(text.open().substring(Math.max(0, matcher.start() - 30), matcher.start())).find()) {
                column(raw).or(() -> columns.isEmpty() && (raw.contains("_") || text.open().charAt(place.start() - 1) == '`') ? Optional.of(text.typed(place.start(), place.end())) : Optional.empty())
                        .ifPresent(name -> found.add(new Candidate(name, place, TALK + 1)));
            }
        }
        return found.stream().map(Candidate::name).distinct().count() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    /** A column whose name is described in the request. */
    Optional<Reading> described(boolean generation) {
        List<String> asked = stems(askedFor());
        List<String> all = stems(text.open());
        Optional<Reading> fitting = best(asked, "");
        if (fitting.isPresent()) {
            return fitting;
        }
        if (generation) {
            return conventional(OUTPUTS);
        }
        return conventional(GENERIC).or(() -> whole(all)).or(this::besidesText);
    }

    private Optional<Reading> best(List<String> words, String note) {
        List<String> usable = columns.stream().filter(column -> !KEY.matcher(column).matches()).toList();
        double highest = usable.stream().mapToDouble(column -> fit(column, words)).max().orElse(0);
        if (highest < 0.5) {
            return Optional.empty();
        }
        List<String> fitting = usable.stream().filter(column -> fit(column, words) > highest - 1e-9).toList();
        return Optional.of(one(fitting, "the words \"" + text.typed(0, Math.min(text.plain().length(), 120)) + "\" fit the column " + fitting.getFirst() + note));
    }

    private static Reading one(List<String> fitting, String source) {
        if (fitting.size() == 1) {
            return Reading.of(fitting.getFirst(), source, Optional.empty());
        }
        Open open = new Open("target", fitting.size() + " columns fit the request", fitting);
        return new Reading(Optional.empty(), "", false, Optional.of(open), List.of());
    }

    private Optional<Reading> conventional(Set<String> names) {
        List<String> exact = columns.stream().filter(column -> names.contains(Nearest.letters(column))).toList();
        List<String> partly = columns.stream().filter(column -> parts(column).stream().anyMatch(names::contains)).toList();
        List<String> fitting = exact.size() == 1 ? exact : partly;
        return fitting.isEmpty() ? Optional.empty() : Optional.of(one(fitting, "the column's name \"" + fitting.getFirst() + "\""));
    }

    /** Columns named word for word anywhere, if it is only one. */
    private Optional<Reading> whole(List<String> words) {
        List<String> fitting = columns.stream().filter(column -> fit(column, words) >= 1).toList();
        return fitting.size() == 1 ? Optional.of(one(fitting, "the request mentions \"" + fitting.getFirst() + "\"")) : Optional.empty();
    }

    /** In a table of texts with one other column, that is the one. */
    private Optional<Reading> besidesText() {
        List<String> others = columns.stream().filter(column -> !KEY.matcher(column).matches() && !TEXTUAL.matcher(column).matches()).toList();
        boolean texts = columns.stream().anyMatch(column -> TEXTUAL.matcher(column).matches());
        return texts && others.size() == 1 ? Optional.of(one(others, "the only column besides the text")) : Optional.empty();
    }

    private String askedFor() {
        StringBuilder asked = new StringBuilder();
        Matcher matcher = ASKED.matcher(text.open());
        while (matcher.find()) {
            Span sentence = text.sentence(matcher.start());
            String rest = text.open().substring(matcher.end(), Math.max(matcher.end(), sentence.end()));
            Matcher given = GIVEN.matcher(rest);
            asked.append(given.find() ? rest.substring(0, given.start()) : rest).append(' ');
        }
        return asked.toString();
    }

    /** Share of the telling parts of the column's name that are among the words, whole names first. */
    private static double fit(String column, List<String> words) {
        List<String> parts = parts(column).stream().filter(part -> part.length() > 2 && !part.matches("\\d+\\w?")).toList();
        List<String> telling = parts.stream().filter(part -> !WEAK.contains(part)).toList();
        if (telling.isEmpty()) {
            return 0;
        }
        long found = telling.stream().filter(part -> words.contains(stem(part))).count();
        long extra = parts(column).stream().filter(words::contains).count();
        return (double) found / telling.size() + (found > 0 ? found * 0.01 + extra * 0.001 : 0);
    }

    private static List<String> parts(String column) {
        return List.of(column.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"));
    }

    private static List<String> stems(String text) {
        return Arrays.stream(text.split("[^\\p{L}\\p{N}]+")).filter(word -> !word.isEmpty()).flatMap(word -> Stream.of(word, stem(word))).distinct().toList();
    }

    /** Cuts endings so that plural, tenses and person do not count; species stays. */
    static String stem(String word) {
        String stem = word.replaceAll("(?:ies)$", "i").replaceAll("(?<=\\p{L}{3})(?:ings?|ed|es|s|e|y|er)$", "");
        return stem.length() < 3 ? word : stem.replaceAll("i$", "");
    }
}
