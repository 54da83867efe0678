package io.tunesmith.report.chart;

import io.tunesmith.report.document.Formats;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * A linear scale: values {@code low}..{@code high} at pixels {@code from}..{@code to}. The range is never empty.
 */
record Axis(double low, double high, double from, double to) {
    private static final double MOST = 1e300;

    /** The scale over these values with some air at both ends; over 0..1 if there are none. */
    static Axis over(DoubleStream values, double air, double from, double to) {
        double[] finite = values.filter(Double::isFinite).map(v -> Math.clamp(v, -MOST, MOST)).toArray();
        if (finite.length == 0) {
            return new Axis(0, 1, from, to);
        }
        double low = DoubleStream.of(finite).min().orElseThrow();
        double high = DoubleStream.of(finite).max().orElseThrow();
        double pad = high - low > Math.abs(high) * 1e-9 ? (high - low) * air : Math.max(Math.abs(high) * 0.05, 1e-6);
        return new Axis(low - pad, high + pad, from, to);
    }

    /** The pixel of a value; a value outside lies on the edge. */
    double at(double value) {
        return from + (Math.clamp(value, low, high) - low) / (high - low) * (to - from);
    }

    boolean holds(double value) {
        return value >= low && value <= high;
    }

    /** @param label with as many decimals as its neighbours */
    record Tick(double value, String label) {}

    /** Round values (1, 2 or 5 times a power of ten apart) inside the range, about as many as asked for, at least one. */
    List<Tick> ticks(int about) {
        double rough = (high - low) / Math.max(1, about);
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = power * (rough / power < 1.5 ? 1 : rough / power < 3.5 ? 2 : rough / power < 7.5 ? 5 : 10);
        List<Tick> ticks = new ArrayList<>();
        for (double i = Math.ceil(low / step); i * step <= high && ticks.size() < 50; i++) {
            double value = i * step == 0 ? 0.0 : i * step;
            ticks.add(new Tick(value, label(value, step)));
        }
        return ticks.isEmpty() ? List.of(new Tick(low, Formats.shortly(low))) : ticks;
    }

    private String label(double value, double step) {
        double most = Math.max(Math.abs(low), Math.abs(high));
        int decimals = Math.max(0, (int) -Math.floor(Math.log10(step) + 1e-9));
        if (most >= 1e7 || decimals > 4) {
            return Formats.shortly(value);
        }
        return String.format(Locale.ROOT, (most >= 10_000 ? "%,." : "%.") + decimals + "f", value);
    }
}
