package io.tunesmith.report.chart;

import io.tunesmith.report.document.Chart;
import io.tunesmith.report.document.Formats;
import io.tunesmith.report.document.Table;
import io.tunesmith.report.document.Text;
import java.util.List;

/** Steps one after another on one axis of time: each bar begins where the last one ended. */
public record StepsChart(String title, List<Step> steps) implements Chart {
    private static final int ROW = 26;

    public StepsChart {
        steps = List.copyOf(steps);
    }

    public record Step(String name, double seconds) {}

    @Override
    public String caption() {
        Step longest = steps.stream().max((a, b) -> Double.compare(a.seconds(), b.seconds())).orElse(new Step("nothing", 0));
        return Formats.seconds(total()) + " in all; " + longest.name() + " took " + Formats.seconds(longest.seconds()) + ", " + Formats.percent(share(longest)) + " of it.";
    }

    @Override
    public List<Key> keys() {
        return List.of();
    }

    @Override
    public String svg(int width, String id) {
        double height = steps.size() * ROW + 34.0;
        Canvas canvas = new Canvas(width, height, id, title, caption());
        double room = Math.min(steps.stream().mapToDouble(step -> Canvas.width(step.name())).max().orElse(0), width * 0.34);
        Axis x = new Axis(0, Math.max(total(), 1e-9), room + 12, width - 8.0);
        for (Axis.Tick tick : x.ticks(width / 120)) {
            canvas.line(x.at(tick.value()), 4, x.at(tick.value()), height - 26, "grid").text(x.at(tick.value()), height - 8, "middle", "tick", Formats.seconds(tick.value()));
        }
        double start = 0;
        for (int i = 0; i < steps.size(); i++) {
            bar(canvas, x, steps.get(i), start, room, 5 + i * ROW);
            start += steps.get(i).seconds();
        }
        return canvas.finish();
    }

    private static void bar(Canvas canvas, Axis x, Step step, double start, double room, double top) {
        double from = x.at(start);
        double to = Math.max(x.at(start + step.seconds()), from + 1.5);
        String value = Formats.seconds(step.seconds());
        boolean after = to + 8 + Canvas.width(value) <= x.to();
        boolean inside = !after && to - from > Canvas.width(value) + 12;
        canvas.label(room + 2, top + 16, "end", "label", step.name(), room);
        canvas.rectangle(from, top + 3, to - from, ROW - 8.0, "bar", step.name() + ": " + value);
        canvas.text(after ? to + 6 : inside ? to - 6 : from - 6, top + 16, after ? "start" : "end", inside ? "value on" : "value", value);
    }

    private double total() {
        return steps.stream().mapToDouble(Step::seconds).sum();
    }

    private double share(Step step) {
        return total() > 0 ? step.seconds() / total() : 0;
    }

    @Override
    public Table table() {
        return Table.of("Seconds of each step", "Step", "Time#", "Share#").rows(steps, step -> List.of(Text.of(step.name()), Text.of(Formats.seconds(step.seconds())), Text.of(Formats.percent(share(step)))));
    }
}
