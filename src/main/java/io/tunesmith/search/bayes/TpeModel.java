package io.tunesmith.search.bayes;

import io.tunesmith.search.Evidence;
import io.tunesmith.search.Evidence.Outcome;
import io.tunesmith.search.bayes.ParameterGroups.Group;
import io.tunesmith.space.Assignment;
import io.tunesmith.space.SearchSpace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The good and the bad density of each group, fitted when first needed; draws one configuration at a time. Not thread-safe. */
final class TpeModel {
    private final SearchSpace space;
    private final List<Evidence> evidence;
    private final TpeOptions options;
    private final Map<Group, Densities> fitted = new HashMap<>();

    private record Densities(ParzenEstimator good, ParzenEstimator bad) {
        double logRatio(List<Object> point) {
            return good.logDensity(point) - bad.logDensity(point);
        }
    }

    TpeModel(SearchSpace space, List<Evidence> evidence, TpeOptions options) {
        this.space = space;
        this.evidence = evidence.stream().filter(past -> past.outcome() != Outcome.FAILED).toList();
        this.options = options;
    }

    /** Draws group by group, parents first: the best of the candidates in each group that is active. */
    Assignment draw(RandomGenerator random) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Group group : ParameterGroups.of(space).groups()) {
            if (group.activeWhen().holds(space.complete(new Assignment(values)))) {
                List<Object> point = best(fitted.computeIfAbsent(group, this::fit), random);
                for (int i = 0; i < point.size(); i++) {
                    values.put(group.axes().get(i).parameter().name(), point.get(i));
                }
            }
        }
        return space.complete(new Assignment(values));
    }

    private List<Object> best(Densities densities, RandomGenerator random) {
        List<Object> best = densities.good().draw(random);
        double highest = densities.logRatio(best);
        for (int candidate = 1; candidate < options.candidates(); candidate++) {
            List<Object> point = densities.good().draw(random);
            double ratio = densities.logRatio(point);
            if (ratio > highest) {
                highest = ratio;
                best = point;
            }
        }
        return best;
    }

    private Densities fit(Group group) {
        List<Evidence> relevant = evidence.stream().filter(past -> has(group, past.assignment())).toList();
        int ended = (int) relevant.stream().filter(past -> past.outcome() != Outcome.PENDING).count();
        List<Evidence> good = relevant.stream().filter(past -> past.outcome() == Outcome.COMPLETE)
                .sorted(Comparator.<Evidence>comparingDouble(past -> past.loss().orElseThrow()).thenComparing(Evidence::number))
                .limit(options.good(ended)).toList();
        Set<Integer> numbers = new HashSet<>(good.stream().map(Evidence::number).toList());
        List<Evidence> bad = relevant.stream().filter(past -> !numbers.contains(past.number())).toList();
        return new Densities(estimate(group, good), estimate(group, bad));
    }

    private ParzenEstimator estimate(Group group, List<Evidence> trials) {
        List<List<Object>> points = new ArrayList<>();
        trials.forEach(trial -> points.add(group.axes().stream().map(axis -> trial.assignment().values().get(axis.parameter().name())).toList()));
        return new ParzenEstimator(group.axes(), points, options);
    }

    private static boolean has(Group group, Assignment assignment) {
        return group.axes().stream().allMatch(axis -> assignment.has(axis.parameter().name())
                && axis.parameter().accepts(assignment.values().get(axis.parameter().name())));
    }
}
