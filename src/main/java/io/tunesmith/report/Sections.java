package io.tunesmith.report;

import io.tunesmith.report.document.Section;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The order of a report: the answer first, then how it came about, then what ships. */
final class Sections {
    private static final List<Function<StudyReport, Section>> ORDER = List.of(
            AnswerSection::of, DataSection::of, RequestSection::of, PlanSection::of, SearchSection::of, ChoiceSection::of, TestSection::of,
            TimeSection::of, ReceiptSection::of, ModelSection::of, CaveatSection::of);

    private Sections() {}

    static Stream<Section> of(StudyReport report) {
        return ORDER.stream().map(section -> section.apply(report));
    }
}
