package io.tunesmith.search.bayes;

/**
 * What can be turned at the tree-structured Parzen estimator, named as by S. Watanabe, Tree-Structured Parzen Estimator: Understanding Its
 * Algorithm Components, arXiv 2304.11127 (2023); the first form is J. Bergstra et al., Algorithms for Hyper-Parameter Optimization (2011).
 * The defaults are those sources' but for {@code startup} and {@code gamma}, which were chosen on seven tables of measured trials.
 *
 * @param startup trials that must have ended before the model is asked; those before come from scrambled Sobol points. Hyperopt has 20,
 *     Optuna 10
 * @param candidates draws from the good density of which the best is proposed, at least 1; Bergstra's 24
 * @param gamma share of the ended trials that count as good, in (0, 1); linear rule, Optuna 0.1, Watanabe 0.1 to 0.15
 * @param mostGood the good ones never exceed this; 25 in Bergstra's code and since
 * @param bandwidth width of a numeric kernel for one observation, as a share of the range; shrinks with n observations in d dimensions as
 *     n^(-1/(d+4)) (Scott's rule, as in Optuna's multivariate form, which has 0.2)
 * @param leastBandwidth no kernel is narrower, as a share of the range ("magic clipping"; Watanabe 0.03)
 * @param otherCategory probability that a categorical kernel gives to all other choices together, in (0, 1) (Aitchison and Aitken 1976;
 *     Watanabe 0.2), never more than a uniform draw would
 * @param priorWeight weight of the prior kernel in units of one observation, more than 0; Bergstra's 1
 */
public record TpeOptions(
        int startup,
        int candidates,
        double gamma,
        int mostGood,
        double bandwidth,
        double leastBandwidth,
        double otherCategory,
        double priorWeight) {

    public static final TpeOptions DEFAULT = new TpeOptions(8, 24, 0.12, 25, 0.2, 0.03, 0.2, 1.0);

    public TpeOptions {
        boolean counts = startup >= 0 && candidates >= 1 && mostGood >= 1;
        boolean shares = gamma > 0 && gamma < 1 && otherCategory > 0 && otherCategory < 1;
        boolean widths = bandwidth > 0 && leastBandwidth > 0 && leastBandwidth <= 1 && priorWeight > 0;
        if (!(counts && shares && widths)) {
            throw new IllegalArgumentException("options of tpe out of range: startup " + startup + ", candidates " + candidates + ", gamma " + gamma
                    + ", most good " + mostGood + ", bandwidth " + bandwidth + ", least bandwidth " + leastBandwidth + ", other category " + otherCategory
                    + ", prior weight " + priorWeight);
        }
    }

    /** How many of {@code ended} trials count as good: at least 1 if there are any. */
    int good(int ended) {
        return (int) Math.min(StrictMath.ceil(gamma * ended), mostGood);
    }

    /** The kernel width for this many observations in this many dimensions. */
    double width(int observations, int dimensions) {
        return StrictMath.max(bandwidth * StrictMath.pow(Math.max(observations, 1), -1.0 / (dimensions + 4)), leastBandwidth);
    }
}
