package io.tunesmith.report;

import io.tunesmith.judge.Receipt;
import io.tunesmith.report.chart.IntervalChart;
import io.tunesmith.report.document.Block;
import io.tunesmith.report.document.Block.Fact;
import io.tunesmith.report.document.Formats;
import io.tunesmith.report.document.Section;
import io.tunesmith.report.document.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What came out, in one sentence, one picture and a few numbers. */
final class AnswerSection {
    private AnswerSection() {}

    static Section of(StudyReport report) {
        Answer answer = new Answer(report.receipt());
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Paragraph(answer.sentence()));
        blocks.add(answer.verdict());
        blocks.add(Block.paragraph(answer.onTest()));
        goal(report).ifPresent(blocks::add);
        if (!report.warnings().isEmpty()) {
            blocks.add(new Block.Note(Block.Tone.WARNING, Text.of(Formats.count(report.warnings().size(), "warning") + ": " + report.warnings().getFirst()
                    + (report.warnings().size() > 1 ? " The others are under “Caveats”." : ""))));
        }
        blocks.add(facts(report));
        blocks.add(new Block.Figure(chart(report.receipt(), answer.metric())));
        return new Section("answer", "The answer", blocks);
    }

    private static Optional<Block> goal(StudyReport report) {
        double score = report.receipt().finalTest().score();
        return report.task().metric().filter(metric -> metric.name() == report.receipt().metric()).flatMap(metric -> metric.goal().map(goal -> {
            boolean met = score == goal || report.receipt().direction().better(score, goal);
            return Block.paragraph("The request asks for " + Formats.shortly(goal) + " " + MetricNames.of(metric.name()) + ": " + (met ? "met" : "not met") + " on the sealed test, with " + Formats.score(score) + ".");
        }));
    }

    private static Block facts(StudyReport report) {
        long used = report.plan().columns().stream().filter(column -> column.used()).count();
        return new Block.Facts(List.of(
                new Fact("Rows", Formats.count(report.profile().rows()), Formats.count(report.trainRows()) + " train, " + Formats.count(report.testRows()) + " sealed"),
                new Fact("Columns", Formats.count(used), "used of " + Formats.count(report.plan().columns().size())),
                new Fact("Trials", Formats.count(report.trials().size()), ended(report)),
                new Fact("Time", Formats.seconds(report.cost().seconds()), "in all"),
                new Fact("Latency", Formats.milliseconds(report.model().millisecondsPerRow()), "per row"),
                new Fact("Model", Formats.bytes(report.model().bytes()), "on disk")));
    }

    private static String ended(StudyReport report) {
        long finished = report.trials().stream().filter(trial -> trial.state().equals("finished")).count();
        return Formats.count(finished) + " finished, " + Formats.count(report.trials().stream().filter(trial -> trial.state().equals("pruned")).count()) + " stopped early";
    }

    private static IntervalChart chart(Receipt receipt, String metric) {
        List<IntervalChart.Row> rows = List.of(row("this model", receipt.finalTest(), true), row("default", receipt.defaultTest(), false));
        String caption = "This model: " + Formats.score(receipt.finalTest().score()) + " (" + Answer.interval(receipt.finalTest()) + "). Default configuration: "
                + Formats.score(receipt.defaultTest().score()) + " (" + Answer.interval(receipt.defaultTest()) + "). Bootstrap intervals of 95 % over " + Formats.count(receipt.testRows(), "row") + ".";
        return new IntervalChart("On the sealed test", caption, Answer.unit(receipt.metric(), receipt.direction()), rows, Optional.empty());
    }

    private static IntervalChart.Row row(String name, Receipt.TestScore test, boolean strong) {
        return new IntervalChart.Row(name, test.score(), test.low(), test.high(), strong, List.of());
    }
}
