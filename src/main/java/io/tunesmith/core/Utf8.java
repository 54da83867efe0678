package io.tunesmith.core;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Bytes of someone else's as text, strictly: in broken or overlong UTF-8 one reader sees a quote or a slash that another does not. */
public final class Utf8 {
    private static final char MARK = '\uFEFF';

    private Utf8() {}

    /** Empty if the bytes are not UTF-8. */
    public static Optional<String> text(byte[] bytes) {
        return text(bytes, bytes.length);
    }

    /** Of the first so many bytes. */
    public static Optional<String> text(byte[] bytes, int length) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** The same without the mark that some editors and shells put before the first character. */
    public static Optional<String> unmarked(byte[] bytes) {
        return text(bytes).map(text -> !text.isEmpty() && text.charAt(0) == MARK ? text.substring(1) : text);
    }
}
