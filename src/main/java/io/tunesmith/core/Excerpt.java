package io.tunesmith.core;

/** A text of someone else's, cut to what fits into a sentence. */
public final class Excerpt {
    private Excerpt() {}

    /** The text itself, or its first {@code most} characters and an ellipsis; no character is cut in two. */
    public static String of(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most) + "…";
    }
}
