package io.tunesmith.bench;

import java.util.Arrays;
import java.util.Locale;

/** Times in nanoseconds. Thread-safe: every method is synchronized. */
final class Latencies {
    private long[] nanos = new long[4096];
    private int count;

    synchronized void add(long one) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = one;
    }

    synchronized int count() {
        return count;
    }

    /** The nearest-rank quantile; not-a-number of nothing. */
    synchronized double millis(double share) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return count == 0 ? Double.NaN : sorted[(int) Math.max(0, Math.ceil(share * count) - 1)] / 1e6;
    }

    String line() {
        return String.format(Locale.ROOT, "p50 %.1f ms, p99 %.1f ms, max %.1f ms of %d", millis(.5), millis(.99), millis(1), count());
    }
}
