package io.tunesmith.run;

import io.tunesmith.core.FailureException;
import io.tunesmith.core.RunId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The end of one run's log, read from the store by one thread for all who follow it: what hundreds follow costs one query a second, and one for each
 * time that something is appended here. The newest events stay in a ring bounded by number and size; who is further behind reads the store.
 * Thread-safe: one lock guards the ring and the count of followers; the store is never asked under it.
 */
final class Tail {
    static final int MOST_EVENTS = 256;
    static final int MOST_CHARACTERS = 1 << 20;
    static final int PAGE = 500;
    private static final long TURN_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Turns without followers until it ends: one who comes back at once finds the ring as it was. */
    private static final int LINGERS = 5;
    private final RunStore store;
    private final RunId run;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Condition due = lock.newCondition();
    private final Deque<RunEvent> ring = new ArrayDeque<>();
    private long characters;
    private boolean known;
    /** All events above this number and up to the last one are in the ring. */
    private long floor;
    private long last;
    private boolean woken;
    private int followers;

    Tail(RunStore store, RunId run) {
        this.store = store;
        this.run = run;
    }

    void join() {
        lock.lock();
        try {
            if (followers++ == 0) {
                stir();
            }
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            followers--;
        } finally {
            lock.unlock();
        }
    }

    /** Something was appended. */
    void wake() {
        lock.lock();
        try {
            if (followers > 0) {
                stir();
            }
        } finally {
            lock.unlock();
        }
    }

    private void stir() {
        woken = true;
        due.signal();
    }

    boolean followed() {
        lock.lock();
        try {
            return followers > 0;
        } finally {
            lock.unlock();
        }
    }

    /** Reads the log's end until nobody follows it any more and {@code end} agrees. */
    void read(BooleanSupplier end) {
        int alone = 0;
        try {
            while (alone < LINGERS || !end.getAsBoolean()) {
                look();
                alone = rest() ? 0 : alone + 1;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** While the store does not answer nothing moves: whoever waits gets nothing new until it does. */
    private void look() {
        try {
            if (!followed()) {
                return;
            }
            if (!known) {
                begin(store.lastEvent(run));
            }
            for (List<RunEvent> events = store.events(run, last, PAGE); !events.isEmpty(); events = events.size() < PAGE ? List.of() : store.events(run, last, PAGE)) {
                add(events);
            }
        } catch (FailureException _) {
            return;
        }
    }

    private void begin(long end) {
        lock.lock();
        try {
            known = true;
            floor = end;
            last = end;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void add(List<RunEvent> events) {
        lock.lock();
        try {
            for (RunEvent event : events) {
                ring.addLast(event);
                characters += size(event);
                last = event.seq();
            }
            while (ring.size() > MOST_EVENTS || characters > MOST_CHARACTERS && ring.size() > 1) {
                RunEvent oldest = ring.removeFirst();
                characters -= size(oldest);
                floor = oldest.seq();
            }
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static int size(RunEvent event) {
        return 200 + event.data().values().stream().mapToInt(value -> String.valueOf(value).length()).sum();
    }

    /** @return whether someone follows */
    private boolean rest() throws InterruptedException {
        lock.lock();
        try {
            for (long left = TURN_NANOS; !woken && left > 0;) {
                left = due.awaitNanos(left);
            }
            woken = false;
            return followers > 0;
        } finally {
            lock.unlock();
        }
    }

    /** Events above {@code after}, at most {@value #PAGE}; none if none came in time. */
    List<RunEvent> await(long after, Duration wait) throws InterruptedException {
        long begin = wait.toNanos();
        boolean behind = false;
        while (true) {
            Look look = waitForMore(after, begin, behind);
            if (!look.behind()) {
                return look.events();
            }
            List<RunEvent> stored = store.events(run, after, PAGE);
            if (!stored.isEmpty() || look.left() <= 0) {
                return stored;
            }
            behind = true;
            begin = look.left();
        }
    }

    /** @param looked whether the store was found to have nothing either */
    private Look waitForMore(long after, long nanos, boolean looked) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (true) {
                List<RunEvent> newer = known && (after >= floor || looked) ? newer(after) : List.of();
                boolean behind = known && after < floor && !looked || !known && left <= 0;
                if (behind || !newer.isEmpty() || left <= 0) {
                    return new Look(newer, behind, left);
                }
                left = moved.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private List<RunEvent> newer(long after) {
        List<RunEvent> newer = new ArrayList<>();
        for (Iterator<RunEvent> backwards = ring.descendingIterator(); backwards.hasNext();) {
            RunEvent event = backwards.next();
            if (event.seq() <= after) {
                break;
            }
            newer.add(event);
        }
        return newer.isEmpty() ? newer : List.copyOf(newer.reversed());
    }

    private record Look(List<RunEvent> events, boolean behind, long left) {}
}
