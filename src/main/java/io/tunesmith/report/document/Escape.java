package io.tunesmith.report.document;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes untrusted text harmless. Characters that XML forbids, lone surrogates and the controls that turn the direction of writing (with which a
 * name could pretend to be another) become U+FFFD.
 */
public final class Escape {
    private static final String MARKDOWN = "\\`*[]|~#";
    private static final Pattern STARTS_A_BLOCK = Pattern.compile("^([-+=]|\\d+(?=[.)] ))");
    private static final char UNKNOWN = '\uFFFD';

    private Escape() {}

    /** For HTML and XML, in text and in quoted attributes. */
    public static String html(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        clean(text).codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    /** For a line of Markdown or a cell of its tables: no markup, no HTML, no line break survives. */
    public static String markdown(String text) {
        int[] words = clean(text).replaceAll("\\s+", " ").strip().codePoints().toArray();
        StringBuilder out = new StringBuilder(words.length + 16);
        for (int i = 0; i < words.length; i++) {
            switch (words[i]) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '_' -> out.append(insideWord(words, i) ? "_" : "\\_");
                default -> out.append(words[i] < 128 && MARKDOWN.indexOf(words[i]) >= 0 ? "\\" : "").appendCodePoint(words[i]);
            }
        }
        String line = out.toString().replace("://", ":&#47;&#47;");
        return STARTS_A_BLOCK.matcher(line).replaceFirst(start -> Matcher.quoteReplacement(Character.isDigit(start.group().charAt(0)) ? start.group() + "&#8203;" : "\\" + start.group()));
    }

    private static boolean insideWord(int[] words, int i) {
        return i > 0 && i < words.length - 1 && Character.isLetterOrDigit(words[i - 1]) && Character.isLetterOrDigit(words[i + 1]);
    }

    /** The text cut to so many characters, the last one "…" if something is missing. */
    public static String shorten(String text, int characters) {
        if (text.codePointCount(0, text.length()) <= characters) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, Math.max(1, characters - 1))).stripTrailing() + "…";
    }

    private static String clean(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> out.appendCodePoint(allowed(c) ? c : UNKNOWN));
        return out.toString();
    }

    private static boolean allowed(int c) {
        boolean control = c < 0x20 && c != '\t' && c != '\n' && c != '\r' || c >= 0x7F && c <= 0x9F;
        boolean turnsWriting = c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
        boolean surrogate = c >= 0xD800 && c <= 0xDFFF;
        return !control && !turnsWriting && !surrogate && (c & 0xFFFE) != 0xFFFE;
    }
}
