package io.tunesmith.report;

import io.tunesmith.report.document.MarkdownWriter;

/** Writes {@code report.md}: the same sections as the HTML report; figures become their captions and tables. Stateless. */
public final class MarkdownReport {
    private MarkdownReport() {}

    /** CommonMark with tables; all untrusted text is escaped. */
    public static String write(StudyReport report) {
        MarkdownWriter writer = new MarkdownWriter();
        writer.heading(1, "Predicting " + report.plan().target());
        Sections.of(report).forEach(writer::section);
        return writer.finish();
    }
}
