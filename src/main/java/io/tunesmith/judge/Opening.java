package io.tunesmith.judge;

import java.time.Instant;
import java.util.List;

/**
 * The one opening of a run's sealed test.
 *
 * @param data digest of the data
 * @param rule name of the split rule
 * @param number how many times the sealed part of this data and rule has been opened, over all runs, this one included
 * @param frozen the list fixed before the opening: the final model and the model of the default configuration, by digest
 */
public record Opening(String data, String rule, int number, Instant at, List<Frozen> frozen) {
    public Opening {
        frozen = List.copyOf(frozen);
    }

    /** @param sha256 digest of the model folder's manifest */
    public record Frozen(String role, String sha256) {}
}
