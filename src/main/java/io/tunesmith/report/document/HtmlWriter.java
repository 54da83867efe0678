package io.tunesmith.report.document;

import java.util.Arrays;
import java.util.List;

/** Writes sections as HTML. All words pass {@link Escape#html}; tags, classes and ids are ours. One instance for one page; not thread-safe. */
public final class HtmlWriter {
    private static final int WIDE = 760;
    private static final int NARROW = 360;
    /** Tables of so many columns are wider than the page and scroll. */
    private static final int MANY = 7;
    /** A longer word is broken where it must be; a shorter one never is. */
    private static final int LONG_WORD = 30;
    private final StringBuilder out = new StringBuilder();
    private int figures;

    public void section(Section section) {
        out.append("<section id=\"").append(section.id()).append("\"><h2>").append(Escape.html(section.title())).append("</h2>\n");
        blocks(section.blocks());
        out.append("</section>\n");
    }

    public void blocks(List<Block> blocks) {
        blocks.forEach(this::block);
    }

    public String finish() {
        return out.toString();
    }

    private void block(Block block) {
        switch (block) {
            case Block.Paragraph(Text text) -> element("p", text);
            case Block.Bullets(List<Text> items) -> bullets(items);
            case Block.Quote(String words) -> out.append("<blockquote dir=\"auto\">").append(Escape.html(words)).append("</blockquote>\n");
            case Block.Code(String line) -> out.append("<pre><code>").append(Escape.html(line)).append("</code></pre>\n");
            case Block.Facts(List<Block.Fact> facts) -> facts(facts);
            case Block.Note(Block.Tone tone, Text text) -> note(tone, text);
            case Block.Rows(Table table) -> table(table, false);
            case Block.Figure(Chart chart) -> figure(chart);
            case Block.Fold(String summary, List<Block> inner) -> fold(summary, inner);
        }
    }

    private void element(String tag, Text text) {
        out.append('<').append(tag).append('>').append(inline(text)).append("</").append(tag).append(">\n");
    }

    private void bullets(List<Text> items) {
        out.append("<ul>\n");
        items.forEach(item -> element("li", item));
        out.append("</ul>\n");
    }

    private void facts(List<Block.Fact> facts) {
        out.append("<dl class=\"facts\">\n");
        for (Block.Fact fact : facts) {
            out.append("<div><dt>").append(Escape.html(fact.label())).append("</dt><dd><b>").append(Escape.html(fact.value())).append("</b> <small>")
                    .append(Escape.html(fact.remark())).append("</small></dd></div>\n");
        }
        out.append("</dl>\n");
    }

    private void note(Block.Tone tone, Text text) {
        String css = switch (tone) {
            case GOOD -> "good";
            case NEUTRAL -> "neutral";
            case WARNING -> "warning";
        };
        out.append("<p class=\"note ").append(css).append("\">").append(inline(text)).append("</p>\n");
    }

    private void fold(String summary, List<Block> inner) {
        out.append("<details><summary>").append(Escape.html(summary)).append("</summary>\n");
        blocks(inner);
        out.append("</details>\n");
    }

    private void figure(Chart chart) {
        String id = "figure-" + ++figures;
        out.append("<figure><h3>").append(Escape.html(chart.title())).append("</h3>\n");
        keys(chart.keys());
        out.append("<div class=\"wide\">").append(chart.svg(WIDE, id + "-wide")).append("</div>\n");
        out.append("<div class=\"narrow\">").append(chart.svg(NARROW, id + "-narrow")).append("</div>\n");
        out.append("<figcaption>").append(Escape.html(chart.caption())).append("</figcaption>\n");
        out.append("<details><summary>The numbers of this figure</summary>\n");
        table(chart.table(), true);
        out.append("</details></figure>\n");
    }

    private void keys(List<Chart.Key> keys) {
        if (keys.isEmpty()) {
            return;
        }
        out.append("<ul class=\"keys\">");
        for (Chart.Key key : keys) {
            out.append("<li><svg width=\"18\" height=\"12\" viewBox=\"0 0 18 12\" aria-hidden=\"true\">").append(mark(key)).append("</svg>")
                    .append(Escape.html(key.label())).append("</li>");
        }
        out.append("</ul>\n");
    }

    private static String mark(Chart.Key key) {
        String shape = switch (key.mark()) {
            case DOT -> "<circle cx=\"9\" cy=\"6\" r=\"4\"";
            case CROSS -> "<path d=\"M5.5 2.5l7 7m0-7l-7 7\"";
            case LINE -> "<path d=\"M0 6h18\"";
            case BAND -> "<rect x=\"1\" y=\"1\" width=\"16\" height=\"10\"";
        };
        return shape + " class=\"" + key.css() + "\"/>";
    }

    private void table(Table table, boolean captionIsNear) {
        out.append("<div class=\"scroll\" tabindex=\"0\"><table class=\"").append(table.columns().size() < MANY ? "few" : "many").append("\"><caption").append(captionIsNear ? " class=\"heard\"" : "").append('>').append(Escape.html(table.caption())).append("</caption><thead><tr>");
        table.columns().forEach(column -> out.append(column.number() ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">").append(Escape.html(column.name())).append("</th>"));
        out.append("</tr></thead><tbody>\n");
        for (List<Text> row : table.rows()) {
            out.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                out.append("<td class=\"").append(table.columns().get(i).number() ? "n" : longWord(row.get(i)) ? "long" : "t").append("\">").append(inline(row.get(i))).append("</td>");
            }
            out.append("</tr>\n");
        }
        out.append("</tbody></table></div>\n");
    }

    private static boolean longWord(Text text) {
        return text.spans().stream().flatMap(span -> Arrays.stream(span.words().split("\\s"))).anyMatch(word -> word.length() > LONG_WORD);
    }

    /** A text as HTML within a line. */
    public static String inline(Text text) {
        StringBuilder line = new StringBuilder();
        for (Text.Span span : text.spans()) {
            String words = Escape.html(span.words());
            switch (span.style()) {
                case PLAIN -> line.append(words);
                case STRONG -> line.append("<strong>").append(words).append("</strong>");
                case CODE -> line.append("<code>").append(words).append("</code>");
                case FAINT -> line.append("<span class=\"faint\">").append(words).append("</span>");
            }
        }
        return line.toString();
    }
}
