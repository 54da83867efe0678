package io.tunesmith.core;

import java.util.Locale;

/** Which way a metric is better. */
public enum Direction {
    MAXIMIZE,
    MINIMIZE;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether {@code a} is strictly better than {@code b}; both finite. */
    public boolean better(double a, double b) {
        return this == MAXIMIZE ? a > b : a < b;
    }

    /** The value turned so that smaller is better: a loss. */
    public double loss(double value) {
        return this == MAXIMIZE ? -value : value;
    }
}
