package io.tunesmith.model;

import io.tunesmith.core.Metric;
import io.tunesmith.core.RandomSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Weights for an average of models, by greedy forward selection with replacement on out-of-fold predictions: Caruana, Niculescu-Mizil, Crew
 * and Ksikes, "Ensemble Selection from Libraries of Models", ICML 2004, sections 2.1 (replacement), 2.2 (sorted initialisation) and 2.3
 * (bagging). Departure: of all sizes passed on the way, the best-scoring one is kept, the smaller of equals. Pure.
 *
 * @param rounds models added after the initial ones, at least 0
 * @param initial the best single models taken at the start, at least 1
 * @param bags selections on random halves of the library that are averaged; 0 for one selection on the whole
 */
public record Ensemble(int rounds, int initial, int bags) {
    /** 30 rounds from the best single model, no bagging: right for libraries of up to some tens of models. */
    public static final Ensemble STANDARD = new Ensemble(30, 1, 0);

    public Ensemble {
        if (rounds < 0 || initial < 1 || bags < 0) {
            throw new IllegalArgumentException("ensemble selection of " + rounds + " rounds, " + initial + " initial models, " + bags + " bags");
        }
    }

    /** The weights, one a model, summing to 1; models whose score is undefined or not finite get 0. At least one must have a score. */
    public double[] weights(List<Predictions> library, Truth truth, Metric metric, RandomSource random) {
        if (library.isEmpty()) {
            throw new IllegalArgumentException("an ensemble of no models");
        }
        List<Integer> all = IntStream.range(0, library.size()).boxed().toList();
        if (bags == 0) {
            return select(all, library, truth, metric);
        }
        double[] sum = new double[library.size()];
        for (int bag = 0; bag < bags; bag++) {
            double[] weights = select(half(all, random.stream("ensemble", bag)), library, truth, metric);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += weights[i] / bags;
            }
        }
        return sum;
    }

    private static List<Integer> half(List<Integer> all, RandomGenerator generator) {
        List<Integer> pool = new ArrayList<>(all);
        List<Integer> taken = new ArrayList<>();
        for (int i = 0; i < (all.size() + 1) / 2; i++) {
            taken.add(pool.remove(generator.nextInt(pool.size())));
        }
        return taken.stream().sorted().toList();
    }

    private double[] select(List<Integer> pool, List<Predictions> library, Truth truth, Metric metric) {
        List<Integer> sorted = pool.stream().filter(i -> Double.isFinite(loss(metric, truth, library.get(i))))
                .sorted(Comparator.comparingDouble(i -> loss(metric, truth, library.get(i)))).toList();
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("no model of the library has a finite score");
        }
        List<Integer> bag = new ArrayList<>(sorted.subList(0, Math.min(initial, sorted.size())));
        double[] sum = new double[library.getFirst().values().length];
        bag.forEach(i -> add(sum, library.get(i)));
        double best = averageLoss(metric, truth, sum, bag.size(), library.getFirst());
        int kept = bag.size();
        for (int round = 0; round < rounds; round++) {
            Choice choice = next(sorted, library, truth, metric, sum, bag.size());
            bag.add(choice.model());
            add(sum, library.get(choice.model()));
            if (choice.loss() < best - 1e-12) {
                best = choice.loss();
                kept = bag.size();
            }
        }
        return shares(bag.subList(0, kept), library.size());
    }

    private record Choice(int model, double loss) {}

    private static Choice next(List<Integer> pool, List<Predictions> library, Truth truth, Metric metric, double[] sum, int size) {
        Choice best = new Choice(pool.getFirst(), Double.POSITIVE_INFINITY);
        for (int model : pool) {
            double[] trial = sum.clone();
            add(trial, library.get(model));
            double loss = averageLoss(metric, truth, trial, size + 1, library.getFirst());
            if (loss < best.loss()) {
                best = new Choice(model, loss);
            }
        }
        return best;
    }

    private static void add(double[] sum, Predictions predictions) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += predictions.values()[i];
        }
    }

    private static double averageLoss(Metric metric, Truth truth, double[] sum, int size, Predictions shape) {
        double[] average = new double[sum.length];
        for (int i = 0; i < sum.length; i++) {
            average[i] = sum[i] / size;
        }
        return loss(metric, truth, new Predictions(average, shape.rows(), shape.width()));
    }

    private static double loss(Metric metric, Truth truth, Predictions predictions) {
        OptionalDouble score = Scores.score(metric, truth, predictions);
        return score.isPresent() && Double.isFinite(score.getAsDouble()) ? metric.direction().loss(score.getAsDouble()) : Double.POSITIVE_INFINITY;
    }

    private static double[] shares(List<Integer> bag, int size) {
        double[] weights = new double[size];
        bag.forEach(i -> weights[i] += 1.0 / bag.size());
        return weights;
    }
}
