package io.tunesmith.report.chart;

import java.util.List;

/** Colours by name of style class: the first groups have one each, told apart by colour-blind readers too; the rest share a grey. */
public final class Palette {
    public static final int COLOURS = 6;

    private Palette() {}

    static String of(List<String> groups, String group) {
        int index = groups.indexOf(group);
        return index >= 0 && index < COLOURS ? "g" + index : "other";
    }
}
