package io.tunesmith.api.openai;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes server-sent events, one at a time: a reader that is slow holds its writer up, so that nothing piles up here. What fails is a reader that went away.
 * Thread-safe: one lock, so that a comment may come from another thread.
 */
final class Sse {
    private final OutputStream out;

    Sse(OutputStream out) {
        this.out = out;
    }

    /** Never with a name: clients of chat streams would take a named event's data for a chunk. */
    void data(String json) {
        send("data: " + json + "\n\n");
    }

    void named(String event, String json) {
        send("event: " + event + "\ndata: " + json + "\n\n");
    }

    void keepAlive() {
        send(": keep-alive\n\n");
    }

    private synchronized void send(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
