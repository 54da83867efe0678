package io.tunesmith.run;

import io.tunesmith.core.Ids;
import io.tunesmith.core.RunId;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Appends events and wakes those who wait for them. Thread-safe: one lock guards only the waiting; the store orders the events. A waiter also looks
 * again every second, so events written by another service on the same database arrive too.
 */
final class EventLog {
    private final RunStore store;
    private final Clock clock;
    private final Ids ids;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition appended = lock.newCondition();

    EventLog(RunStore store, Clock clock, Ids ids) {
        this.store = store;
        this.clock = clock;
        this.ids = ids;
    }

    /** Appends an event with a line for people and plain values as {@code name, value, name, value, …}. */
    RunEvent append(RunId run, String type, String text, Object... namesAndValues) {
        RunEvent event = store.append(run, draw(), clock.instant(), type, data(text, namesAndValues));
        wake();
        return event;
    }

    /** A draw for one event that nothing else can be taken for. */
    String draw() {
        return ids.next("evt_");
    }

    /** The same with a draw of the caller's: what was appended under it before is not appended again. */
    void once(RunId run, String draw, String type, String text, Object... namesAndValues) {
        store.append(run, draw, clock.instant(), type, data(text, namesAndValues));
        wake();
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
        lock.lock();
        try {
            appended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    List<RunEvent> await(RunId run, long after, Duration wait) {
        long left = wait.toNanos();
        lock.lock();
        try {
            List<RunEvent> events = store.events(run, after, 500);
            while (events.isEmpty() && left > 0) {
                long turn = Math.min(left, TimeUnit.SECONDS.toNanos(1));
                left -= turn - Math.max(0, appended.awaitNanos(turn));
                events = store.events(run, after, 500);
            }
            return events;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } finally {
            lock.unlock();
        }
    }
}
