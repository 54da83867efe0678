package io.tunesmith.trainer;

import io.tunesmith.core.RandomSource;
import io.tunesmith.model.Truth;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Positions of rows in a random order, class by class, so that dealing them out in turn spreads every class evenly. */
final class FreshOrder {
    private FreshOrder() {}

    static List<Integer> of(Truth truth, long seed) {
        RandomGenerator random = new RandomSource(seed).stream("folds");
        double[] keys = IntStream.range(0, truth.rows()).mapToDouble(_ -> random.nextDouble()).toArray();
        Comparator<Integer> shuffled = Comparator.comparingDouble(row -> keys[row]);
        Comparator<Integer> order = switch (truth) {
            case Truth.Labels labels -> Comparator.comparingInt((Integer row) -> labels.labels()[row]).thenComparing(shuffled);
            case Truth.Numbers _ -> shuffled;
        };
        return IntStream.range(0, truth.rows()).boxed().sorted(order).toList();
    }
}
