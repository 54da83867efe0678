package io.tunesmith.data.duckdb;

import io.tunesmith.core.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Deals rows to parts. Within each class rows are ranked by SHA-256 of the key and the row's number; the first go to the test part, the
 * rest to the folds in turn. So the shares are exact in every class to one row, and in the whole. Pure.
 */
final class Deal {
    static final int DROPPED = -3;
    static final int TEST = -2;
    /** In the train part but never validated. */
    static final int NEVER = -1;
    private static final double HELD_OUT = 0.2;

    private final String key;
    private final int[] labels;
    private final int[][] ranked;

    /** @param labels each row's class from 0, negative for rows that go to no part */
    Deal(String key, int[] labels, int classes) {
        this.key = key;
        this.labels = labels;
        this.ranked = ranked(classes);
    }

    /** @return each row's part: a fold from 0, or one of the constants */
    int[] parts(double testShare, int folds) {
        int[] parts = new int[labels.length];
        Arrays.fill(parts, DROPPED);
        int[] test = quotas(sizes(), testShare);
        for (int label = 0; label < ranked.length; label++) {
            mark(parts, label, 0, test[label], TEST);
        }
        if (folds == 1) {
            holdOut(parts, test);
        } else {
            takeTurns(parts, test, folds);
        }
        return parts;
    }

    private void holdOut(int[] parts, int[] test) {
        int[] rest = IntStream.range(0, ranked.length).map(label -> ranked[label].length - test[label]).toArray();
        int[] held = quotas(rest, HELD_OUT);
        for (int label = 0; label < ranked.length; label++) {
            mark(parts, label, test[label], test[label] + held[label], 0);
            mark(parts, label, test[label] + held[label], ranked[label].length, NEVER);
        }
    }

    private void takeTurns(int[] parts, int[] test, int folds) {
        int turn = 0;
        for (int label = 0; label < ranked.length; label++) {
            for (int rank = test[label]; rank < ranked[label].length; rank++) {
                parts[ranked[label][rank]] = turn++ % folds;
            }
        }
    }

    private void mark(int[] parts, int label, int from, int to, int part) {
        for (int rank = from; rank < to; rank++) {
            parts[ranked[label][rank]] = part;
        }
    }

    private int[] sizes() {
        return Arrays.stream(ranked).mapToInt(rows -> rows.length).toArray();
    }

    /** Shares by largest remainder, at least one in all; each class keeps at least one row back. */
    static int[] quotas(int[] sizes, double share) {
        int[] quotas = Arrays.stream(sizes).map(size -> Math.min((int) (size * share), Math.max(size - 1, 0))).toArray();
        long wanted = Math.max(1, Math.round(Arrays.stream(sizes).asLongStream().sum() * share));
        long given = Arrays.stream(quotas).asLongStream().sum();
        int[] byRemainder = IntStream.range(0, sizes.length).boxed().sorted(Comparator.comparingDouble(i -> -(sizes[i] * share % 1))).mapToInt(Integer::intValue).toArray();
        for (int label : byRemainder) {
            if (given < wanted && quotas[label] < sizes[label] - 1) {
                quotas[label]++;
                given++;
            }
        }
        return quotas;
    }

    private int[][] ranked(int classes) {
        long[] draws = draws();
        int[][] rows = grouped(classes);
        Comparator<Integer> byDraw = Comparator.<Integer>comparingLong(row -> draws[row]).thenComparing(row -> row);
        Arrays.setAll(rows, label -> Arrays.stream(rows[label]).boxed().sorted(byDraw).mapToInt(Integer::intValue).toArray());
        return rows;
    }

    private int[][] grouped(int classes) {
        int[] sizes = new int[classes];
        Arrays.stream(labels).filter(label -> label >= 0).forEach(label -> sizes[label]++);
        int[][] rows = new int[classes][];
        Arrays.setAll(rows, label -> new int[sizes[label]]);
        int[] next = new int[classes];
        for (int row = 0; row < labels.length; row++) {
            if (labels[row] >= 0) {
                rows[labels[row]][next[labels[row]]++] = row;
            }
        }
        return rows;
    }

    private long[] draws() {
        MessageDigest digest = Sha256.digest();
        byte[] salt = (key + "|").getBytes(StandardCharsets.UTF_8);
        long[] draws = new long[labels.length];
        for (int row = 0; row < draws.length; row++) {
            digest.update(salt);
            draws[row] = ByteBuffer.wrap(digest.digest(Integer.toString(row).getBytes(StandardCharsets.UTF_8))).getLong();
        }
        return draws;
    }
}
