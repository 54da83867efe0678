package io.tunesmith.api.openai;

import io.tunesmith.api.OpenAnswer;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Writes server-sent events, one at a time: a reader that is slow holds its writer up, so that nothing piles up here, and one that does not read is cut off
 * ({@link OpenAnswer}). What fails as {@link UncheckedIOException} is a reader that went away. A key that no longer opens ends the stream. For one thread.
 */
final class Sse {
    private final Line line;
    private final OutputStream out;
    private Optional<OpenAnswer> open = Optional.empty();

    Sse(Line line, OutputStream out) {
        this.line = line;
        this.out = out;
    }

    /**
     * To whom a stream goes.
     *
     * @param stands whether the key that opened it is good still
     */
    record Line(HttpServerResponse response, BooleanSupplier stands) {}

    /** Never with a name: clients of chat streams would take a named event's data for a chunk. */
    void data(String json) {
        check();
        send("data: " + json + "\n\n");
    }

    void named(String event, String json) {
        check();
        send("event: " + event + "\ndata: " + json + "\n\n");
    }

    void keepAlive() {
        check();
        send(": keep-alive\n\n");
    }

    /** Sends why the stream ends, also to whom its key no longer opens anything. Whether somebody is there to be told is all the same. */
    void late(String text) {
        try {
            send(text);
        } catch (UncheckedIOException e) {
            // Nobody is there to be told.
        }
    }

    private void check() {
        if (!line.stands().getAsBoolean()) {
            throw Failure.BadRequest.of(FailureCode.INVALID_API_KEY, "Authorization", "the key that opened this stream was revoked or has expired").hint("the run goes on").asException();
        }
    }

    private void send(String text) {
        try {
            if (open.isEmpty()) {
                open = Optional.of(OpenAnswer.begin(line.response(), out, text.length() > OpenAnswer.PIECE ? ": open\n\n" : text));
                if (text.length() <= OpenAnswer.PIECE) {
                    return;
                }
            }
            open.get().send(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
