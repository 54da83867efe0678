package io.tunesmith.report.chart;

import io.tunesmith.report.document.Formats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which classes were taken for which.
 *
 * @param counts counts[truth][predicted], as many rows and columns as classes
 * @param lastIsPooled whether the last class is several put together
 */
public record Confusion(List<String> classes, List<List<Long>> counts, boolean lastIsPooled) {
    public Confusion(List<String> classes, List<List<Long>> counts) {
        this(classes, counts, false);
    }

    public Confusion {
        classes = List.copyOf(classes);
        counts = counts.stream().map(List::copyOf).toList();
        int size = classes.size();
        if (counts.size() != size || counts.stream().anyMatch(row -> row.size() != size)) {
            throw new IllegalArgumentException("a confusion matrix of " + size + " classes must have as many rows and columns");
        }
    }

    int size() {
        return classes.size();
    }

    boolean pooled(int index) {
        return lastIsPooled && index == size() - 1;
    }

    long count(int truth, int predicted) {
        return counts.get(truth).get(predicted);
    }

    long rowTotal(int truth) {
        return counts.get(truth).stream().mapToLong(count -> count).sum();
    }

    long total() {
        return IntStream.range(0, size()).mapToLong(this::rowTotal).sum();
    }

    long correct() {
        return IntStream.range(0, size()).mapToLong(i -> count(i, i)).sum();
    }

    /** The most frequent error in words. */
    String worst() {
        long most = 0;
        String words = "There is no error.";
        for (int i = 0; i < size(); i++) {
            for (int j = 0; j < size(); j++) {
                if (i != j && count(i, j) > most) {
                    most = count(i, j);
                    words = "The most frequent error: " + classes.get(i) + " taken for " + classes.get(j) + ", " + Formats.count(most, "time") + ".";
                }
            }
        }
        return words;
    }

    /** What the rows of a class are most often mistaken for, with the count; a dash if never. */
    String takenFor(int truth) {
        return IntStream.range(0, size()).filter(j -> j != truth && count(truth, j) > 0).boxed().max(Comparator.comparingLong(j -> count(truth, j)))
                .map(j -> classes.get(j) + " (" + Formats.count(count(truth, j)) + ")").orElse("—");
    }

    /** The same with all but the {@code most} most frequent classes put together; unchanged if that would put together only one. */
    Confusion merged(int most) {
        if (size() <= most + 1) {
            return this;
        }
        List<Integer> order = IntStream.range(0, size()).boxed().sorted(Comparator.comparingLong((Integer i) -> -rowTotal(i))).toList();
        List<List<Integer>> groups = new ArrayList<>();
        order.subList(0, most).stream().sorted().forEach(i -> groups.add(List.of(i)));
        groups.add(order.subList(most, size()));
        List<String> names = groups.stream().map(group -> group.size() == 1 ? classes.get(group.getFirst()) : group.size() + " others").toList();
        return new Confusion(names, groups.stream().map(rows -> groups.stream().map(columns -> sum(rows, columns)).toList()).toList(), true);
    }

    private Long sum(List<Integer> rows, List<Integer> columns) {
        return rows.stream().mapToLong(i -> columns.stream().mapToLong(j -> count(i, j)).sum()).sum();
    }
}
