package io.tunesmith.run;

import io.tunesmith.core.Ids;
import io.tunesmith.core.RunId;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Appends events and lets those who follow a run know. Thread-safe: the store orders the events, a tail for each run hands them out. */
final class EventLog {
    private final RunStore store;
    private final Clock clock;
    private final Ids ids;
    private final Tails tails;

    EventLog(RunStore store, Clock clock, Ids ids) {
        this.store = store;
        this.clock = clock;
        this.ids = ids;
        this.tails = new Tails(store);
    }

    /** Appends an event with a line for people and plain values as {@code name, value, name, value, …}. */
    RunEvent append(RunId run, String type, String text, Object... namesAndValues) {
        RunEvent event = store.append(run, draw(), clock.instant(), type, data(text, namesAndValues));
        tails.wake(run);
        return event;
    }

    /** A draw for one event that nothing else can be taken for. */
    String draw() {
        return ids.next("evt_");
    }

    /** The same with a draw of the caller's: what was appended under it before is not appended again. */
    void once(RunId run, String draw, String type, String text, Object... namesAndValues) {
        store.append(run, draw, clock.instant(), type, data(text, namesAndValues));
        tails.wake(run);
    }

    /** An event's values: the line for people under {@code text}, then {@code name, value, name, value, …}. */
    static Map<String, Object> data(String text, Object... namesAndValues) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("text", text);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            data.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return data;
    }

    /** Something was appended, here or by the store itself. */
    void wake() {
        tails.wake();
    }

    /** Whoever closes it lets go of the run. */
    Follower follow(RunId run, long after) {
        return new Follower(tails.join(run), after);
    }

    List<RunEvent> await(RunId run, long after, Duration wait) {
        try (Follower follower = follow(run, after)) {
            return follower.next(wait);
        }
    }
}
