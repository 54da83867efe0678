package io.tunesmith.search.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SobolTest {
    /** Joe and Kuo's own list for three dimensions, from their page on Sobol sequences. */
    @Test
    void plainPointsAreThoseOfJoeAndKuo() {
        double[][] known = {{0, 0, 0}, {.5, .5, .5}, {.75, .25, .25}, {.25, .75, .75}, {.375, .375, .625}, {.875, .875, .125},
            {.625, .125, .875}, {.125, .625, .375}, {.1875, .3125, .9375}, {.6875, .8125, .4375}};
        for (int index = 0; index < known.length; index++) {
            assertThat(Sobol.plain(index, 3)).containsExactly(known[index]);
        }
    }

    @Property(tries = 100)
    void eachCoordinateOfTheFirstPointsHasOnePointInEachInterval(@ForAll long seed, @ForAll @IntRange(min = 0, max = 63) int dimension, @ForAll @IntRange(min = 1, max = 8) int power) {
        Set<Integer> hit = new HashSet<>();
        for (int index = 0; index < 1 << power; index++) {
            hit.add((int) (Sobol.scrambled(index, Sobol.DIMENSIONS, seed)[dimension] * (1 << power)));
        }
        assertThat(hit).hasSize(1 << power);
    }

    /** The first two dimensions form a (0, m, 2)-net: every elementary box of area 2^-m holds one of the first 2^m points, scrambled or not. */
    @Property(tries = 100)
    void elementaryBoxesOfTheFirstTwoDimensionsHoldOnePointEach(@ForAll long seed, @ForAll @IntRange(min = 0, max = 8) int columns) {
        Set<Integer> hit = new HashSet<>();
        for (int index = 0; index < 256; index++) {
            double[] point = Sobol.scrambled(index, 2, seed);
            hit.add(((int) (point[0] * (1 << columns)) << 8) + (int) (point[1] * (1 << (8 - columns))));
        }
        assertThat(hit).hasSize(256);
    }

    @Test
    void theDiscrepancyIsFarBelowThatOfRandomDraws() {
        double[][] sobol = new double[128][];
        double[][] random = new double[128][];
        SplittableRandom draws = new SplittableRandom(1);
        for (int i = 0; i < sobol.length; i++) {
            sobol[i] = Sobol.scrambled(i, 6, 7);
            random[i] = draws.doubles(6).toArray();
        }
        assertThat(centredDiscrepancy(sobol)).isLessThan(0.5 * centredDiscrepancy(random));
    }

    @Test
    void anotherSeedGivesOtherPointsAndTheMeanOverSeedsIsOneHalf() {
        double sum = 0;
        for (long seed = 0; seed < 2000; seed++) {
            sum += Sobol.scrambled(5, 70, seed)[69] + Sobol.scrambled(5, 70, seed)[3];
        }
        assertThat(sum / 4000).isBetween(0.48, 0.52);
        assertThat(Sobol.scrambled(5, 3, 1)).isNotEqualTo(Sobol.scrambled(5, 3, 2));
    }

    /** Hickernell 1998, the squared centred L2 discrepancy. */
    private static double centredDiscrepancy(double[][] points) {
        int n = points.length;
        double single = 0;
        double pairs = 0;
        for (double[] x : points) {
            double product = 1;
            for (double c : x) {
                product *= 1 + 0.5 * Math.abs(c - 0.5) - 0.5 * (c - 0.5) * (c - 0.5);
            }
            single += product;
            for (double[] y : points) {
                double both = 1;
                for (int k = 0; k < x.length; k++) {
                    both *= 1 + 0.5 * Math.abs(x[k] - 0.5) + 0.5 * Math.abs(y[k] - 0.5) - 0.5 * Math.abs(x[k] - y[k]);
                }
                pairs += both;
            }
        }
        return Math.pow(13.0 / 12, points[0].length) - 2 * single / n + pairs / ((double) n * n);
    }
}
