package io.tunesmith.task;

import io.tunesmith.core.Metric;
import java.util.Optional;

/** Fields that the caller states outright ({@code --target}, {@code --metric}, …); they win over the words of the request. */
public record Overrides(Optional<String> target, Optional<Metric> metric, Optional<Long> trials, Optional<Double> seconds, Optional<Long> seed) {
    public static final Overrides NONE = new Overrides(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
