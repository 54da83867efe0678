package io.tunesmith.run;

import io.tunesmith.core.RunId;
import java.util.ArrayDeque;
import java.util.Deque;

/** So many runs are walked at a time; the others wait in the order in which they came, and may give up waiting. Every method is synchronized. */
final class Places {
    private final Deque<RunId> waiting = new ArrayDeque<>();
    private int free;

    Places(int count) {
        this.free = count;
    }

    /** Lines up; {@link #take} waits. */
    synchronized void lineUp(RunId run) {
        waiting.addLast(run);
    }

    /** Waits for a place, in line; false if {@link #withdraw} came first. */
    synchronized boolean take(RunId run) {
        try {
            while (waiting.contains(run) && (free == 0 || !waiting.peekFirst().equals(run))) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            waiting.remove(run);
        }
        boolean taken = waiting.remove(run);
        free -= taken ? 1 : 0;
        notifyAll();
        return taken;
    }

    synchronized void leave() {
        free++;
        notifyAll();
    }

    /** Waits no more; nothing happens if it does not wait. */
    synchronized void withdraw(RunId run) {
        if (waiting.remove(run)) {
            notifyAll();
        }
    }
}
