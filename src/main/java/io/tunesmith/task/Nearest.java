package io.tunesmith.task;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds what was probably meant by a misspelt name. Pure. */
public final class Nearest {
    private Nearest() {}

    /**
     * The name that needs the fewest letters inserted, dropped, changed or swapped with their neighbour; case, blanks, underscores and hyphens
     * do not count. Empty if even the nearest needs more than a third of the letters (at least one is allowed). Of equals, the first.
     */
    public static Optional<String> to(String word, List<String> names) {
        String wanted = letters(word);
        return names.stream().filter(name -> distance(wanted, letters(name)) <= allowed(wanted, letters(name)))
                .min(Comparator.comparingInt(name -> distance(wanted, letters(name))));
    }

    private static int allowed(String wanted, String name) {
        return Math.max(1, Math.min(wanted.length(), name.length()) / 3);
    }

    static String letters(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[\\s_.-]+", "");
    }

    /** Optimal string alignment distance. */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 ? j : j == 0 ? i : step(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int step(int[][] cost, String a, String b, int i, int j) {
        int change = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
