package io.tunesmith.bench.simulation;

import java.util.Map;
import java.util.Optional;

/**
 * What a seed showed.
 *
 * @param hash of its history: the same seed gives the same
 * @param events steps of the simulation
 * @param struck how often each fault came
 * @param violation the broken promise; empty if all were kept
 */
public record Verdict(long seed, long hash, long events, long lines, Map<Fault, Integer> struck, Optional<String> violation) {
    public Verdict {
        struck = Map.copyOf(struck);
    }

    /** How to see it again. */
    public String replay() {
        return "tunesmith bench simulate --seed " + seed;
    }
}
