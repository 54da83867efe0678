package io.tunesmith.batch;

import java.util.Optional;

/**
 * What a line may spend, or has spent.
 *
 * @param seconds in which its run is worked on
 * @param trials absent: not counted
 */
public record Spend(double seconds, Optional<Long> trials) {
    public static final Spend NONE = new Spend(0, Optional.empty());

    long count() {
        return trials.orElse(0L);
    }
}
