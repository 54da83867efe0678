package io.tunesmith.search;

import io.tunesmith.core.RandomSource;
import io.tunesmith.space.Assignment;
import io.tunesmith.space.SearchSpace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Runs a sampler on a function, one trial after another. */
public final class Rehearsal {
    private Rehearsal() {}

    public static StudyContext context(SearchSpace space, long seed) {
        return new StudyContext(space, new RandomSource(seed), List.of());
    }

    public static Evidence complete(int number, Assignment assignment, double loss) {
        return new Evidence(number, assignment, Evidence.Outcome.COMPLETE, Optional.of(loss), Collections.emptySortedMap());
    }

    public static Evidence without(int number, Assignment assignment, Evidence.Outcome outcome) {
        return new Evidence(number, assignment, outcome, Optional.empty(), new TreeMap<>());
    }

    /** A loss that is not finite stands for infeasible. */
    public static List<Evidence> run(Sampler sampler, SearchSpace space, long seed, int trials, ToDoubleFunction<Assignment> loss) {
        List<Evidence> evidence = new ArrayList<>();
        for (int number = 0; number < trials; number++) {
            Assignment assignment = sampler.propose(context(space, seed), List.copyOf(evidence), number).assignment();
            double value = loss.applyAsDouble(assignment);
            evidence.add(Double.isFinite(value) ? complete(number, assignment, value) : without(number, assignment, Evidence.Outcome.INFEASIBLE));
        }
        return evidence;
    }

    public static double best(List<Evidence> evidence) {
        return evidence.stream().flatMap(each -> each.loss().stream()).min(Double::compare).orElse(Double.POSITIVE_INFINITY);
    }
}
