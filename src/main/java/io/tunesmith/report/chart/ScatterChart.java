package io.tunesmith.report.chart;

import io.tunesmith.report.document.Chart;
import io.tunesmith.report.document.Formats;
import io.tunesmith.report.document.Table;
import io.tunesmith.report.document.Text;
import java.util.List;
import java.util.stream.DoubleStream;

/** Predicted against true numbers, on equal axes, with the line of perfect prediction. */
public record ScatterChart(String title, String caption, String unit, List<Pair> pairs) implements Chart {
    /** The table shows the largest errors, not everything. */
    private static final int LISTED = 50;

    public ScatterChart {
        pairs = pairs.stream().filter(pair -> Double.isFinite(pair.truth()) && Double.isFinite(pair.predicted())).toList();
    }

    public record Pair(double truth, double predicted) {
        double error() {
            return predicted - truth;
        }
    }

    @Override
    public List<Key> keys() {
        return List.of(new Key(Mark.DOT, "cloud", "a row of the sealed test"), new Key(Mark.LINE, "reference", "perfect prediction"));
    }

    @Override
    public String svg(int width, String id) {
        double size = Math.min(width, 520);
        double left = (width - size) / 2 + 64;
        Axis x = Axis.over(values(), 0.04, left, left + size - 80);
        Axis y = new Axis(x.low(), x.high(), size - 52, 14);
        Canvas canvas = new Canvas(width, size, id, title, caption);
        grid(canvas, x, y, size);
        canvas.line(x.from(), y.from(), x.to(), y.to(), "reference");
        double radius = pairs.size() > 500 ? 2.2 : 3.2;
        pairs.forEach(pair -> canvas.dot(x.at(pair.truth()), y.at(pair.predicted()), radius, "cloud", ""));
        return canvas.finish();
    }

    private void grid(Canvas canvas, Axis x, Axis y, double size) {
        for (Axis.Tick tick : y.ticks(5)) {
            canvas.line(x.from(), y.at(tick.value()), x.to(), y.at(tick.value()), "grid").text(x.from() - 8, y.at(tick.value()) + 4, "end", "tick", tick.label());
        }
        for (Axis.Tick tick : x.ticks(4)) {
            canvas.line(x.at(tick.value()), y.to(), x.at(tick.value()), y.from(), "grid").text(x.at(tick.value()), y.from() + 18, "middle", "tick", tick.label());
        }
        canvas.label((x.from() + x.to()) / 2, size - 12, "middle", "axis-name", "true " + unit + " →", x.to() - x.from());
        canvas.text(x.from() + 8, y.to() + 12, "start", "axis-name", "↑ predicted");
    }

    private DoubleStream values() {
        return pairs.stream().flatMapToDouble(pair -> DoubleStream.of(pair.truth(), pair.predicted()));
    }

    @Override
    public Table table() {
        List<Pair> worst = pairs.stream().sorted((a, b) -> Double.compare(Math.abs(b.error()), Math.abs(a.error()))).limit(LISTED).toList();
        return Table.of("The rows with the largest errors", "True#", "Predicted#", "Error#").rows(worst, pair -> List.of(
                Text.of(Formats.score(pair.truth())), Text.of(Formats.score(pair.predicted())), Text.of(Formats.difference(pair.error()))));
    }
}
