package io.tunesmith.task;

import io.tunesmith.core.Metric;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Fields that the caller states outright ({@code --target}, {@code --metric}, …) or settled by answering a question; they win over the words of the request.
 *
 * @param answered which of {@link Settling#FIELDS} come from an answer
 */
public record Overrides(Optional<String> target, Optional<Metric> metric, Optional<Long> trials, Optional<Double> seconds, Optional<Long> seed, Set<String> answered) {
    public static final Overrides NONE = new Overrides(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public Overrides {
        // Rows of earlier versions do not say.
        answered = answered == null ? Set.of() : Set.copyOf(answered);
    }

    /** All of them stated, none answered. */
    public Overrides(Optional<String> target, Optional<Metric> metric, Optional<Long> trials, Optional<Double> seconds, Optional<Long> seed) {
        this(target, metric, trials, seconds, seed, Set.of());
    }

    /** These; what they leave out is as it was before, and comes from where it came. */
    public Overrides or(Overrides before) {
        Set<String> kept = before.answered.stream().filter(field -> !says(field)).collect(Collectors.toSet());
        kept.addAll(answered);
        return new Overrides(target.or(before::target), metric.or(before::metric), trials.or(before::trials), seconds.or(before::seconds), seed.or(before::seed), kept);
    }

    private boolean says(String field) {
        return switch (field) {
            case Settling.TARGET -> target.isPresent();
            case Settling.METRIC -> metric.isPresent();
            case Settling.TRIALS -> trials.isPresent();
            case Settling.SECONDS -> seconds.isPresent();
            case Settling.SEED -> seed.isPresent();
            default -> false;
        };
    }

    /** Where a field comes from, for people: the option that states it, or the answer. */
    String source(String field, String option) {
        return answered.contains(field) ? "the answer to a question" : option;
    }
}
