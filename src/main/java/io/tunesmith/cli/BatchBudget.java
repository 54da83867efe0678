package io.tunesmith.cli;

import java.util.Optional;

/** What all runs of a batch may take together, in seconds. A request that would fit if those under way took nothing waits for them. Thread-safe. */
final class BatchBudget {
    private final Optional<Double> cap;
    private double spent;
    private double reserved;

    /** @param spent by requests that have ended before */
    BatchBudget(Optional<Double> cap, double spent) {
        this.cap = cap;
        this.spent = spent;
    }

    /** @return whether the request may run; waits where that is not settled yet */
    synchronized boolean take(double seconds) {
        while (cap.isPresent() && spent + seconds <= cap.get() && spent + reserved + seconds > cap.get()) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        boolean fits = cap.isEmpty() || spent + seconds <= cap.get();
        reserved += fits ? seconds : 0;
        return fits;
    }

    synchronized void spent(double taken, double used) {
        reserved -= taken;
        spent += used;
        notifyAll();
    }
}
