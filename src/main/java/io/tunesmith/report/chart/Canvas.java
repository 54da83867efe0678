package io.tunesmith.report.chart;

import io.tunesmith.report.document.Escape;

/** Draws one SVG element with a title and a description. Colours come from style classes; all words are escaped. Not thread-safe. */
final class Canvas {
    private static final double LETTER = 6.4;
    private final StringBuilder out = new StringBuilder();

    Canvas(double width, double height, String id, String title, String description) {
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ").append(number(width)).append(' ').append(number(height))
                .append("\" role=\"img\" aria-labelledby=\"").append(id).append("-t ").append(id).append("-d\"><title id=\"").append(id).append("-t\">")
                .append(Escape.html(title)).append("</title><desc id=\"").append(id).append("-d\">").append(Escape.html(description)).append("</desc>\n");
    }

    Canvas line(double x1, double y1, double x2, double y2, String css) {
        out.append("<line").append(at("x1", x1)).append(at("y1", y1)).append(at("x2", x2)).append(at("y2", y2)).append(css(css)).append("/>\n");
        return this;
    }

    Canvas rectangle(double x, double y, double width, double height, String css, String tip) {
        out.append("<rect").append(at("x", x)).append(at("y", y)).append(at("width", Math.max(0, width))).append(at("height", Math.max(0, height)));
        return end("rect", css, tip);
    }

    /** A rectangle whose colour is as strong as {@code share} in [0, 1]. */
    Canvas shade(double x, double y, double width, double height, String css, double share, String tip) {
        out.append("<rect").append(at("x", x)).append(at("y", y)).append(at("width", width)).append(at("height", height))
                .append(" fill-opacity=\"").append(Math.round(share * 100) / 100.0).append('"');
        return end("rect", css, tip);
    }

    Canvas dot(double x, double y, double radius, String css, String tip) {
        out.append("<circle").append(at("cx", x)).append(at("cy", y)).append(at("r", radius));
        return end("circle", css, tip);
    }

    Canvas cross(double x, double y, double arm, String css, String tip) {
        return path("M" + number(x - arm) + " " + number(y - arm) + "l" + number(2 * arm) + " " + number(2 * arm) + "m0 " + number(-2 * arm) + "l" + number(-2 * arm) + " " + number(2 * arm), css, tip);
    }

    /** @param data path commands made of our own numbers */
    Canvas path(String data, String css, String tip) {
        out.append("<path d=\"").append(data).append('"');
        return end("path", css, tip);
    }

    /** @param anchor start, middle or end */
    Canvas text(double x, double y, String anchor, String css, String words) {
        out.append("<text").append(at("x", x)).append(at("y", y)).append(" text-anchor=\"").append(anchor).append('"').append(css(css)).append('>')
                .append(Escape.html(words)).append("</text>\n");
        return this;
    }

    /** Words that end at the point and lean by 40°: for long labels above narrow columns. */
    Canvas leaning(double x, double y, String css, String words) {
        out.append("<text text-anchor=\"start\" transform=\"translate(").append(number(x)).append(' ').append(number(y)).append(") rotate(-40)\"").append(css(css)).append('>')
                .append(Escape.html(words)).append("</text>\n");
        return this;
    }

    /** A label in a column of so many pixels: cut where it does not fit, whole in the tip. */
    Canvas label(double x, double y, String anchor, String css, String words, double room) {
        String shown = fit(words, room);
        if (shown.equals(words)) {
            return text(x, y, anchor, css, words);
        }
        out.append("<text").append(at("x", x)).append(at("y", y)).append(" text-anchor=\"").append(anchor).append('"').append(css(css)).append('>')
                .append("<title>").append(Escape.html(words)).append("</title>").append(Escape.html(shown)).append("</text>\n");
        return this;
    }

    String finish() {
        return out.append("</svg>").toString();
    }

    /** The width of words at the size of labels, roughly: wide scripts count double. */
    static double width(String words) {
        return words.codePoints().mapToDouble(c -> c > 0x2E80 ? 2 * LETTER : LETTER).sum();
    }

    static String fit(String words, double room) {
        if (width(words) <= room) {
            return words;
        }
        int keep = words.codePointCount(0, words.length());
        String shown = words;
        while (keep > 1 && width(shown) > room) {
            keep = Math.max(1, Math.min(keep - 1, (int) (keep * room / width(shown))));
            shown = Escape.shorten(words, keep);
        }
        return shown;
    }

    /** A coordinate with one decimal. */
    static String number(double value) {
        long tenths = Math.round(value * 10);
        return tenths % 10 == 0 ? Long.toString(tenths / 10) : Double.toString(tenths / 10.0);
    }

    private Canvas end(String tag, String css, String tip) {
        out.append(css(css));
        if (tip.isEmpty()) {
            out.append("/>\n");
        } else {
            out.append("><title>").append(Escape.html(tip)).append("</title></").append(tag).append(">\n");
        }
        return this;
    }

    private static String at(String name, double value) {
        return " " + name + "=\"" + number(value) + "\"";
    }

    private static String css(String css) {
        return " class=\"" + css + "\"";
    }
}
