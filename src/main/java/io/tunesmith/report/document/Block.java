package io.tunesmith.report.document;

import java.util.List;

/** A piece of a report. */
public sealed interface Block {

    record Paragraph(Text text) implements Block {}

    record Bullets(List<Text> items) implements Block {
        public Bullets {
            items = List.copyOf(items);
        }
    }

    /** Words of a person, as they were said. */
    record Quote(String words) implements Block {}

    /** A command to copy. */
    record Code(String line) implements Block {}

    /** A few values at a glance. */
    record Facts(List<Fact> facts) implements Block {
        public Facts {
            facts = List.copyOf(facts);
        }
    }

    record Fact(String label, String value, String remark) {}

    /** A sentence that must not be missed. */
    record Note(Tone tone, Text text) implements Block {}

    enum Tone { GOOD, NEUTRAL, WARNING }

    record Rows(Table table) implements Block {}

    /** A chart, with its table at hand. */
    record Figure(Chart chart) implements Block {}

    /** What only some readers want to see. */
    record Fold(String summary, List<Block> blocks) implements Block {
        public Fold {
            blocks = List.copyOf(blocks);
        }
    }

    static Block paragraph(String words) {
        return new Paragraph(Text.of(words));
    }
}
