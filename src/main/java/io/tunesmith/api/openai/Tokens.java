package io.tunesmith.api.openai;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import io.tunesmith.talk.Conversation;
import io.tunesmith.talk.Message;

/** Counts tokens as the newer models of OpenAI do (o200k_base): clients show the numbers, and keys have a limit of them. Thread-safe; loads its table when first asked. */
public final class Tokens {
    /** Each message has a frame of so many. */
    private static final int FRAME = 4;
    private static final int REPLY = 3;
    /** Longer text is counted piece by piece: the time stays linear, and at a cut at most a token is counted twice. */
    private static final int PIECE = 4096;

    private Tokens() {}

    private static final class Table {
        static final Encoding ENCODING = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    }

    /** What a request and its answer take. */
    public record Usage(long promptTokens, long completionTokens, long totalTokens) {
        static Usage of(Conversation prompt, String answer) {
            long asked = count(prompt);
            long told = count(answer);
            return new Usage(asked, told, asked + told);
        }
    }

    static long count(Conversation conversation) {
        return conversation.messages().stream().map(Message::text).mapToLong(text -> FRAME + count(text)).sum() + REPLY;
    }

    static long count(String text) {
        long tokens = 0;
        for (int from = 0; from < text.length(); from += PIECE) {
            tokens += Table.ENCODING.countTokensOrdinary(text.substring(from, Math.min(text.length(), from + PIECE)));
        }
        return tokens;
    }
}
