package io.tunesmith.model;

import java.util.Arrays;
import java.util.OptionalDouble;

/** Scores of a ranking of rows by a number, against which rows are positive. Ties are handled as scikit-learn does. */
final class Ranking {
    private final double[] positives;
    private final double[] negatives;

    private Ranking(double[] scores, boolean[] positive) {
        double[] chosen = new double[scores.length];
        int count = 0;
        int rest = scores.length;
        for (int i = 0; i < scores.length; i++) {
            chosen[positive[i] ? count++ : --rest] = scores[i] + 0.0;
        }
        this.positives = Arrays.copyOf(chosen, count);
        this.negatives = Arrays.copyOfRange(chosen, count, scores.length);
        Arrays.sort(positives);
        Arrays.sort(negatives);
    }

    /** Area under the ROC curve: the share of pairs in order, equal ones counting half; empty unless both kinds of rows are there. */
    static OptionalDouble area(double[] scores, boolean[] positive) {
        Ranking ranking = new Ranking(scores, positive);
        return ranking.positives.length == 0 || ranking.negatives.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(ranking.area());
    }

    private double area() {
        double inOrder = 0;
        int below = 0;
        int notAbove = 0;
        for (double score : positives) {
            while (below < negatives.length && negatives[below] < score) {
                below++;
            }
            while (notAbove < negatives.length && negatives[notAbove] <= score) {
                notAbove++;
            }
            inOrder += (below + notAbove) / 2.0;
        }
        return inOrder / ((double) positives.length * negatives.length);
    }

    /** Average precision: Σ (Rₙ − Rₙ₋₁) Pₙ over the thresholds from high to low; empty without a positive row. */
    static OptionalDouble averagePrecision(double[] scores, boolean[] positive) {
        Ranking ranking = new Ranking(scores, positive);
        return ranking.positives.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(ranking.averagePrecision());
    }

    private double averagePrecision() {
        double sum = 0;
        int hit = positives.length;
        int missed = negatives.length;
        while (hit > 0) {
            double threshold = positives[hit - 1];
            int before = hit;
            while (hit > 0 && positives[hit - 1] >= threshold) {
                hit--;
            }
            while (missed > 0 && negatives[missed - 1] >= threshold) {
                missed--;
            }
            double hits = positives.length - hit;
            sum += (before - hit) / (double) positives.length * hits / (hits + negatives.length - missed);
        }
        return sum;
    }
}
