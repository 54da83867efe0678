package io.tunesmith.search;

import io.tunesmith.space.Assignment;
import java.util.Optional;

/**
 * A configuration to try and why.
 *
 * @param sampler the sampler (or prior) that made it
 * @param why one sentence for people
 */
public record Proposal(Assignment assignment, String sampler, String why, Optional<Prediction> prediction) {

    /** What the sampler expects: mean and standard deviation of the loss. */
    public record Prediction(double mean, double sd) {}
}
