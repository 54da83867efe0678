package io.tunesmith.data.duckdb;

import io.tunesmith.contract.SplitOptions;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.data.Cells;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The target of every row as a class number, negative where the row has no usable target. A plain split has the one class of all rows whose
 * target is a number.
 *
 * @param names the classes in alphabetical order
 * @param missing rows without a target
 * @param unreadable rows whose target should be a number and is none
 */
record Targets(int[] labels, List<String> names, long missing, long unreadable) {
    static final int NONE = -1;

    static int position(Table table, String target) {
        int position = table.names().indexOf(target);
        if (position < 0) {
            throw Failure.BadRequest.of(FailureCode.TARGET_MISSING, "target", "there is no column \"" + target + "\" in the data").allowed(String.join(", ", table.names()))
                    .hint("names are compared letter by letter, case included").asException();
        }
        return position;
    }

    static Targets read(Table table, SplitOptions options) throws IOException {
        int position = position(table, options.target());
        Collector collector = options.stratified() ? new Classes((int) table.rows()) : new Numbers((int) table.rows());
        table.forEach((number, cells) -> collector.take(number, Cells.text(cells.get(position))));
        return collector.done().checked(options);
    }

    private Targets checked(SplitOptions options) {
        String name = "\"" + Refusal.shortened(options.target()) + "\"";
        long usable = labels.length - missing - unreadable;
        if (unreadable > usable) {
            throw Refusal.target("the target " + name + " is to be predicted as a number, but " + Refusal.count(unreadable) + " of its cells are none").allowed("numbers in most rows")
                    .hint("ask for its class instead of its value, or choose another target").asException();
        }
        if (usable < Refusal.FEWEST_ROWS) {
            throw Refusal.target("only " + usable + " rows have a value of the target " + name).allowed("at least " + Refusal.FEWEST_ROWS).hint("choose another target, or add rows").asException();
        }
        if (names.size() < 2) {
            throw Refusal.target("the target " + name + " has the same value, \"" + Refusal.shortened(names.getFirst()) + "\", in every row").allowed("at least two different values")
                    .hint("choose another target").asException();
        }
        return this;
    }

    /** How many classes the deal keeps apart. */
    int classes() {
        return Arrays.stream(labels).max().orElse(0) + 1;
    }

    private interface Collector {
        void take(int row, String target);

        Targets done();
    }

    private static final class Classes implements Collector {
        private final int[] labels;
        private final Map<String, Integer> seen = new HashMap<>();
        private long missing;

        Classes(int rows) {
            labels = new int[rows];
        }

        @Override
        public void take(int row, String target) {
            missing += target.isEmpty() ? 1 : 0;
            labels[row] = target.isEmpty() ? NONE : seen.computeIfAbsent(target, name -> seen.size());
        }

        @Override
        public Targets done() {
            List<String> names = List.copyOf(new TreeSet<>(seen.keySet()));
            int[] sorted = new int[names.size()];
            for (int i = 0; i < sorted.length; i++) {
                sorted[seen.get(names.get(i))] = i;
            }
            return new Targets(Arrays.stream(labels).map(label -> label < 0 ? NONE : sorted[label]).toArray(), names, missing, 0);
        }
    }

    private static final class Numbers implements Collector {
        private final int[] labels;
        private final List<String> values = new ArrayList<>();
        private long missing;
        private long unreadable;

        Numbers(int rows) {
            labels = new int[rows];
        }

        @Override
        public void take(int row, String target) {
            boolean number = Cells.number(target).isPresent();
            labels[row] = number ? 0 : NONE;
            missing += target.isEmpty() ? 1 : 0;
            unreadable += !number && !target.isEmpty() ? 1 : 0;
            if (number && values.size() < 2 && !values.contains(target)) {
                values.add(target);
            }
        }

        @Override
        public Targets done() {
            return new Targets(labels, List.copyOf(values), missing, unreadable);
        }
    }
}
