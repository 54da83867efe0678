package io.tunesmith.search.random;

/**
 * Points of a Sobol sequence, plain or scrambled, by their index. Plain points come in the Gray code order of Antonov and Saleev 1979.
 * Scrambling is Owen's nested uniform scrambling (A. B. Owen, Randomly permuted (t,m,s)-nets and (t,s)-sequences, 1995): each bit is
 * flipped by a random bit that belongs to the bits above it; the random bits are hashes of seed, dimension and those bits, so nothing is
 * stored. A scrambled point is uniform on the cube, and the first 2^m points keep the stratification of the net.
 *
 * <p>Beyond {@link #DIMENSIONS} dimensions the coordinates are plain hashes of seed, dimension and index: independent and uniform.
 */
final class Sobol {
    static final int DIMENSIONS = DirectionNumbers.DIMENSIONS;
    private static final double UNIT = 1.0 / (1L << 32);
    private static final double FINE = 1.0 / (1L << 53);

    private Sobol() {}

    /** The plain point, each coordinate a multiple of 2^-32 in [0, 1). */
    static double[] plain(long index, int dimensions) {
        double[] point = new double[dimensions];
        for (int dimension = 0; dimension < dimensions; dimension++) {
            point[dimension] = Integer.toUnsignedLong(bits(index, dimension)) * UNIT;
        }
        return point;
    }

    /** The scrambled point, each coordinate in [0, 1). */
    static double[] scrambled(long index, int dimensions, long seed) {
        double[] point = new double[dimensions];
        for (int dimension = 0; dimension < dimensions; dimension++) {
            long key = mix(seed + mix(dimension));
            long below = mix(key ^ mix(index + 1)) >>> 11;
            point[dimension] = dimension < DIMENSIONS
                    ? (Integer.toUnsignedLong(scramble(bits(index, dimension), key)) + below * FINE) * UNIT
                    : below * FINE;
        }
        return point;
    }

    private static int bits(long index, int dimension) {
        int[] directions = DirectionNumbers.of(dimension);
        int gray = (int) (index ^ (index >>> 1));
        int bits = 0;
        for (int bit = 0; gray != 0; bit++, gray >>>= 1) {
            if ((gray & 1) == 1) {
                bits ^= directions[bit];
            }
        }
        return bits;
    }

    private static int scramble(int bits, long key) {
        int scrambled = 0;
        for (int bit = 0; bit < DirectionNumbers.BITS; bit++) {
            long above = bit == 0 ? 0 : Integer.toUnsignedLong(bits >>> (DirectionNumbers.BITS - bit));
            long flip = mix(key ^ mix(((long) bit << 32) | above)) & 1;
            scrambled = scrambled << 1 | ((bits >>> (DirectionNumbers.BITS - 1 - bit) & 1) ^ (int) flip);
        }
        return scrambled;
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood 2014). */
    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
