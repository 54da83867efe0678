package io.tunesmith.talk;

import io.tunesmith.core.RunId;
import java.util.Optional;

/**
 * Who sent a message and how it is told from another.
 *
 * @param owner whose the run becomes
 * @param content digest of all that was sent
 * @param key the {@code Idempotency-Key} that came with it
 * @param retry whether the client says that it sends it again
 * @param making the id of the run that it makes, where that was drawn and kept before; absent: it is drawn now
 */
public record Sender(String owner, String content, Optional<String> key, boolean retry, Optional<RunId> making) {

    /** Whoever keeps which run each message makes names the run: the message makes that one, and no other message does. */
    public Sender making(RunId run) {
        return new Sender(owner, content, Optional.of(run.value()), retry, Optional.of(run));
    }

    Repeats.Name name() {
        return new Repeats.Name(owner, key.map(given -> "key:" + given).orElse("content:" + content));
    }
}
