package io.tunesmith.talk;

import java.util.Locale;
import java.util.regex.Pattern;

/** A message made ready for the rules of commands: lower case, one blank between words, politeness and names gone. */
final class Sentence {
    private static final Pattern BEFORE = Pattern.compile("^(?:(?:hi|hey|hello|ok(?:ay)?|well|so|and|now|then|thanks|thank you|please|pls|kindly|tunesmith|just|actually|alright|right|great|good|cool|nice|no|oh|hmm+|sorry|wait|yes|yeah|yep)\\b[\\s,.!-]*|(?:can|could|would|will) you (?:please |kindly |just )?(?:also )?|(?:i(?:'d| would) like (?:you )?to|i want (?:you )?to|let'?s|we should|you should|i need you to|you can|you may|go ahead and)\\s+)+");
    private static final Pattern AFTER = Pattern.compile("(?:[\\s,.!?]+(?:please|pls|thanks|thank you|now|right now|immediately|at once|then|again|for me|if you can|asap|ok|okay|instead))*[\\s,.!?:;-]*$");

    private Sentence() {}

    static String of(String words) {
        return words.toLowerCase(Locale.ROOT).replace('’', '\'').replaceAll("\\s+", " ").strip();
    }

    /** What is left without what only makes it polite. "please cancel it now, thanks!" is "cancel it". */
    static String command(String words) {
        String plain = of(words);
        String begun = BEFORE.matcher(plain).replaceFirst("");
        return AFTER.matcher(begun.isEmpty() ? plain : begun).replaceFirst("").strip();
    }
}
