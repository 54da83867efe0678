package io.tunesmith.trainer;

import io.tunesmith.contract.Evaluation.Importance;
import io.tunesmith.core.Metric;
import io.tunesmith.core.RandomSource;
import io.tunesmith.model.Columns;
import io.tunesmith.model.Scores;
import io.tunesmith.model.Truth;
import io.tunesmith.model.predict.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Permutation importance (Breiman, Random Forests, 2001, section 10, on held-out rows as Fisher, Rudin and Dominici, 2019, define model reliance by
 * difference): how much worse the score gets when one column is shuffled, so that it says nothing.
 */
final class Permutation {
    static final int REPEATS = 5;
    static final int MOST_ROWS = 2000;

    private Permutation() {}

    static Map<String, Importance> importance(Model model, Examples examples, Metric metric, RandomSource random) {
        int[] rows = sample(examples.rows(), random);
        Columns columns = select(examples.columns(), rows);
        Truth truth = examples.truth().rows(rows);
        double loss = loss(model, columns, truth, metric);
        Map<String, Importance> found = new TreeMap<>();
        for (int column = 0; column < columns.typed().size() && Double.isFinite(loss); column++) {
            double[] increases = new double[REPEATS];
            for (int repeat = 0; repeat < REPEATS; repeat++) {
                int[] order = shuffled(rows.length, random.stream("permutation", column, repeat));
                increases[repeat] = loss(model, shuffle(columns, column, order), truth, metric) - loss;
            }
            double mean = Arrays.stream(increases).average().orElse(0);
            double spread = Math.sqrt(Arrays.stream(increases).map(value -> (value - mean) * (value - mean)).sum() / (REPEATS - 1));
            found.put(model.description().features().get(column).name(), new Importance(mean, spread));
        }
        return found;
    }

    private static double loss(Model model, Columns columns, Truth truth, Metric metric) {
        return metric.direction().loss(Scores.score(metric, truth, model.apply(columns).widened(truth.width())).orElse(Double.NaN));
    }

    private static int[] sample(int rows, RandomSource random) {
        return rows <= MOST_ROWS ? IntStream.range(0, rows).toArray() : Arrays.copyOf(shuffled(rows, random.stream("permutation rows")), MOST_ROWS);
    }

    private static int[] shuffled(int count, RandomGenerator generator) {
        int[] order = IntStream.range(0, count).toArray();
        for (int i = count - 1; i > 0; i--) {
            int j = generator.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }

    private static Columns select(Columns columns, int[] rows) {
        return new Columns(columns.typed().stream().map(column -> take(column, rows)).toList(), rows.length, columns.notes());
    }

    private static Columns shuffle(Columns columns, int at, int[] order) {
        List<Columns.Typed> typed = new ArrayList<>(columns.typed());
        typed.set(at, take(typed.get(at), order));
        return new Columns(typed, columns.rows(), columns.notes());
    }

    private static Columns.Typed take(Columns.Typed column, int[] rows) {
        return switch (column) {
            case Columns.Typed.Numbers numbers -> new Columns.Typed.Numbers(numbers.name(), take(numbers.values(), rows));
            case Columns.Typed.Labels labels -> new Columns.Typed.Labels(labels.name(), IntStream.of(rows).mapToObj(row -> labels.cells()[row]).toArray(String[]::new));
            case Columns.Typed.Dates dates -> new Columns.Typed.Dates(dates.name(), dates.parts().stream().map(part -> take(part, rows)).toList());
        };
    }

    private static float[] take(float[] values, int[] rows) {
        float[] taken = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            taken[i] = values[rows[i]];
        }
        return taken;
    }
}
