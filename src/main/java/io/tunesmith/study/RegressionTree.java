package io.tunesmith.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;

/**
 * A regression tree over the unit cube (Breiman 1984: splits with the largest fall of the squared error), as the boxes of its leaves, which
 * tile the cube. Made to be asked for the variance of its marginals, which are exact (Hutter, Hoos and Leyton-Brown 2014, algorithm 2).
 */
final class RegressionTree {
    private static final int LEAST_LEAF = 2;
    private static final double FEATURES = 5.0 / 6;
    private final double[][] points;
    private final double[] values;
    private final RandomGenerator random;
    private final List<Leaf> leaves = new ArrayList<>();

    private record Leaf(double[] low, double[] high, double mean) {
        double area(int without) {
            double area = 1;
            for (int j = 0; j < low.length; j++) {
                area *= j == without ? 1 : high[j] - low[j];
            }
            return area;
        }
    }

    private record Cut(int feature, double at, double error) {}

    private RegressionTree(double[][] points, double[] values, RandomGenerator random) {
        this.points = points;
        this.values = values;
        this.random = random;
    }

    /** Fits to a bootstrap sample; each split chooses among 5/6 of the features, as fANOVA does. At least one point, of at least one dimension. */
    static RegressionTree fit(double[][] points, double[] values, RandomGenerator random) {
        RegressionTree tree = new RegressionTree(points, values, random);
        int[] sample = random.ints(points.length, 0, points.length).toArray();
        double[] high = new double[points[0].length];
        Arrays.fill(high, 1);
        tree.grow(sample, new double[high.length], high);
        return tree;
    }

    /** The variance, over a uniform coordinate, of the mean prediction given that coordinate. */
    double marginalVariance(int feature) {
        double[] edges = leaves.stream().flatMapToDouble(leaf -> DoubleStream.of(leaf.low[feature], leaf.high[feature])).sorted().distinct().toArray();
        double mean = 0;
        double square = 0;
        double first = marginal(feature, edges[0], edges[1]);
        for (int i = 0; i + 1 < edges.length; i++) {
            double offset = marginal(feature, edges[i], edges[i + 1]) - first;
            mean += (edges[i + 1] - edges[i]) * offset;
            square += (edges[i + 1] - edges[i]) * offset * offset;
        }
        return Math.max(0, square - mean * mean);
    }

    private double marginal(int feature, double low, double high) {
        return leaves.stream().filter(leaf -> leaf.low[feature] <= low && leaf.high[feature] >= high)
                .mapToDouble(leaf -> leaf.mean * leaf.area(feature)).sum();
    }

    private void grow(int[] sample, double[] low, double[] high) {
        Optional<Cut> cut = best(sample);
        if (cut.isEmpty()) {
            leaves.add(new Leaf(low, high, Arrays.stream(sample).mapToDouble(i -> values[i]).sum() / sample.length));
            return;
        }
        int feature = cut.get().feature();
        double at = cut.get().at();
        double[] middleHigh = high.clone();
        double[] middleLow = low.clone();
        middleHigh[feature] = at;
        middleLow[feature] = at;
        grow(Arrays.stream(sample).filter(i -> points[i][feature] <= at).toArray(), low, middleHigh);
        grow(Arrays.stream(sample).filter(i -> points[i][feature] > at).toArray(), middleLow, high);
    }

    private Optional<Cut> best(int[] sample) {
        if (sample.length < 2 * LEAST_LEAF) {
            return Optional.empty();
        }
        return Arrays.stream(features()).mapToObj(feature -> cut(sample, feature)).flatMap(Optional::stream)
                .min(Comparator.comparingDouble(Cut::error).thenComparing(Cut::feature));
    }

    private int[] features() {
        int all = points[0].length;
        int[] order = new int[all];
        for (int j = 0; j < all; j++) {
            int other = random.nextInt(j + 1);
            order[j] = order[other];
            order[other] = j;
        }
        return Arrays.copyOf(order, (int) StrictMath.ceil(FEATURES * all));
    }

    /** The cut of this feature with the least squared error left, up to a constant; empty if none lowers it. */
    private Optional<Cut> cut(int[] sample, int feature) {
        int[] sorted = Arrays.stream(sample).boxed().sorted(Comparator.comparingDouble(i -> points[i][feature])).mapToInt(i -> i).toArray();
        double total = Arrays.stream(sorted).mapToDouble(i -> values[i]).sum();
        int n = sorted.length;
        double bestGain = total * total / n;
        double at = Double.NaN;
        double left = 0;
        for (int k = 1; k <= n - LEAST_LEAF; k++) {
            left += values[sorted[k - 1]];
            double gain = left * left / k + (total - left) * (total - left) / (n - k);
            boolean between = points[sorted[k - 1]][feature] < points[sorted[k]][feature];
            if (k >= LEAST_LEAF && between && gain > bestGain + 1e-12 * StrictMath.abs(bestGain)) {
                bestGain = gain;
                at = (points[sorted[k - 1]][feature] + points[sorted[k]][feature]) / 2;
            }
        }
        return Double.isNaN(at) ? Optional.empty() : Optional.of(new Cut(feature, at, -bestGain));
    }
}
