package io.tunesmith.search.bayes;

import java.util.random.RandomGenerator;

/** The normal distribution, in StrictMath, so that the same numbers come out on every machine. */
final class Normal {
    static final double LOG_ROOT_TWO_PI = 0.5 * StrictMath.log(2 * StrictMath.PI);
    private static final double TAIL = 3;
    private static final int FRACTION_TERMS = 60;

    private Normal() {}

    /** The probability of (low, high) for a standard normal, without cancellation in the tails. */
    static double between(double low, double high) {
        return low > 0 ? below(-low) - below(-high) : below(high) - below(low);
    }

    /**
     * The probability below x: G. Marsaglia's series (Evaluating the Normal Distribution, 2004) near zero, Laplace's continued fraction
     * in the lower tail, both to about 1e-14 of the value.
     */
    static double below(double x) {
        if (x > 0) {
            return 1 - below(-x);
        }
        if (x < -TAIL) {
            return lowerTail(-x);
        }
        return 0.5 + density(x) * series(x);
    }

    static double density(double x) {
        return StrictMath.exp(-0.5 * x * x - LOG_ROOT_TWO_PI);
    }

    /** A standard normal number (Box and Muller 1958). */
    static double draw(RandomGenerator random) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
    }

    private static double series(double x) {
        double term = x;
        double sum = x;
        for (int k = 3; StrictMath.abs(term) > 1e-17 * StrictMath.abs(sum); k += 2) {
            term *= x * x / k;
            sum += term;
        }
        return sum;
    }

    private static double lowerTail(double x) {
        double fraction = x;
        for (int k = FRACTION_TERMS; k >= 1; k--) {
            fraction = x + k / fraction;
        }
        return density(x) / fraction;
    }
}
