package io.tunesmith.report.chart;

import io.tunesmith.core.Direction;
import io.tunesmith.report.document.Chart;
import io.tunesmith.report.document.Formats;
import io.tunesmith.report.document.Table;
import io.tunesmith.report.document.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * Scores over trials with the best so far. Bad outliers do not squeeze the rest: they sit on the edge and the caption counts them.
 *
 * @param metric for people, for example "balanced accuracy"
 * @param groups the learners that have a colour of their own, at most {@value Palette#COLOURS}
 * @param reference score of the default configuration in the same search
 */
public record HistoryChart(String metric, Direction direction, List<Point> points, List<String> groups, Optional<Double> reference) implements Chart {
    private static final int HEIGHT = 320;

    public HistoryChart {
        points = List.copyOf(points);
        groups = List.copyOf(groups);
    }

    /**
     * @param score absent where none was reported
     * @param state finished, pruned, infeasible, failed or cancelled
     */
    public record Point(int number, Optional<Double> score, String group, String state) {
        boolean finished() {
            return state.equals("finished") && score.isPresent();
        }
    }

    @Override
    public String title() {
        return "Best " + metric + " so far, over trials";
    }

    @Override
    public String caption() {
        List<Double> best = best();
        String found = best.isEmpty() ? "No trial has finished." : bestSentence(best);
        long beyond = scored().filter(score -> !drawn().holds(score)).count();
        return found + (beyond == 0 ? "" : " " + Formats.count(beyond, "trial") + " with far worse scores " + (beyond == 1 ? "is" : "are") + " drawn on the edge.");
    }

    private String bestSentence(List<Double> best) {
        double last = best.getLast();
        int since = 0;
        while (best.get(since) != last) {
            since++;
        }
        int shift = (int) points.stream().takeWhile(point -> !point.finished()).count();
        String start = "The best validation score is " + Formats.score(last) + ", reached by trial " + points.get(since + shift).number() + " (" + Formats.count(points.size(), "trial") + " in all)";
        return start + reference.map(score -> "; the default configuration has " + Formats.score(score) + (drawn().holds(score) ? "" : ", beyond the edge")).orElse("") + ". " + (direction == Direction.MAXIMIZE ? "Higher" : "Lower") + " is better.";
    }

    @Override
    public List<Key> keys() {
        List<Key> keys = new ArrayList<>();
        groups.forEach(group -> keys.add(new Key(Mark.DOT, "dot " + Palette.of(groups, group), group)));
        if (points.stream().anyMatch(point -> !groups.contains(point.group()))) {
            keys.add(new Key(Mark.DOT, "dot other", "other learners"));
        }
        if (points.stream().anyMatch(point -> point.score().isPresent() && !point.finished())) {
            keys.add(new Key(Mark.DOT, "ring other", "stopped early"));
        }
        if (points.stream().anyMatch(point -> point.score().isEmpty())) {
            keys.add(new Key(Mark.CROSS, "cross", "no score"));
        }
        keys.add(new Key(Mark.LINE, "best", "best so far"));
        reference.ifPresent(score -> keys.add(new Key(Mark.LINE, "reference", "default")));
        return keys;
    }

    @Override
    public String svg(int width, String id) {
        Canvas canvas = new Canvas(width, HEIGHT, id, title(), caption());
        Axis y = drawn();
        Axis x = new Axis(-0.6, Math.max(1, last()) + 0.6, 58, width - 14.0);
        grid(canvas, x, y, width);
        reference.ifPresent(score -> canvas.line(x.from(), y.at(score), x.to(), y.at(score), "reference"));
        points.forEach(point -> mark(canvas, x, y, point));
        bestLine(canvas, x, y);
        return canvas.finish();
    }

    private void grid(Canvas canvas, Axis x, Axis y, int width) {
        for (Axis.Tick tick : y.ticks(5)) {
            canvas.line(x.from(), y.at(tick.value()), x.to(), y.at(tick.value()), "grid").text(x.from() - 8, y.at(tick.value()) + 4, "end", "tick", tick.label());
        }
        for (Axis.Tick tick : x.ticks(width / 90)) {
            if (tick.value() == Math.rint(tick.value())) {
                canvas.text(x.at(tick.value()), HEIGHT - 26, "middle", "tick", Formats.count((long) tick.value()));
            }
        }
        canvas.line(x.from(), HEIGHT - 44.0, x.to(), HEIGHT - 44.0, "axis").text((x.from() + x.to()) / 2, HEIGHT - 6, "middle", "axis-name", "trial").text(2, 14, "start", "axis-name", metric);
    }

    private void bestLine(Canvas canvas, Axis x, Axis y) {
        StringBuilder path = new StringBuilder();
        double best = Double.NaN;
        for (Point point : points.stream().filter(Point::finished).toList()) {
            double score = point.score().orElseThrow();
            if (path.isEmpty() || direction.better(score, best)) {
                best = score;
                String across = Canvas.number(x.at(point.number()));
                path.append(path.isEmpty() ? "M" + across + " " : "H" + across + "V").append(Canvas.number(y.at(best)));
            }
        }
        if (!path.isEmpty()) {
            canvas.path(path + "H" + Canvas.number(x.at(last() + 0.6)), "best", "");
        }
    }

    private void mark(Canvas canvas, Axis x, Axis y, Point point) {
        String tip = "trial " + point.number() + ", " + point.group() + ", " + point.state() + point.score().map(score -> ", " + Formats.score(score)).orElse("");
        double at = x.at(point.number());
        if (point.score().isEmpty()) {
            canvas.cross(at, HEIGHT - 44.0, 3.2, "cross", tip);
            return;
        }
        double radius = points.size() > 300 ? 2.4 : 4;
        canvas.dot(at, y.at(point.score().orElseThrow()), radius, (point.finished() ? "dot " : "ring ") + Palette.of(groups, point.group()), tip);
    }

    private Axis drawn() {
        double[] losses = scored().map(direction::loss).sorted().toArray();
        double spread = losses.length < 5 ? Double.MAX_VALUE : losses[(int) (0.8 * (losses.length - 1))] - losses[0];
        double edge = losses.length < 5 ? Double.MAX_VALUE : losses[0] + 2 * spread;
        DoubleStream kept = Arrays.stream(losses).filter(loss -> loss <= edge);
        DoubleStream byDefault = reference.stream().mapToDouble(direction::loss).filter(loss -> losses.length < 5 || loss <= edge + 4 * spread);
        return Axis.over(DoubleStream.concat(kept, byDefault).map(loss -> direction == Direction.MAXIMIZE ? -loss : loss), 0.07, HEIGHT - 58.0, 30);
    }

    private DoubleStream scored() {
        return points.stream().flatMap(point -> point.score().stream()).mapToDouble(score -> score).filter(Double::isFinite);
    }

    private List<Double> best() {
        List<Double> best = new ArrayList<>();
        for (Point point : points) {
            if (point.finished() && (best.isEmpty() || direction.better(point.score().orElseThrow(), best.getLast()))) {
                best.add(point.score().orElseThrow());
            } else if (!best.isEmpty()) {
                best.add(best.getLast());
            }
        }
        return best;
    }

    private int last() {
        return points.stream().mapToInt(Point::number).max().orElse(0);
    }

    @Override
    public Table table() {
        return Table.of("Score of each trial", "Trial#", "State", "Learner", metric + "#").rows(points.stream().limit(1000).toList(), point -> List.of(
                Text.of(Formats.count(point.number())), Text.of(point.state()), Text.of(point.group()), Text.of(point.score().map(Formats::score).orElse("—"))));
    }
}
