package io.tunesmith.run;

import io.tunesmith.core.RunId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * So many runs are walked at a time, and so many of one owner; the others wait in the order in which they came, and may give up waiting. One that waits
 * only for a run of its own owner lets those of others pass. Every method is synchronized.
 */
final class Places {
    private final Allowances allowances;
    /** With their owners, in the order in which they came. */
    private final Map<RunId, String> waiting = new LinkedHashMap<>();
    private final Map<String, Integer> taken = new HashMap<>();
    private int free;

    Places(int count, Allowances allowances) {
        this.free = count;
        this.allowances = allowances;
    }

    /** Lines up; {@link #take} waits. */
    synchronized void lineUp(Run run) {
        waiting.put(run.id(), run.owner());
    }

    /** Waits for a place, in line; false if {@link #withdraw} came first. */
    synchronized boolean take(Run run) {
        try {
            while (waiting.containsKey(run.id()) && !next().filter(run.id()::equals).isPresent()) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            waiting.remove(run.id());
        }
        boolean placed = waiting.remove(run.id()) != null;
        if (placed) {
            free--;
            taken.merge(run.owner(), 1, Integer::sum);
        }
        notifyAll();
        return placed;
    }

    private Optional<RunId> next() {
        return free == 0 ? Optional.empty() : waiting.entrySet().stream().filter(entry -> mayWork(entry.getValue())).map(Map.Entry::getKey).findFirst();
    }

    private boolean mayWork(String owner) {
        return allowances.of(owner).concurrentRuns().filter(most -> taken.getOrDefault(owner, 0) >= most).isEmpty();
    }

    synchronized void leave(Run run) {
        free++;
        taken.computeIfPresent(run.owner(), (_, count) -> count == 1 ? null : count - 1);
        notifyAll();
    }

    /** Waits no more; nothing happens if it does not wait. */
    synchronized void withdraw(RunId run) {
        if (waiting.remove(run) != null) {
            notifyAll();
        }
    }

    /** Owners may have been allowed more. */
    synchronized void look() {
        notifyAll();
    }
}
