package io.tunesmith.report;

import io.tunesmith.report.document.Block;
import io.tunesmith.report.document.Formats;
import io.tunesmith.report.document.Section;
import io.tunesmith.report.document.Table;
import io.tunesmith.report.document.Text;
import io.tunesmith.task.TaskSpec;
import java.util.ArrayList;
import java.util.List;

/** What ships and how to use it. */
final class ModelSection {
    private ModelSection() {}

    static Section of(StudyReport report) {
        StudyReport.ModelView model = report.model();
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Paragraph(Text.of("").strong(model.name()).plain(", " + Formats.bytes(model.bytes()) + " on disk, " + Formats.milliseconds(model.millisecondsPerRow())
                + " per row, fitted again on all " + Formats.count(report.trainRows(), "training row") + " before the test.")));
        blocks.add(new Block.Bullets(model.members().stream().map(Text::of).toList()));
        blocks.add(Block.paragraph("ONNX: " + model.onnx()));
        List<Limit> limits = limits(report);
        if (!limits.isEmpty()) {
            blocks.add(new Block.Rows(Table.of("Limits of the request", "Limit", "Asked#", "Measured#", "Met").rows(limits, limit -> Table.cells(limit.name(), limit.asked(), limit.measured(), limit.met() ? "yes" : "no"))));
        }
        blocks.add(Block.paragraph("To predict for new rows with the same columns, from the folder of this report:"));
        blocks.add(new Block.Code("./tunesmith predict --model model --data new-rows.csv --out predictions.csv"));
        blocks.add(new Block.Fold(Formats.count(model.files().size(), "file") + " of the model", List.of(new Block.Bullets(model.files().stream().map(Text::ofCode).toList()))));
        return new Section("model", "The model", blocks);
    }

    private record Limit(String name, String asked, String measured, boolean met) {}

    private static List<Limit> limits(StudyReport report) {
        TaskSpec.Limits asked = report.task().limits();
        StudyReport.ModelView model = report.model();
        List<Limit> limits = new ArrayList<>();
        asked.latencyMs().ifPresent(most -> limits.add(new Limit("Latency per row", Formats.milliseconds(most), Formats.milliseconds(model.millisecondsPerRow()), model.millisecondsPerRow() <= most)));
        asked.modelBytes().ifPresent(most -> limits.add(new Limit("Size on disk", Formats.bytes(most.longValue()), Formats.bytes(model.bytes()), model.bytes() <= most)));
        return limits;
    }
}
