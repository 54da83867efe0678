package io.tunesmith.talk;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message without what it only quotes: fenced code, quoted lines, marked-up parts, text in quotation marks. {@link #words()} is what the user says in
 * person; {@link #named()} keeps short names in quotation marks, for answers. Both are as long as the message was, with spaces for what was quoted.
 */
record Unquoted(String words, String named) {
    /** A message is read so far; what comes after is data. */
    private static final int LONGEST = 8_000;
    private static final Pattern FENCE = Pattern.compile("(?ms)^[ \\t]{0,3}(```+|~~~+).*?(?:^[ \\t]{0,3}\\1[`~]*[ \\t]*$|\\z)");
    private static final Pattern INLINE_FENCE = Pattern.compile("(?s)```.*?(?:```|\\z)");
    private static final Pattern LINE = Pattern.compile("(?m)^[ \\t]{0,3}(?:>|&gt;).*$");
    private static final Pattern MARKED = Pattern.compile("(?s)<([A-Za-z][\\w-]{0,40})(?:\\s[^<>]{0,200})?>.*?(?:</\\1\\s*>|\\z)");
    private static final Pattern COMMENT = Pattern.compile("(?s)<!--.*?(?:-->|\\z)");
    private static final Pattern MARKS = Pattern.compile("(?s)\"[^\"]{0,4000}+\"|“[^”]{0,4000}+”|„[^“”]{0,4000}+[“”]|«[^»]{0,4000}+»|‹[^›]{0,400}+›|「[^」]{0,400}+」|`[^`]{0,4000}+`|‘[^’\\n]{0,400}’(?![\\p{L}\\p{N}])|(?<![\\p{L}\\p{N}])'[^'\\n]{0,400}(?:'[\\p{L}][^'\\n]{0,400}){0,3}'(?![\\p{L}\\p{N}])");
    /** Marks that open and never close hold the rest of their line. */
    private static final Pattern OPEN = Pattern.compile("(?m)(?<![\\p{L}\\p{N}\"])[\"“„«](?=\\S).*$");
    /** "It said: cancel it" reports what another says. */
    private static final Pattern REPORTED = Pattern.compile("(?is)\\b(?:says?|said|saying|reads|states?|stated|(?:told|tells?) (?:me|us|you)|wrote|writes|replied|replies|answered|instructions?|(?:tool|system) (?:output|result|prompt|message))\\b[^.!?\\n]{0,40}?:\\s[^\\n]*");

    static Unquoted of(String message) {
        String text = message.length() > LONGEST ? message.substring(0, LONGEST) : message;
        String own = blank(blank(blank(blank(blank(text, FENCE), INLINE_FENCE), COMMENT), MARKED), LINE);
        return new Unquoted(blank(blank(blank(own, MARKS), OPEN), REPORTED), own);
    }

    private static String blank(String text, Pattern pattern) {
        Matcher matcher = pattern.matcher(text);
        return matcher.replaceAll(match -> " ".repeat(match.end() - match.start()));
    }

    /** What is named bare, or in quotation marks right after a word such as "data" or "in". */
    Optional<String> first(Pattern reference) {
        Matcher bare = reference.matcher(words);
        if (bare.find()) {
            return Optional.of(trimmed(bare.group()));
        }
        Matcher marked = Pattern.compile("(?i)\\b(?:data|dataset|file|table|url|reference|run|plan|in|from|at|on|of|is|use|using|with|with|=|:)\\s*[:=]?\\s+[`\"'“](" + reference.pattern() + ")[`\"'”](?=[\\s,.;:!?)]|$)").matcher(named);
        return marked.find() ? Optional.of(trimmed(marked.group(1))) : Optional.empty();
    }

    private static String trimmed(String reference) {
        return reference.replaceAll("[.,;:!?]+$", "");
    }
}
