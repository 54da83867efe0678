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
import java.util.function.IntSupplier;

/**
 * The end of one run's log, read from the store by one thread for all who follow it: what hundreds follow costs one query a second, and one for each
 * time that something is appended here. The newest events stay in a ring bounded by number and size; who is further behind reads the store.
 * Thread-safe: one lock guards the ring and the count of followers; the store is never asked under it.
 */
final class Tail {
    static final int MOST_EVENTS = 2_000;
    static final int MOST_CHARACTERS = 1 << 20;
    /** How many are read from the store at once. */
    private static final int PAGE = 500;
    /** How many one follower holds at once: for one that does not go on, so many stay in memory. */
    static final int FEW = 64;
    private static final long TURN_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Turns without followers until it ends: one who comes back at once finds the ring as it was. */
    private static final int LINGERS = 5;
    private final RunStore store;
    private final RunId run;
    private final IntSupplier allowed;
    /** Held while the store is asked for what is older than the ring: one at a time, so that many who come late do not crowd out everyone else. */
    private final ReentrantLock history = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Condition due = lock.newCondition();
    private final Deque<RunEvent> ring = new ArrayDeque<>();
    private long characters;
    private boolean known;
    /** Whether older events do not fit in any more. */
    private volatile boolean full;
    /** All events above this number and up to the last one are in the ring. */
    private long floor;
    private long last;
    private boolean woken;
    private int followers;

    /** @param allowed how many characters may be kept now */
    Tail(RunStore store, RunId run, IntSupplier allowed) {
        this.store = store;
        this.run = run;
        this.allowed = allowed;
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
            while (ring.size() > MOST_EVENTS || characters > allowed.getAsInt() && ring.size() > 1) {
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

    /** Events above {@code after}, at most {@value #FEW}; none if none came in time. */
    List<RunEvent> await(long after, Duration wait) throws InterruptedException {
        long begin = wait.toNanos();
        boolean behind = false;
        while (true) {
            Look look = waitForMore(after, begin, behind);
            if (!look.behind()) {
                return look.events();
            }
            List<RunEvent> stored = older(after);
            if (!stored.isEmpty() || look.left() <= 0) {
                return stored;
            }
            behind = true;
            begin = look.left();
        }
    }

    /** From the ring, which is made longer for it where it can be; else from the store. */
    private List<RunEvent> older(long after) throws InterruptedException {
        history.lockInterruptibly();
        try {
            while (extended(after)) {
                // Until it reaches down to there, or holds no more.
                continue;
            }
            List<RunEvent> kept = kept(after);
            return kept.isEmpty() ? store.events(run, after, FEW) : kept;
        } finally {
            history.unlock();
        }
    }

    private List<RunEvent> kept(long after) {
        lock.lock();
        try {
            return known && after >= floor ? newer(after) : List.of();
        } finally {
            lock.unlock();
        }
    }

    /** @return whether the ring begins earlier than before */
    private boolean extended(long after) {
        long top = floor();
        long from = Math.max(after, top - PAGE);
        if (from >= top || top - after > MOST_EVENTS || full) {
            return false;
        }
        return prepended(store.events(run, from, Math.toIntExact(top - from)), from);
    }

    private long floor() {
        lock.lock();
        try {
            return known ? floor : 0;
        } finally {
            lock.unlock();
        }
    }

    private boolean prepended(List<RunEvent> missing, long from) {
        lock.lock();
        try {
            int more = missing.stream().mapToInt(Tail::size).sum();
            full = full || ring.size() + missing.size() > MOST_EVENTS || characters + more > allowed.getAsInt();
            if (full || missing.isEmpty() || missing.getLast().seq() != floor) {
                return false;
            }
            missing.reversed().forEach(ring::addFirst);
            characters += more;
            floor = from;
            return true;
        } finally {
            lock.unlock();
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
        if (last - after > FEW) {
            return ring.stream().skip(Math.max(0, after - floor)).limit(FEW).toList();
        }
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
