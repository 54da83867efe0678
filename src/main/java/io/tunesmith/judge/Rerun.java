package io.tunesmith.judge;

import java.util.List;

/**
 * A contender on fresh seeds, each with folds dealt anew.
 *
 * @param scores one for each seed, in the order of the seeds, the same order for all contenders: they are compared pair by pair
 */
public record Rerun(Contender contender, List<Double> scores) {
    public Rerun {
        scores = List.copyOf(scores);
    }
}
