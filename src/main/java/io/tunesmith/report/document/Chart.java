package io.tunesmith.report.document;

import java.util.List;

/** A picture of numbers that can be drawn at any width, said in words, and read as a table. */
public interface Chart {

    String title();

    /** What is to be seen, in one or two sentences with numbers: the caption, and the picture's description for those who do not see it. */
    String caption();

    /** What marks and colours stand for; empty where nothing needs to be told. */
    List<Key> keys();

    /**
     * One well-formed SVG element.
     *
     * @param width in pixels, at least 300
     * @param id unique in the page; ours, never text of others
     */
    String svg(int width, String id);

    Table table();

    /** @param mark style classes of the mark, for example {@code dot g0} */
    record Key(Mark mark, String css, String label) {}

    enum Mark { DOT, CROSS, LINE, BAND }
}
