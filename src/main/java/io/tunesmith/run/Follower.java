package io.tunesmith.run;

import java.time.Duration;
import java.util.List;

/** One who reads a run's events from a place on, in order, each once. Whether the run may be seen was asked when it was made. For one thread; closing it lets go of the run. */
public final class Follower implements AutoCloseable {
    private final Tail tail;
    private long after;
    private boolean left;

    Follower(Tail tail, long after) {
        this.tail = tail;
        this.after = after;
    }

    /** The next events, at most 64; waits until there is one, at most {@code wait}; empty after that, and when interrupted. */
    public List<RunEvent> next(Duration wait) {
        try {
            List<RunEvent> events = tail.await(after, wait);
            after = events.isEmpty() ? after : events.getLast().seq();
            return events;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    @Override
    public void close() {
        if (!left) {
            left = true;
            tail.leave();
        }
    }
}
