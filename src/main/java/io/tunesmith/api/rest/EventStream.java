package io.tunesmith.api.rest;

import io.tunesmith.api.OpenAnswer;
import io.tunesmith.core.RunId;
import io.tunesmith.run.Follower;
import io.tunesmith.run.Run;
import io.tunesmith.run.RunEvent;
import io.tunesmith.run.Runs;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * A run's events as server-sent events: id is the event's number, so that a client that lost the line goes on where it was. A comment every
 * 5 seconds keeps the line open; it closes after {@code run.finished}, and when the key that opened it is revoked or expires. A client that goes away ends
 * only its own stream; one that does not read is cut off ({@link OpenAnswer}). All streams of a run share one reader of the store.
 */
final class EventStream implements StreamingOutput {
    private static final Logger LOG = Logger.getLogger(EventStream.class);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);
    /** Keep-alives between two looks at whether the run has ended: its last event says so first. */
    private static final int LOOKS_EVERY = 3;
    private final Runs runs;
    private final RunId run;
    private final boolean over;
    private final long from;
    private final HttpServerResponse response;
    private final BooleanSupplier stands;

    /**
     * @param run as its caller just saw it
     * @param stands whether the key that opened it is good still: else the stream ends
     */
    EventStream(Runs runs, Run run, long from, HttpServerResponse response, BooleanSupplier stands) {
        this.stands = stands;
        this.runs = runs;
        this.run = run.id();
        this.over = run.ended().isPresent();
        this.from = from;
        this.response = response;
    }

    @Override
    public void write(OutputStream out) throws IOException {
        OpenAnswer answer = OpenAnswer.begin(response, out, "retry: 3000\n\n");
        try {
            follow(answer);
        } catch (OpenAnswer.Gone e) {
            LOG.debugf("a stream of %s ends: %s", run, e.getMessage());
        }
    }

    private void follow(OpenAnswer answer) throws IOException {
        boolean ended = over;
        int quiet = 0;
        try (Follower follower = runs.follow(run, from)) {
            while (true) {
                List<RunEvent> events = follower.next(ended ? Duration.ZERO : KEEP_ALIVE);
                if (!stands.getAsBoolean()) {
                    return;
                }
                send(answer, events);
                if (ended && events.isEmpty() || events.stream().anyMatch(event -> event.type().equals("run.finished"))) {
                    return;
                }
                if (events.isEmpty()) {
                    answer.send(": keep-alive\n\n");
                    ended = ++quiet % LOOKS_EVERY == 0 && ended();
                }
            }
        }
    }

    private boolean ended() {
        return runs.find(run).flatMap(Run::ended).isPresent();
    }

    /** Small events go out together. */
    private static void send(OpenAnswer answer, List<RunEvent> events) throws IOException {
        StringBuilder text = new StringBuilder();
        for (RunEvent event : events) {
            String one = EventText.of(event);
            if (text.length() + one.length() > OpenAnswer.PIECE && !text.isEmpty()) {
                answer.send(text.toString());
                text.setLength(0);
            }
            text.append(one);
        }
        answer.send(text.toString());
    }
}
