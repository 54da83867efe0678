package io.tunesmith.report;

import io.tunesmith.report.document.Block;
import io.tunesmith.report.document.Section;
import io.tunesmith.report.document.Text;
import java.util.ArrayList;
import java.util.List;

/** What a reader should hold against it: warnings, and which parts did without a language model. */
final class CaveatSection {
    private CaveatSection() {}

    static Section of(StudyReport report) {
        List<Block> blocks = new ArrayList<>();
        if (report.warnings().isEmpty()) {
            blocks.add(Block.paragraph("No warnings (0)."));
        }
        report.warnings().forEach(warning -> blocks.add(new Block.Note(Block.Tone.WARNING, Text.of(warning))));
        if (!report.without().isEmpty()) {
            blocks.add(Block.paragraph("Done without a language model:"));
            blocks.add(new Block.Bullets(report.without().stream().map(Text::of).toList()));
        }
        return new Section("caveats", "Caveats", blocks);
    }
}
