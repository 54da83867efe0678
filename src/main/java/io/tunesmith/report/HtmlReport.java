package io.tunesmith.report;

import io.tunesmith.report.document.Escape;
import io.tunesmith.report.document.HtmlWriter;
import io.tunesmith.report.document.Section;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes {@code report.html}: one file that needs nothing else. Its style and its charts are inline, there is no script, and it loads
 * nothing; its own content security policy says so too. Stateless.
 */
public final class HtmlReport {
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
    private static final String STYLE = style();

    private HtmlReport() {}

    /** All untrusted text is escaped. */
    public static String write(StudyReport report) {
        List<Section> sections = Sections.of(report).toList();
        HtmlWriter body = new HtmlWriter();
        sections.forEach(body::section);
        return "<!DOCTYPE html>\n<html lang=\"en\">\n" + head(report) + "<body>\n" + header(report) + "<div class=\"page\">\n" + contents(sections)
                + "<main>\n" + body.finish() + "</main>\n</div>\n" + footer(report) + "</body>\n</html>\n";
    }

    private static String head(StudyReport report) {
        return "<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\">"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"" + POLICY + "\"><meta name=\"generator\" content=\"Tunesmith " + Escape.html(report.version()) + "\">"
                + "<title>" + Escape.html("Predicting " + Escape.shorten(report.plan().target(), 80)) + " – Tunesmith report</title>\n<style>\n" + STYLE + "</style></head>\n";
    }

    private static String header(StudyReport report) {
        return "<header><p class=\"eyebrow\">Tunesmith report</p><h1>" + Escape.html("Predicting ") + "<em>" + Escape.html(Escape.shorten(report.plan().target(), 120)) + "</em></h1><p class=\"from\">from <code>"
                + Escape.html(report.dataName()) + "</code> · " + Escape.html(ReceiptSection.TIME.format(report.accepted())) + " · <code>" + Escape.html(report.run()) + "</code></p></header>\n";
    }

    private static String contents(List<Section> sections) {
        return sections.stream().map(section -> "<li><a href=\"#" + section.id() + "\">" + Escape.html(section.title()) + "</a></li>")
                .collect(Collectors.joining("", "<nav aria-label=\"Contents\"><ol>", "</ol></nav>\n"));
    }

    private static String footer(StudyReport report) {
        return "<footer><p>Written by Tunesmith " + Escape.html(report.version()) + ". This page holds everything it shows and loads nothing.</p></footer>\n";
    }

    private static String style() {
        try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
