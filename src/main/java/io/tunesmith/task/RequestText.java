package io.tunesmith.task;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request made ready for rules: {@link #plain()} is lower-case, with misspelt words of the trade mended and everything blanked that the
 * request only quotes (long quotations, whatever "reads …", names in quotes), so that quoted data sets no field. {@link #open()} is the same
 * with short quoted names left in, for finding columns. Both have the same length; {@link #quote} gives the words as typed.
 */
final class RequestText {
    /** A request is a few sentences; what comes after so many characters is not read by rules. */
    static final int LONGEST = 8_000;
    private static final int LONGEST_WORD = 60;
    private static final Pattern TOKEN = Pattern.compile("[\\p{L}]+|[^\\p{L}]", Pattern.DOTALL);
    private static final Pattern QUOTED = Pattern.compile("\"([^\"\\n]{1,400})\"|`([^`\\n]{1,400})`|(?<![\\p{L}\\p{N}])'([^'\\n]{1,80}(?:'[a-z][^'\\n]{0,200}){0,3})'(?![\\p{L}\\p{N}])");
    private static final Pattern QUOTED_LINE = Pattern.compile("(?m)^>.*$");
    private static final Pattern SENTENCE_END = Pattern.compile("(?<!\\bmax)(?<!\\bmin)(?<!\\be\\.g)(?<!\\bi\\.e)(?<!\\bapprox)(?<!\\bcol)(?<!\\bca)[.!?]+[)\"]?(?=\\s|$)|\\n+|;");
    private static final Pattern CLAUSE_END = Pattern.compile(",(?!\\d)|[():;]|\\s[-–—]+\\s|\\bbut\\b|\\bbecause\\b|\\bwhich\\b(?=\\s+(?:is|was))");
    private static final int NAME_WORDS = 6;

    private final String typed;
    private final String open;
    private final String plain;
    private final int[] origin;
    private final List<Integer> sentenceEnds;
    private final List<Integer> clauseEnds;

    RequestText(String request) {
        typed = request.length() > LONGEST ? request.substring(0, LONGEST) : request;
        StringBuilder text = new StringBuilder();
        List<Integer> from = new ArrayList<>();
        Matcher tokens = TOKEN.matcher(typed);
        while (tokens.find()) {
            String token = tokens.group().length() > LONGEST_WORD ? "_".repeat(tokens.group().length()) : normal(tokens.group());
            for (int i = 0; i < token.length(); i++) {
                from.add(tokens.start() + Math.min(i, tokens.group().length() - 1));
            }
            text.append(token);
        }
        from.add(typed.length());
        origin = from.stream().mapToInt(Integer::intValue).toArray();
        open = blanked(text.toString(), false);
        plain = blanked(text.toString(), true);
        sentenceEnds = ends(SENTENCE_END);
        clauseEnds = ends(CLAUSE_END);
    }

    private static String normal(String token) {
        return switch (token) {
            case "mAP" -> "meanap";
            case "AP" -> "avgprec";
            case "≥" -> ">=";
            case "≤" -> "<=";
            case "“", "”", "„", "«", "»" -> "\"";
            case "‘", "’" -> "'";
            case "\u00A0", "\u202F" -> " ";
            case "µ", "μ" -> "u";
            case "²" -> "2";
            default -> Spelling.mended(token.toLowerCase(Locale.ROOT));
        };
    }

    private static String blanked(String text, boolean names) {
        char[] out = text.toCharArray();
        Matcher quotes = QUOTED.matcher(text);
        while (quotes.find()) {
            String inside = quotes.group().substring(1, quotes.group().length() - 1);
            boolean name = inside.strip().split("\\s+").length <= NAME_WORDS;
            if (names || !name) {
                Arrays.fill(out, quotes.start() + 1, quotes.end() - 1, '_');
            }
        }
        Matcher lines = QUOTED_LINE.matcher(text);
        while (lines.find()) {
            Arrays.fill(out, lines.start(), lines.end(), '_');
        }
        return new String(out);
    }

    private List<Integer> ends(Pattern pattern) {
        return pattern.matcher(plain).results().map(match -> match.end()).toList();
    }

    /** The text with these stretches blanked, for rules that must not see them. */
    String without(List<Span> spans) {
        char[] out = plain.toCharArray();
        spans.forEach(span -> Arrays.fill(out, span.start(), span.end(), '_'));
        return new String(out);
    }

    String plain() {
        return plain;
    }

    String open() {
        return open;
    }

    /** The request as typed, cut to the longest that is read. */
    String typed() {
        return typed;
    }

    /** Where a stretch of the typed request lies in the plain text. */
    Span placeOf(int typedStart, int typedEnd) {
        int start = 0;
        while (start < plain.length() && origin[start] < typedStart) {
            start++;
        }
        int end = start;
        while (end < plain.length() && origin[end] < typedEnd) {
            end++;
        }
        return new Span(start, end);
    }

    /** The words as typed. */
    String typed(int start, int end) {
        return typed.substring(origin[start], end >= origin.length ? typed.length() : Math.max(origin[start], origin[end])).strip();
    }

    /** The words as typed, in quotation marks: a source. */
    String quote(int start, int end) {
        return "\"" + typed(start, end) + "\"";
    }

    Span sentence(int at) {
        return between(sentenceEnds, at, new Span(0, plain.length()));
    }

    Span clause(int at) {
        return between(clauseEnds, at, sentence(at));
    }

    String words(Span span) {
        return plain.substring(span.start(), span.end());
    }

    private static Span between(List<Integer> ends, int at, Span within) {
        int start = within.start();
        for (int end : ends) {
            if (end > at) {
                return new Span(start, Math.min(Math.max(end, start), within.end()));
            }
            start = Math.max(start, end);
        }
        return new Span(start, within.end());
    }

    /** Up to so many characters before a place, not beyond its sentence. */
    String before(int at, int characters) {
        return plain.substring(Math.max(Math.max(at - characters, 0), sentence(Math.max(at - 1, 0)).start()), at);
    }

    /** Up to so many characters after a place. */
    String after(int at, int characters) {
        return plain.substring(at, Math.min(plain.length(), at + characters));
    }
}
