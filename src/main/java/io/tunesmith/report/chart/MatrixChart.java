package io.tunesmith.report.chart;

import io.tunesmith.report.document.Chart;
import io.tunesmith.report.document.Formats;
import io.tunesmith.report.document.Table;
import io.tunesmith.report.document.Text;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A confusion matrix: counts, coloured by their share of the row (of the true class). Beyond {@value #MOST} classes only the most frequent are
 * drawn; the rest stand in one row and column.
 */
public record MatrixChart(String title, Confusion confusion) implements Chart {
    public static final int MOST = 14;

    @Override
    public String caption() {
        String drawn = confusion.size() > MOST + 1 ? " The " + MOST + " most frequent of " + confusion.size() + " classes are drawn one by one; among the others, right and wrong are one grey field." : "";
        return Formats.count(confusion.correct()) + " of " + Formats.count(confusion.total(), "row") + " are right. " + confusion.worst() + " Rows are the true classes, columns the predicted ones; colour is the share of the row." + drawn;
    }

    @Override
    public List<Key> keys() {
        return List.of(new Key(Mark.BAND, "hit", "right"), new Key(Mark.BAND, "miss", "wrong"));
    }

    @Override
    public String svg(int width, String id) {
        Confusion shown = confusion.merged(MOST);
        int n = shown.size();
        double room = Math.min(shown.classes().stream().mapToDouble(Canvas::width).max().orElse(0), width * 0.26);
        double cell = Math.min(84, (width - room - 24) / n);
        boolean lean = shown.classes().stream().anyMatch(name -> Canvas.width(name) > cell - 6);
        double top = lean ? Math.min(room, 90) * 0.66 + 34 : 40;
        double left = (width - room - 12 - cell * n) / 2 + room + 12 - (lean ? 10 : 0);
        Canvas canvas = new Canvas(width, top + cell * Math.max(n, 1) + 6, id, title, caption());
        canvas.text(left, 12, "start", "axis-name", "predicted →");
        for (int i = 0; i < n; i++) {
            heads(canvas, shown.classes().get(i), room, left, top, cell, i, lean);
            row(canvas, shown, left, top, cell, i);
        }
        return canvas.finish();
    }

    private static void heads(Canvas canvas, String name, double room, double left, double top, double cell, int i, boolean lean) {
        canvas.label(left - 8, top + cell * (i + 0.5) + 4, "end", "label", name, room);
        if (lean) {
            canvas.leaning(left + cell * (i + 0.5), top - 6, "label", Canvas.fit(name, 84));
        } else {
            canvas.text(left + cell * (i + 0.5), top - 8, "middle", "label", name);
        }
    }

    private static void row(Canvas canvas, Confusion shown, double left, double top, double cell, int i) {
        for (int j = 0; j < shown.size(); j++) {
            long count = shown.count(i, j);
            double share = shown.rowTotal(i) == 0 ? 0 : (double) count / shown.rowTotal(i);
            double x = left + cell * j;
            double y = top + cell * i;
            String tip = "true " + shown.classes().get(i) + ", predicted " + shown.classes().get(j) + ": " + Formats.count(count) + " (" + Formats.percent(share) + " of the row)";
            canvas.rectangle(x + 1, y + 1, cell - 2, cell - 2, "cell", "");
            String css = i != j ? "miss" : shown.pooled(i) ? "mixed" : "hit";
            canvas.shade(x + 1, y + 1, cell - 2, cell - 2, css, count == 0 ? 0 : 0.1 + 0.75 * share, tip);
            words(canvas, count, share, x + cell / 2, y + cell / 2, cell);
        }
    }

    private static void words(Canvas canvas, long count, double share, double x, double y, double cell) {
        String number = 1.15 * Canvas.width(Formats.count(count)) > cell - 4 ? Formats.compact(count) : Formats.count(count);
        if (1.15 * Canvas.width(number) > cell - 2 || count == 0 && cell < 30) {
            return;
        }
        boolean both = cell >= 50 && count > 0;
        String tone = count == 0 ? " zero" : share > 0.6 ? " on" : "";
        canvas.text(x, both ? y - 1 : y + 4, "middle", "count" + tone, number);
        if (both) {
            canvas.text(x, y + 15, "middle", "share" + tone, Formats.percent(share));
        }
    }

    @Override
    public Table table() {
        return confusion.size() <= MOST + 1 ? whole() : perClass();
    }

    private Table whole() {
        String[] heads = LongStream.rangeClosed(0, confusion.size()).mapToObj(i -> i == 0 ? "True class" : confusion.classes().get((int) i - 1) + "#").toArray(String[]::new);
        return Table.of("Rows of each true class by predicted class", heads).rows(IntStream.range(0, confusion.size()).boxed().toList(), i ->
                IntStream.rangeClosed(0, confusion.size()).mapToObj(j -> Text.of(j == 0 ? confusion.classes().get(i) : Formats.count(confusion.count(i, j - 1)))).toList());
    }

    private Table perClass() {
        return Table.of("Each true class", "True class", "Rows#", "Right#", "Share#", "Most often taken for").rows(IntStream.range(0, confusion.size()).boxed().toList(), i -> List.of(
                Text.of(confusion.classes().get(i)), Text.of(Formats.count(confusion.rowTotal(i))), Text.of(Formats.count(confusion.count(i, i))),
                Text.of(confusion.rowTotal(i) == 0 ? "—" : Formats.percent((double) confusion.count(i, i) / confusion.rowTotal(i))), Text.of(confusion.takenFor(i))));
    }
}
