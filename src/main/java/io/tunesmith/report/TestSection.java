package io.tunesmith.report;

import io.tunesmith.report.StudyReport.MetricRow;
import io.tunesmith.report.StudyReport.Residual;
import io.tunesmith.report.StudyReport.Share;
import io.tunesmith.report.chart.BarChart;
import io.tunesmith.report.chart.Confusion;
import io.tunesmith.report.chart.MatrixChart;
import io.tunesmith.report.chart.ScatterChart;
import io.tunesmith.report.document.Block;
import io.tunesmith.report.document.Formats;
import io.tunesmith.report.document.Section;
import io.tunesmith.report.document.Table;
import io.tunesmith.report.document.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Where the shipped model errs on the sealed test, and what it looks at. */
final class TestSection {
    private TestSection() {}

    static Section of(StudyReport report) {
        StudyReport.TestView test = report.test();
        List<Block> blocks = new ArrayList<>();
        blocks.add(Block.paragraph("All figures here are of the shipped model on the " + Formats.count(report.testRows(), "sealed row") + ", opened once, after the choice."));
        if (!test.metrics().isEmpty()) {
            blocks.add(new Block.Rows(metrics(test.metrics())));
        }
        test.confusion().filter(confusion -> !confusion.classes().isEmpty())
                .ifPresent(confusion -> blocks.add(new Block.Figure(new MatrixChart("Which classes are taken for which", new Confusion(confusion.classes(), confusion.counts())))));
        if (!test.residuals().isEmpty()) {
            blocks.add(new Block.Figure(residuals(report)));
        }
        if (!test.columns().isEmpty()) {
            blocks.add(new Block.Figure(columns(report)));
        }
        return new Section("test", "What the sealed test shows", blocks);
    }

    private static Table metrics(List<MetricRow> metrics) {
        return Table.of("Other usual metrics on the same rows", "Metric", "This model#", "Default#").rows(metrics, row -> List.of(
                Text.of(MetricNames.of(row.name())), Text.of(Formats.score(row.shipped())), Text.of(Formats.score(row.byDefault()))));
    }

    private static ScatterChart residuals(StudyReport report) {
        List<Residual> residuals = report.test().residuals();
        double[] errors = residuals.stream().mapToDouble(pair -> Math.abs(pair.predicted() - pair.truth())).filter(Double::isFinite).sorted().toArray();
        String of = residuals.size() < report.testRows() ? Formats.count(residuals.size()) + " of " + Formats.count(report.testRows(), "sealed row") : Formats.count(residuals.size(), "sealed row");
        String caption = errors.length == 0 ? of + "." : of + ". Half of the predictions are off by at most " + Formats.score(errors[(errors.length - 1) / 2]) + ", nine in ten by at most " + Formats.score(errors[(int) (0.9 * (errors.length - 1))]) + ".";
        List<ScatterChart.Pair> pairs = residuals.stream().map(pair -> new ScatterChart.Pair(pair.truth(), pair.predicted())).toList();
        return new ScatterChart("Predicted against true values", caption, report.plan().target(), pairs);
    }

    private static BarChart columns(StudyReport report) {
        List<Share> columns = report.test().columns();
        Share first = columns.stream().max(Comparator.comparingDouble(Share::share)).orElseThrow();
        String caption = "Loss of " + MetricNames.of(report.receipt().metric()) + " when one column's values are shuffled among the " + Formats.count(report.testRows(), "sealed row")
                + ". Shuffling " + first.name() + " costs " + Formats.score(first.share()) + ". Around zero: not needed beside the others.";
        return new BarChart("Which columns the model needs", caption, "Column", "Loss of score", columns.stream().map(share -> new BarChart.Bar(share.name(), share.share())).toList(), Formats::score);
    }
}
