package io.tunesmith.search.stop;

import io.tunesmith.search.Evidence;
import io.tunesmith.search.Stopper;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;

/**
 * The median rule: a trial stops if the best loss that it has reported up to a step is worse than the median, over completed trials, of
 * the best loss that each had reported up to that step (Golovin et al., Google Vizier, 2017, section 3.2.2). Where we depart: Vizier takes
 * the running mean of the others, Optuna's MedianPruner their value at the step; here both sides are a best-so-far, so that a noisy curve
 * is compared like with like. Equal is not worse. Thread-safe.
 *
 * @param minimumTrials how many completed trials with a report up to the step there must be, at least 1; Optuna's and our default is 5
 * @param warmUpSteps nothing stops at a step below this, at least 0; our default is 20 (Optuna's is 0): a
 *     boosted model with a small learning rate is behind at first, whatever it comes to
 */
public record MedianStopper(int minimumTrials, long warmUpSteps) implements Stopper {
    public MedianStopper {
        if (minimumTrials < 1 || warmUpSteps < 0) {
            throw new IllegalArgumentException("minimum trials " + minimumTrials + " must be at least 1, warm-up steps " + warmUpSteps + " at least 0");
        }
    }

    public MedianStopper() {
        this(5, 20);
    }

    @Override
    public String name() {
        return "median";
    }

    @Override
    public Optional<String> stop(List<Evidence> others, Evidence running, long step) {
        OptionalDouble own = best(running.curve(), step);
        double[] theirs = others.stream()
                .filter(other -> other.number() != running.number() && other.outcome() == Evidence.Outcome.COMPLETE)
                .map(other -> best(other.curve(), step))
                .flatMapToDouble(OptionalDouble::stream).sorted().toArray();
        if (step < warmUpSteps || own.isEmpty() || theirs.length < minimumTrials) {
            return Optional.empty();
        }
        double median = median(theirs);
        return own.getAsDouble() > median ? Optional.of(why(step, own.getAsDouble(), median, theirs.length)) : Optional.empty();
    }

    private static String why(long step, double own, double median, int trials) {
        return String.format(Locale.ROOT, "at step %d it is %.4g behind the median of %d finished trials", step, own - median, trials);
    }

    private static OptionalDouble best(SortedMap<Long, Double> curve, long step) {
        SortedMap<Long, Double> upTo = step == Long.MAX_VALUE ? curve : curve.headMap(step + 1);
        return upTo.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Collections.min(upTo.values()));
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
