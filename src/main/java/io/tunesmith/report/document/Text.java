package io.tunesmith.report.document;

import java.util.ArrayList;
import java.util.List;

/** A run of words, some of them strong, some of them code. The words are plain and untrusted: the writers escape them. Immutable. */
public record Text(List<Span> spans) {
    public Text {
        spans = List.copyOf(spans);
    }

    /** How a span is set. */
    public enum Style { PLAIN, STRONG, CODE, FAINT }

    public record Span(Style style, String words) {}

    public static Text of(String words) {
        return new Text(List.of(new Span(Style.PLAIN, words)));
    }

    public static Text ofCode(String words) {
        return new Text(List.of()).code(words);
    }

    public Text plain(String words) {
        return and(new Span(Style.PLAIN, words));
    }

    public Text strong(String words) {
        return and(new Span(Style.STRONG, words));
    }

    public Text code(String words) {
        return and(new Span(Style.CODE, words));
    }

    /** Words of less weight: a remark beside a value. */
    public Text faint(String words) {
        return and(new Span(Style.FAINT, words));
    }

    private Text and(Span span) {
        List<Span> more = new ArrayList<>(spans);
        more.add(span);
        return new Text(more);
    }
}
