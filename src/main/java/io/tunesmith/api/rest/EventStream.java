package io.tunesmith.api.rest;

import io.tunesmith.core.RunId;
import io.tunesmith.run.Run;
import io.tunesmith.run.RunEvent;
import io.tunesmith.run.Runs;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A run's events as server-sent events: id is the event's number, so that a client that lost the line goes on where it was. A comment every
 * 5 seconds keeps the line open; it closes after {@code run.finished}, and when the key that opened it is revoked or expires. A client that goes away ends only its own stream.
 */
final class EventStream implements StreamingOutput {
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);
    private final Runs runs;
    private final RunId run;
    private final long from;
    private final BooleanSupplier stands;

    /** @param stands whether the key that opened it is good still: else the stream ends */
    EventStream(Runs runs, RunId run, long from, BooleanSupplier stands) {
        this.stands = stands;
        this.runs = runs;
        this.run = run;
        this.from = from;
    }

    @Override
    public void write(OutputStream out) throws IOException {
        send(out, "retry: 3000\n\n");
        long after = from;
        while (true) {
            boolean ended = runs.find(run).flatMap(Run::ended).isPresent();
            List<RunEvent> events = ended ? runs.events(run, after, 200) : runs.await(run, after, KEEP_ALIVE);
            if (events.isEmpty() && ended || !stands.getAsBoolean()) {
                return;
            }
            send(out, events.isEmpty() ? ": keep-alive\n\n" : text(events));
            after = events.isEmpty() ? after : events.getLast().seq();
            if (events.stream().anyMatch(event -> event.type().equals("run.finished"))) {
                return;
            }
        }
    }

    private static String text(List<RunEvent> events) {
        StringBuilder text = new StringBuilder();
        for (RunEvent event : events) {
            text.append("id: ").append(event.seq()).append("\nevent: ").append(event.type()).append("\ndata: ").append(WireJson.write(EventView.of(event))).append("\n\n");
        }
        return text.toString();
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
