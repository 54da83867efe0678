package io.tunesmith.report.document;

import java.util.List;
import java.util.stream.Collectors;

/** Writes sections as Markdown (CommonMark with tables). A figure becomes its caption and its table. All words are escaped. Not thread-safe. */
public final class MarkdownWriter {
    /** Longer tables are cut here; the HTML report and the files have the rest. */
    private static final int MOST_ROWS = 60;
    private final StringBuilder out = new StringBuilder();

    public void heading(int level, String words) {
        out.append("#".repeat(level)).append(' ').append(Escape.markdown(words)).append("\n\n");
    }

    public void section(Section section) {
        heading(2, section.title());
        blocks(section.blocks());
    }

    public void blocks(List<Block> blocks) {
        blocks.forEach(this::block);
    }

    public String finish() {
        return out.toString().stripTrailing() + "\n";
    }

    private void block(Block block) {
        switch (block) {
            case Block.Paragraph(Text text) -> line(inline(text));
            case Block.Bullets(List<Text> items) -> line(items.stream().map(item -> "- " + inline(item)).collect(Collectors.joining("\n")));
            case Block.Quote(String words) -> line("> " + Escape.markdown(words));
            case Block.Code(String words) -> line("    " + words.replaceAll("\\p{Cntrl}", " "));
            case Block.Facts(List<Block.Fact> facts) -> line(facts.stream().map(MarkdownWriter::fact).collect(Collectors.joining("\n")));
            case Block.Note(Block.Tone tone, Text text) -> line("> " + inline(text));
            case Block.Rows(Table table) -> table(table);
            case Block.Figure(Chart chart) -> figure(chart);
            case Block.Fold(String summary, List<Block> inner) -> {
                heading(3, summary);
                blocks(inner);
            }
        }
    }

    private void line(String text) {
        out.append(text).append("\n\n");
    }

    private static String fact(Block.Fact fact) {
        return "- " + Escape.markdown(fact.label()) + ": **" + Escape.markdown(fact.value()) + "** " + Escape.markdown(fact.remark());
    }

    private void figure(Chart chart) {
        heading(3, chart.title());
        line(Escape.markdown(chart.caption()));
        table(chart.table());
    }

    private void table(Table table) {
        if (table.rows().isEmpty()) {
            return;
        }
        row(table.columns().stream().map(column -> Escape.markdown(column.name())).toList());
        row(table.columns().stream().map(column -> column.number() ? "---:" : "---").toList());
        table.rows().stream().limit(MOST_ROWS).forEach(cells -> row(cells.stream().map(MarkdownWriter::inline).toList()));
        out.append('\n');
        if (table.rows().size() > MOST_ROWS) {
            line("The first " + MOST_ROWS + " of " + Formats.count(table.rows().size(), "row") + ".");
        }
    }

    private void row(List<String> cells) {
        out.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String inline(Text text) {
        return text.spans().stream().map(MarkdownWriter::span).collect(Collectors.joining());
    }

    private static String span(Text.Span span) {
        String words = Escape.markdown(span.words());
        if (words.isEmpty()) {
            return span.words().isEmpty() ? "" : " ";
        }
        String before = Character.isWhitespace(span.words().charAt(0)) ? " " : "";
        String after = Character.isWhitespace(span.words().charAt(span.words().length() - 1)) ? " " : "";
        return switch (span.style()) {
            case PLAIN, FAINT -> before + words + after;
            case STRONG -> before + "**" + words + "**" + after;
            case CODE -> before + "<code>" + words + "</code>" + after;
        };
    }
}
