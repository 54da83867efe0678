package io.tunesmith.api.openai;

import io.tunesmith.core.Sha256;
import io.tunesmith.talk.Conversation;
import io.tunesmith.talk.Mode;
import io.tunesmith.talk.Sender;
import io.tunesmith.talk.Stated;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A checked request for the next message of a conversation.
 *
 * @param key the {@code Idempotency-Key}; whoever calls in-process names the request here, and the same name makes one run
 * @param retry whether the client says that it sends the request again
 */
public record ChatRequest(Mode mode, Conversation conversation, Stated stated, boolean stream, boolean includeUsage, Optional<String> key, boolean retry) {

    /** From the JSON of a request's body; what does not fit is refused and named. */
    public static ChatRequest read(byte[] body, Optional<String> key, boolean retry) {
        return ChatRequestReader.read(body, key, retry);
    }

    Sender sender(String owner) {
        String content = mode.wire() + "\n" + stated + "\n" + conversation;
        return new Sender(owner, Sha256.of(content.getBytes(StandardCharsets.UTF_8)).hex(), key, retry, Optional.empty());
    }
}
