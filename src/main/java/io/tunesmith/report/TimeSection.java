package io.tunesmith.report;

import io.tunesmith.budget.Cost;
import io.tunesmith.report.chart.StepsChart;
import io.tunesmith.report.document.Block;
import io.tunesmith.report.document.Formats;
import io.tunesmith.report.document.Section;
import java.util.ArrayList;
import java.util.List;

/** Where the time went and what it cost. */
final class TimeSection {
    private TimeSection() {}

    static Section of(StudyReport report) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(Block.paragraph(cost(report.cost())));
        if (!report.timings().isEmpty()) {
            blocks.add(new Block.Figure(new StepsChart("Steps of the run", report.timings().stream().map(timing -> new StepsChart.Step(timing.step(), timing.seconds())).toList())));
        }
        return new Section("time", "Where the time went", blocks);
    }

    private static String cost(Cost cost) {
        return "The run took " + Formats.seconds(cost.seconds()) + " for " + Formats.count(cost.trials(), "trial") + "; " + Formats.seconds(cost.gpuSeconds()) + " of GPU time, "
                + Formats.count(cost.tokens(), "token") + " of language models, $" + Formats.shortly(cost.moneyUsd()) + ".";
    }
}
