package io.tunesmith.report;

import io.tunesmith.judge.Contender;
import io.tunesmith.report.StudyReport.TrialRow;
import io.tunesmith.report.chart.BarChart;
import io.tunesmith.report.chart.HistoryChart;
import io.tunesmith.report.chart.Palette;
import io.tunesmith.report.document.Block;
import io.tunesmith.report.document.Escape;
import io.tunesmith.report.document.Formats;
import io.tunesmith.report.document.Section;
import io.tunesmith.report.document.Table;
import io.tunesmith.report.document.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The trials: how the best score grew, which hyperparameters mattered, and every trial with its reason. */
final class SearchSection {
    private static final int LISTED = 500;
    private static final int SHOWN_SETTINGS = 6;

    private SearchSection() {}

    static Section of(StudyReport report) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(Block.paragraph(summary(report.trials())));
        if (!report.trials().isEmpty()) {
            blocks.add(new Block.Figure(history(report)));
        }
        if (report.hyperparameters().isEmpty()) {
            blocks.add(Block.paragraph("With " + Formats.count(report.trials().size(), "trial") + " there are too few scores to say which hyperparameters mattered."));
        } else {
            blocks.add(new Block.Figure(importance(report)));
        }
        blocks.add(new Block.Fold("All trials, each with its reason", List.of(new Block.Rows(trials(report.trials(), MetricNames.of(report.plan().metric()))))));
        return new Section("search", "The search", blocks);
    }

    private static String summary(List<TrialRow> trials) {
        Map<String, Long> states = trials.stream().collect(Collectors.groupingBy(TrialRow::state, Collectors.counting()));
        String ends = states.entrySet().stream().sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .map(entry -> Formats.count(entry.getValue()) + " " + (entry.getKey().equals("pruned") ? "stopped early" : entry.getKey())).collect(Collectors.joining(", "));
        return "The search ran " + Formats.count(trials.size(), "trial") + (ends.isEmpty() ? "." : ": " + ends + ". ") + trials.stream().max(Comparator.comparingDouble(TrialRow::seconds))
                .map(slowest -> "The longest took " + Formats.seconds(slowest.seconds()) + ".").orElse("");
    }

    private static HistoryChart history(StudyReport report) {
        List<HistoryChart.Point> points = report.trials().stream().map(trial -> new HistoryChart.Point(trial.number(), trial.score(), trial.learner(), trial.state())).toList();
        List<String> learners = report.trials().stream().collect(Collectors.groupingBy(TrialRow::learner, Collectors.counting())).entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey())).limit(Palette.COLOURS).map(Map.Entry::getKey).toList();
        return new HistoryChart(MetricNames.of(report.plan().metric()), report.plan().direction(), points, learners, byDefault(report));
    }

    /** The default's score in the same search: that of the trial which the default contender names. */
    private static Optional<Double> byDefault(StudyReport report) {
        return report.receipt().choice().ranked().stream().map(scored -> scored.contender()).filter(contender -> contender.kind() == Contender.Kind.DEFAULT).findFirst()
                .flatMap(contender -> report.trials().stream().filter(trial -> trial.number() == contender.members().getFirst().trial()).findFirst()).flatMap(TrialRow::score);
    }

    private static BarChart importance(StudyReport report) {
        List<BarChart.Bar> bars = report.hyperparameters().stream().map(share -> new BarChart.Bar(share.name(), share.share())).toList();
        StudyReport.Share first = report.hyperparameters().stream().max(Comparator.comparingDouble(StudyReport.Share::share)).orElseThrow();
        String caption = first.name() + " explains " + Formats.percent(first.share()) + " of the variance of scores over the trials.";
        return new BarChart("Which hyperparameters mattered", caption, "Hyperparameter", "Share", bars, Formats::percent);
    }

    private static Table trials(List<TrialRow> trials, String metric) {
        String caption = trials.size() > LISTED ? "The first " + LISTED + " of " + Formats.count(trials.size(), "trial") : "Trials in the order of their numbers";
        return Table.of(caption, "Trial#", "State", metric + "#", "Learner", "Configuration", "Why", "Sampler", "Time#").rows(trials.stream().limit(LISTED).toList(), trial -> List.of(
                Text.of(Formats.count(trial.number())), Text.of(trial.state()).faint(trial.end().map(end -> " " + Escape.shorten(end, 160)).orElse("")), Text.of(trial.score().map(Formats::score).orElse("—")),
                Text.of(trial.learner()), Text.ofCode(settings(trial)), Text.of(Escape.shorten(trial.why(), 240)), Text.of(trial.sampler()), Text.of(Formats.seconds(trial.seconds()))));
    }

    /** The configuration in short; the learner has a column of its own. */
    private static String settings(TrialRow trial) {
        List<Map.Entry<String, Object>> entries = trial.config().entrySet().stream().filter(entry -> !trial.learner().equals(entry.getValue())).toList();
        String shown = entries.stream().limit(SHOWN_SETTINGS).map(entry -> Escape.shorten(entry.getKey(), 40) + "=" + Escape.shorten(Formats.value(entry.getValue()), 24)).collect(Collectors.joining(" "));
        return entries.isEmpty() ? "—" : shown + (entries.size() > SHOWN_SETTINGS ? " +" + (entries.size() - SHOWN_SETTINGS) + " more" : "");
    }
}
