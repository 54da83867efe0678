package io.tunesmith.api.rest;

import io.tunesmith.run.RunEvent;
import java.time.Instant;
import java.util.Map;

/**
 * One line of a run's log.
 *
 * @param seq from 1 in each run, without gaps; the SSE id
 * @param type for example {@code trial.finished}; the SSE event name
 * @param data {@code text} is one line for people; the rest is as the type needs
 */
public record EventView(String runId, long seq, Instant at, String type, Map<String, Object> data) {

    static EventView of(RunEvent event) {
        return new EventView(event.run().value(), event.seq(), event.at(), event.type(), event.data());
    }
}
