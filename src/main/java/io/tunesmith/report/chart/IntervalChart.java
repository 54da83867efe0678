package io.tunesmith.report.chart;

import io.tunesmith.report.document.Chart;
import io.tunesmith.report.document.Formats;
import io.tunesmith.report.document.Table;
import io.tunesmith.report.document.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * Dots with intervals under one another.
 *
 * @param unit what the axis shows, for people
 * @param band a range drawn behind all, with what it means
 */
public record IntervalChart(String title, String caption, String unit, List<Row> rows, Optional<Band> band) implements Chart {
    private static final int ROW = 34;

    public IntervalChart {
        rows = List.copyOf(rows);
    }

    /**
     * @param strong the one that the chart is about
     * @param single each single measurement, may be empty
     */
    public record Row(String label, double middle, double low, double high, boolean strong, List<Double> single) {
        public Row {
            single = List.copyOf(single);
        }
    }

    public record Band(double low, double high, String meaning) {}

    @Override
    public List<Key> keys() {
        List<Key> keys = new ArrayList<>();
        keys.add(new Key(Mark.DOT, "dot plain", "score, with its 95 % interval"));
        if (rows.stream().anyMatch(row -> !row.single().isEmpty())) {
            keys.add(new Key(Mark.DOT, "single", "one seed"));
        }
        band.ifPresent(range -> keys.add(new Key(Mark.BAND, "band", range.meaning())));
        return keys;
    }

    @Override
    public String svg(int width, String id) {
        double bottom = rows.size() * ROW + 10.0;
        Canvas canvas = new Canvas(width, bottom + 42, id, title, caption);
        double room = Math.min(rows.stream().mapToDouble(row -> 1.08 * Canvas.width(row.label())).max().orElse(0), width * 0.32);
        Axis x = Axis.over(values(), 0.06, room + 16, width - 66.0);
        band.ifPresent(range -> canvas.rectangle(x.at(range.low()), 4, x.at(range.high()) - x.at(range.low()), bottom - 4, "band", range.meaning()));
        for (Axis.Tick tick : x.ticks(width / 130)) {
            canvas.line(x.at(tick.value()), 4, x.at(tick.value()), bottom, "grid").text(x.at(tick.value()), bottom + 17, "middle", "tick", tick.label());
        }
        for (int i = 0; i < rows.size(); i++) {
            row(canvas, x, rows.get(i), room, 8 + i * ROW + ROW / 2.0, width);
        }
        canvas.text((x.from() + x.to()) / 2, bottom + 36, "middle", "axis-name", unit);
        return canvas.finish();
    }

    private static void row(Canvas canvas, Axis x, Row row, double room, double y, int width) {
        String css = row.strong() ? "strong" : "plain";
        String tip = row.label() + ": " + Formats.score(row.middle()) + " (" + Formats.score(row.low()) + " to " + Formats.score(row.high()) + ")";
        canvas.label(room + 2, y + 4, "end", row.strong() ? "label chosen" : "label", row.label(), room);
        canvas.line(x.at(row.low()), y, x.at(row.high()), y, "whisker " + css);
        row.single().forEach(score -> canvas.dot(x.at(score), y, 3, "single", ""));
        canvas.dot(x.at(row.middle()), y, 5.5, "dot " + css, tip);
        canvas.text(width - 2.0, y + 4, "end", row.strong() ? "value chosen" : "value", Formats.score(row.middle()));
    }

    private DoubleStream values() {
        DoubleStream rowValues = rows.stream().flatMapToDouble(row -> DoubleStream.concat(DoubleStream.of(row.low(), row.middle(), row.high()), row.single().stream().mapToDouble(score -> score)));
        return DoubleStream.concat(rowValues, band.stream().flatMapToDouble(range -> DoubleStream.of(range.low(), range.high())));
    }

    @Override
    public Table table() {
        return Table.of(title, "Which", "Score#", "Low#", "High#", "Single scores#").rows(rows, row -> List.of(
                Text.of(row.label()), Text.of(Formats.score(row.middle())), Text.of(Formats.score(row.low())), Text.of(Formats.score(row.high())),
                Text.of(row.single().isEmpty() ? "—" : String.join(", ", row.single().stream().map(Formats::score).toList()))));
    }
}
