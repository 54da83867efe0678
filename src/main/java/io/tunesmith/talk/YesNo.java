package io.tunesmith.talk;

import java.util.Optional;
import java.util.regex.Pattern;

/** A plain yes or no; everything else is neither. */
final class YesNo {
    private static final Pattern YES = Pattern.compile("(?:(?:yes|y|yep|yeah|yup|ok|okay|sure|go|go ahead|do it|start|start it|start now|please do|please start|proceed|confirmed?|approved?|run it|let'?s go|sounds good|looks good|agreed|of course|absolutely|continue|go on|carry on|ja|oui|sí|si)(?:[\\s,.!]+|$))+(?:please|thanks|thank you|it|now|start|go|the run)?[\\s.!]*");
    private static final Pattern NO = Pattern.compile("(?:(?:no|n|nope|nah|don'?t|do not|do not start|don'?t start|not now|no thanks|no thank you|stop|cancel|rather not|nein|non)(?:[\\s,.!]+|$))+(?:please|thanks|thank you|it|start it|start)?[\\s.!]*");

    private YesNo() {}

    /** @param text in lower case */
    static Optional<Boolean> read(String text) {
        if (NO.matcher(text).matches()) {
            return Optional.of(false);
        }
        return YES.matcher(text).matches() ? Optional.of(true) : Optional.empty();
    }
}
