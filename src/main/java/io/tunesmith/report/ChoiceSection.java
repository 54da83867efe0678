package io.tunesmith.report;

import io.tunesmith.judge.Choice;
import io.tunesmith.judge.Contender;
import io.tunesmith.report.chart.IntervalChart;
import io.tunesmith.report.document.Block;
import io.tunesmith.report.document.Formats;
import io.tunesmith.report.document.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The candidates on seeds that the search never used. */
final class ChoiceSection {
    private ChoiceSection() {}

    static Section of(StudyReport report) {
        Choice choice = report.receipt().choice();
        List<Block> blocks = new ArrayList<>();
        blocks.add(Block.paragraph(Formats.count(choice.ranked().size(), "candidate") + " ran again on " + Formats.count(choice.seeds().size(), "fresh seed")
                + ", each with folds dealt anew and compared seed by seed. " + choice.verdict()));
        blocks.add(new Block.Figure(chart(report)));
        return new Section("candidates", "The candidates on fresh seeds", blocks);
    }

    private static IntervalChart chart(StudyReport report) {
        Choice choice = report.receipt().choice();
        List<IntervalChart.Row> rows = choice.ranked().stream().map(scored -> new IntervalChart.Row(
                name(scored.contender()), scored.mean(), scored.low(), scored.high(), scored.contender().equals(choice.winner()), scored.scores())).toList();
        String caption = "The winner, " + choice.winner().name() + ", is best in " + Formats.percent(choice.probabilityBest()) + " of bootstrap resamples of the seeds. Noise floor "
                + Formats.score(choice.noiseFloor()) + ", gain over the default " + Formats.difference(choice.gain()) + " (positive is better).";
        return new IntervalChart("Mean validation score over " + Formats.count(choice.seeds().size(), "fresh seed"), caption, Answer.unit(report.receipt().metric(), report.receipt().direction()), rows, noise(choice));
    }

    private static Optional<IntervalChart.Band> noise(Choice choice) {
        return choice.ranked().stream().filter(scored -> scored.contender().kind() == Contender.Kind.DEFAULT).findFirst()
                .map(scored -> new IntervalChart.Band(scored.mean() - choice.noiseFloor(), scored.mean() + choice.noiseFloor(), "default ± noise floor"));
    }

    private static String name(Contender contender) {
        return contender.kind() == Contender.Kind.ENSEMBLE ? contender.name() + " of " + contender.members().size() : contender.name();
    }
}
