package io.tunesmith.search.random;

import io.tunesmith.search.Evidence;
import io.tunesmith.space.Assignment;
import io.tunesmith.space.SearchSpace;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/**
 * Draws until a configuration is new. Where {@value #DRAWS} draws are all repeats, a space of at most {@value #LISTED} configurations is
 * listed and one that is left is taken at random; if none is left, or the space is larger, the first draw is repeated.
 */
public final class FreshPoint {
    private static final int DRAWS = 24;
    private static final int LISTED = 20_000;

    private FreshPoint() {}

    /**
     * @param evidence what was proposed before, pending trials included
     * @param draws the k-th draw, from 0
     * @param random chooses among what is left
     */
    public static Assignment draw(SearchSpace space, List<Evidence> evidence, IntFunction<Assignment> draws, RandomGenerator random) {
        Set<Assignment> seen = new HashSet<>();
        evidence.forEach(past -> seen.add(past.assignment()));
        Assignment first = draws.apply(0);
        Assignment drawn = first;
        for (int draw = 1; seen.contains(drawn) && draw < DRAWS; draw++) {
            drawn = draws.apply(draw);
        }
        return seen.contains(drawn) ? unseen(space, seen, first, random) : drawn;
    }

    private static Assignment unseen(SearchSpace space, Set<Assignment> seen, Assignment otherwise, RandomGenerator random) {
        List<Assignment> left = space.enumerate(LISTED).orElse(List.of()).stream().filter(each -> !seen.contains(each)).toList();
        return left.isEmpty() ? otherwise : left.get(random.nextInt(left.size()));
    }
}
