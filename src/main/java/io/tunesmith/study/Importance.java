package io.tunesmith.study;

import io.tunesmith.core.RandomSource;
import io.tunesmith.space.UnitCube;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Which hyperparameters mattered: the share of each in the variance that they explain one by one, over a random forest fitted to the
 * succeeded trials (functional ANOVA, Hutter, Hoos and Leyton-Brown 2014). Departures: main effects only, so that shares sum to 1 and what
 * two parameters do only together shows in neither; a parameter that was inactive counts at its default. Few trials give rough shares.
 */
public final class Importance {
    /** With fewer succeeded trials there is nothing to say. */
    public static final int LEAST_TRIALS = 8;
    private static final int TREES = 48;

    private Importance() {}

    /**
     * @return parameter → share in [0, 1], the largest first, of all that are not constant; empty with fewer than {@value #LEAST_TRIALS}
     *     succeeded trials, or if no parameter explains anything
     */
    public static Map<String, Double> of(StudyState state) {
        List<Trial> succeeded = state.trials().stream().filter(trial -> trial.score().isPresent()).toList();
        UnitCube cube = new UnitCube(state.spec().space());
        if (succeeded.size() < LEAST_TRIALS || cube.dimensions() == 0) {
            return Map.of();
        }
        double[][] points = succeeded.stream().map(trial -> cube.encode(trial.proposal().assignment())).toArray(double[][]::new);
        double[] scores = standardised(succeeded.stream().mapToDouble(trial -> trial.score().orElseThrow()).toArray());
        return shares(cube, variances(points, scores, new RandomSource(state.spec().seed())));
    }

    private static double[] variances(double[][] points, double[] scores, RandomSource source) {
        double[] variances = new double[points[0].length];
        for (int number = 0; number < TREES; number++) {
            RandomGenerator random = source.stream("importance", number);
            RegressionTree tree = RegressionTree.fit(points, scores, random);
            for (int j = 0; j < variances.length; j++) {
                variances[j] += tree.marginalVariance(j);
            }
        }
        return variances;
    }

    /** Shares do not depend on the scale of the scores; sums of squares of very large ones would overflow. */
    private static double[] standardised(double[] scores) {
        double low = Arrays.stream(scores).min().orElseThrow();
        double high = Arrays.stream(scores).max().orElseThrow();
        double half = high / 2 - low / 2;
        return Arrays.stream(scores).map(score -> half > 0 ? (score / 2 - low / 2) / half : 0).toArray();
    }

    private static Map<String, Double> shares(UnitCube cube, double[] variances) {
        double total = Arrays.stream(variances).sum();
        if (!(total > 0)) {
            return Map.of();
        }
        Map<String, Double> shares = new LinkedHashMap<>();
        IntStream.range(0, variances.length).boxed().sorted(Comparator.comparingDouble(j -> -variances[j]))
                .forEach(j -> shares.put(cube.axes().get(j).parameter().name(), variances[j] / total));
        return Collections.unmodifiableMap(shares);
    }
}
