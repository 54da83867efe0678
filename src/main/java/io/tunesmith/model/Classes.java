package io.tunesmith.model;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The classes of a target, in order: by number if all are numbers, else by text.
 *
 * @param positive for two classes the one that f1, precision, recall and average precision look at: the one named like yes, true or 1 if
 *     just one is, else the rarer, else the later; for more classes unused
 */
public record Classes(List<String> names, int positive) {
    private static final Set<String> AFFIRMATIVE = Set.of("1", "1.0", "yes", "y", "true", "t", "positive", "pos");

    public Classes {
        names = List.copyOf(names);
        if (names.size() < 2 || positive < 0 || positive >= names.size()) {
            throw Failure.BadRequest.of(FailureCode.DATA_UNUSABLE, "target", "the target has fewer than two classes: " + names).asException();
        }
    }

    /** The classes that occur among these cells; missing cells are left out. */
    public static Classes of(String[] cells) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String cell : cells) {
            if (!Cells.missing(cell)) {
                counts.merge(cell.strip(), 1, Integer::sum);
            }
        }
        List<String> names = new ArrayList<>(counts.keySet());
        if (names.stream().noneMatch(name -> Double.isNaN(Cells.number(name)))) {
            names.sort(Comparator.comparingDouble(Cells::number).thenComparing(Comparator.naturalOrder()));
        }
        return new Classes(names, names.size() < 2 ? 0 : positive(names, counts));
    }

    private static int positive(List<String> names, Map<String, Integer> counts) {
        List<String> affirmative = names.stream().filter(name -> AFFIRMATIVE.contains(name.toLowerCase(Locale.ROOT))).toList();
        if (affirmative.size() == 1) {
            return names.indexOf(affirmative.getFirst());
        }
        int last = names.size() - 1;
        return counts.get(names.getFirst()) < counts.get(names.get(last)) ? 0 : last;
    }

    /** These classes and, after them, those among the cells that are not among them: a test part may have classes that training did not. */
    public Classes and(String[] cells) {
        List<String> extended = new ArrayList<>(names);
        for (String cell : cells) {
            if (!Cells.missing(cell) && !extended.contains(cell.strip())) {
                extended.add(cell.strip());
            }
        }
        return new Classes(extended, positive);
    }

    /** The code of each cell, −1 for a missing cell or a class not in the list. */
    public int[] codes(String[] cells) {
        Map<String, Integer> codes = new TreeMap<>();
        names.forEach(name -> codes.put(name, codes.size()));
        int[] coded = new int[cells.length];
        for (int i = 0; i < cells.length; i++) {
            coded[i] = codes.getOrDefault(cells[i].strip(), -1);
        }
        return coded;
    }
}
