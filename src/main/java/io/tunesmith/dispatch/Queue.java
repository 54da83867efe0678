package io.tunesmith.dispatch;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.Resources;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Attempts that wait for room, first come first served among those that some backend can take: one line for each kind of needs, so that finding the
 * next costs the same whether a hundred wait or a hundred thousand. Thread-safe: one lock, under which backends are asked for room.
 */
final class Queue {
    private static final long PATIENCE_MILLIS = 500;
    private final Backends backends;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Needs, Line> lines = new HashMap<>();
    private final Map<TrainingBackend, Integer> placed = new HashMap<>();
    private long tickets;

    Queue(Backends backends) {
        this.backends = backends;
    }

    /** What decides where an attempt may run. */
    private record Needs(int gpus, long memoryBytes, int threads, Where where) {
        static Needs of(Dispatcher.Work work) {
            Resources resources = work.spec().resources();
            return new Needs(resources.gpus(), resources.memoryBytes(), resources.threads(), work.where());
        }
    }

    /** Attempts with the same needs, by their tickets. @param why it does not move */
    private record Line(Map<AttemptKey, Ticket> waiting, StringBuilder why) {
        Line() {
            this(new LinkedHashMap<>(), new StringBuilder());
        }

        Ticket head() {
            return waiting.values().iterator().next();
        }
    }

    private record Ticket(long number, Running one) {}

    /** An attempt, and the backend that has room for it. */
    record Placement(Running one, TrainingBackend backend) {}

    /** @return whether it is the first of its line, so that room must be looked for: behind another it has none before that one */
    boolean add(Running one) {
        lock.lock();
        try {
            Line line = lines.computeIfAbsent(Needs.of(one.work()), _ -> new Line());
            line.waiting().put(one.key(), new Ticket(tickets++, one));
            return line.waiting().size() == 1;
        } finally {
            lock.unlock();
        }
    }

    /** Takes an attempt out; empty if it does not wait. */
    Optional<Running> remove(AttemptKey key) {
        lock.lock();
        try {
            return lines.values().stream().flatMap(line -> Optional.ofNullable(line.waiting().remove(key)).stream()).map(Ticket::one).findFirst();
        } finally {
            lock.unlock();
        }
    }

    /** Those of an affinity. */
    List<AttemptKey> of(String affinity) {
        lock.lock();
        try {
            return lines.values().stream().flatMap(line -> line.waiting().values().stream()).map(Ticket::one).filter(one -> one.work().affinity().equals(affinity)).map(Running::key).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Takes out the next that has room now; it is counted against its backend until {@link #arrived}. */
    Optional<Placement> next() {
        lock.lock();
        try {
            return place();
        } finally {
            lock.unlock();
        }
    }

    /** The backend knows the attempt now, or it will never come. */
    void arrived(TrainingBackend backend) {
        lock.lock();
        try {
            placed.merge(backend, -1, Integer::sum);
        } finally {
            lock.unlock();
        }
    }

    /** Why an attempt waits; empty if it does not, or if that cannot be said now: a backend may be slow to say whether it has room. */
    Optional<String> why(AttemptKey key) {
        try {
            if (!lock.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        try {
            return lines.values().stream().filter(line -> line.waiting().containsKey(key)).map(line -> line.why().toString()).findFirst();
        } finally {
            lock.unlock();
        }
    }

    private Optional<Placement> place() {
        lines.values().removeIf(line -> line.waiting().isEmpty());
        List<Map.Entry<Needs, Line>> inOrder = lines.entrySet().stream().sorted(Comparator.comparingLong(entry -> entry.getValue().head().number())).toList();
        return inOrder.stream().flatMap(entry -> place(entry.getKey(), entry.getValue()).stream()).findFirst();
    }

    private Optional<Placement> place(Needs needs, Line line) {
        Running head = line.head().one();
        List<String> waits = new ArrayList<>();
        List<String> nevers = new ArrayList<>();
        for (TrainingBackend backend : backends.all()) {
            switch (room(backend, needs, head)) {
                case Room.Free() -> {
                    line.waiting().remove(head.key());
                    placed.merge(backend, 1, Integer::sum);
                    return Optional.of(new Placement(head, backend));
                }
                case Room.Waits(String why) -> waits.add(why);
                case Room.Never(String why) -> nevers.add(why);
            }
        }
        line.why().setLength(0);
        line.why().append(String.join("; ", waits.isEmpty() ? nevers : waits));
        return Optional.empty();
    }

    private Room room(TrainingBackend backend, Needs needs, Running head) {
        Optional<String> objection = needs.where().objection(backend.describe());
        return objection.isPresent() ? new Room.Never(objection.get()) : backend.room(head.work().spec().resources(), placed.getOrDefault(backend, 0));
    }
}
