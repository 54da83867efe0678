package io.tunesmith.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An answer that stays open while things happen. What is sent waits (a virtual thread) until the client's connection has taken it, so that a client which
 * does not read costs one piece of at most {@value #PIECE} characters, however much happens; one that takes nothing for a minute is cut off. For one thread.
 */
public final class OpenAnswer {
    /** Longer texts are sent in pieces. */
    public static final int PIECE = 16_384;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private final HttpServerResponse response;
    private final Duration patience;

    OpenAnswer(HttpServerResponse response, Duration patience) {
        this.response = response;
        this.patience = patience;
    }

    /** Sends the headers and a first text through the framework's stream, which must not be used after that. */
    public static OpenAnswer begin(HttpServerResponse response, OutputStream out, String first) throws IOException {
        out.write(first.getBytes(StandardCharsets.UTF_8));
        out.flush();
        return new OpenAnswer(response, PATIENCE);
    }

    /** Fails when the client is gone, and when it took nothing of it for a minute. */
    public void send(String text) throws Gone {
        for (int from = 0; from < text.length();) {
            int to = Math.min(text.length(), from + PIECE);
            int whole = to < text.length() && Character.isHighSurrogate(text.charAt(to - 1)) ? to - 1 : to;
            piece(Buffer.buffer(text.substring(from, whole)));
            from = whole;
        }
    }

    private void piece(Buffer bytes) throws Gone {
        try {
            response.write(bytes).toCompletionStage().toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            response.reset();
            throw new Gone("the client took nothing for " + patience.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new Gone("the client is gone", e.getCause());
        } catch (IllegalStateException e) {
            throw new Gone("the client is gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Gone("the service ends", e);
        }
    }

    /** Nobody is there to take the rest. */
    public static final class Gone extends IOException {
        private static final long serialVersionUID = 1;

        Gone(String why, Throwable cause) {
            super(why, cause);
        }
    }
}
