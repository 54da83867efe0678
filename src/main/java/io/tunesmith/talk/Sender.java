package io.tunesmith.talk;

import java.util.Optional;

/**
 * Who sent a message and how it is told from another.
 *
 * @param owner whose the run becomes
 * @param content digest of all that was sent
 * @param key the {@code Idempotency-Key} that came with it
 * @param retry whether the client says that it sends it again
 */
public record Sender(String owner, String content, Optional<String> key, boolean retry) {

    Repeats.Name name() {
        return new Repeats.Name(owner, key.map(given -> "key:" + given).orElse("content:" + content));
    }
}
