package io.tunesmith.data.duckdb;

import io.tunesmith.data.Cells;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Column names made usable: blanks around them cut, empty ones numbered, repeated ones numbered; the reserved ones refused.
 *
 * @param notes a sentence for each name that was changed
 */
record Header(List<String> names, List<String> notes) {
    static final String ROW = "__row";
    static final String FOLD = "__fold";

    static Header of(List<String> raw) {
        if (raw.size() == 1) {
            throw Refusal.oneColumn(raw.getFirst().strip()).asException();
        }
        if (raw.stream().allMatch(name -> Cells.number(name).isPresent())) {
            throw Refusal.unreadable("the first line holds only numbers (\"" + Refusal.shortened(String.join(",", raw)) + "\")").allowed("a first line with the column names")
                    .hint("put a line with column names above the data").asException();
        }
        List<String> names = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        Set<String> used = new HashSet<>();
        raw.forEach(name -> used.add(name.strip()));
        Set<String> seen = new HashSet<>();
        for (String name : raw) {
            names.add(usable(name.strip(), names.size() + 1, seen, used, notes));
        }
        return new Header(List.copyOf(names), List.copyOf(notes));
    }

    private static String usable(String name, int position, Set<String> seen, Set<String> used, List<String> notes) {
        if (name.equals(ROW) || name.equals(FOLD)) {
            throw Refusal.unusable("the column name \"" + name + "\" is reserved").allowed("any name but " + ROW + " and " + FOLD).hint("rename or drop the column").asException();
        }
        if (!name.isEmpty() && seen.add(name)) {
            return name;
        }
        String base = name.isEmpty() ? "column" : name;
        int number = name.isEmpty() ? position : 2;
        while (used.contains(base + "_" + number)) {
            number++;
        }
        String fresh = base + "_" + number;
        used.add(fresh);
        notes.add(name.isEmpty() ? "Column " + position + " has no name; it is called \"" + fresh + "\" here."
                : "The column name \"" + Refusal.shortened(name) + "\" occurs more than once; column " + position + " is called \"" + Refusal.shortened(fresh) + "\" here.");
        return fresh;
    }
}
