package io.tunesmith.report.chart;

import io.tunesmith.report.document.Chart;
import io.tunesmith.report.document.Table;
import io.tunesmith.report.document.Text;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Horizontal bars from zero, the largest first; values below zero go to the left.
 *
 * @param what the bars are, for the table's head
 * @param measure what their length is, for the table's head
 * @param format of a value
 */
public record BarChart(String title, String caption, String what, String measure, List<Bar> bars, DoubleFunction<String> format) implements Chart {
    /** More bars than these are not drawn, only listed. */
    public static final int MOST = 15;
    private static final int ROW = 26;

    public BarChart {
        bars = bars.stream().sorted((a, b) -> Double.compare(b.value(), a.value())).toList();
    }

    public record Bar(String label, double value) {}

    @Override
    public String caption() {
        return caption + (bars.size() > MOST ? " The first " + MOST + " of " + bars.size() + " are drawn." : "");
    }

    @Override
    public List<Key> keys() {
        return List.of();
    }

    @Override
    public String svg(int width, String id) {
        List<Bar> drawn = bars.stream().limit(MOST).toList();
        Canvas canvas = new Canvas(width, drawn.size() * ROW + 10.0, id, title, caption());
        double room = Math.min(drawn.stream().mapToDouble(bar -> Canvas.width(bar.label())).max().orElse(0), width * 0.36);
        double values = drawn.stream().mapToDouble(bar -> Canvas.width(format.apply(bar.value()))).max().orElse(0);
        double low = Math.min(0, drawn.stream().mapToDouble(Bar::value).min().orElse(0));
        double high = Math.max(drawn.stream().mapToDouble(Bar::value).max().orElse(0), low + 1e-12);
        Axis x = new Axis(low, high, room + 12 + (low < 0 ? values + 6 : 0), width - values - 10);
        for (int i = 0; i < drawn.size(); i++) {
            bar(canvas, x, drawn.get(i), room, 5 + i * ROW);
        }
        canvas.line(x.at(0), 2, x.at(0), drawn.size() * ROW + 8.0, "axis");
        return canvas.finish();
    }

    private void bar(Canvas canvas, Axis x, Bar bar, double room, double top) {
        double zero = x.at(0);
        double end = x.at(bar.value());
        String value = format.apply(bar.value());
        canvas.label(room + 2, top + 16, "end", "label", bar.label(), room);
        canvas.rectangle(Math.min(zero, end), top + 3, Math.abs(end - zero), ROW - 8.0, bar.value() < 0 ? "bar below" : "bar", bar.label() + ": " + value);
        canvas.text(bar.value() < 0 ? end - 6 : end + 6, top + 16, bar.value() < 0 ? "end" : "start", "value", value);
    }

    @Override
    public Table table() {
        return Table.of(title, what, measure + "#").rows(bars.stream().limit(1000).toList(), bar -> List.of(Text.of(bar.label()), Text.of(format.apply(bar.value()))));
    }
}
