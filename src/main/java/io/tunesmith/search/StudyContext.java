package io.tunesmith.search;

import io.tunesmith.core.RandomSource;
import io.tunesmith.space.Assignment;
import io.tunesmith.space.SearchSpace;
import java.util.List;

/**
 * What stays the same through a study. Losses are always minimised: the study turns scores around.
 *
 * @param random streams are named by trial number, so a proposal depends only on seed and evidence
 * @param priors configurations to try first, in order (the default, then those that did well on similar tasks)
 * @param first the number of the study's first trial: evidence of an earlier study that it goes on from has the numbers below
 */
public record StudyContext(SearchSpace space, RandomSource random, List<Assignment> priors, int first) {
    public StudyContext {
        priors = List.copyOf(priors);
    }

    /** Of a study that begins with nothing known. */
    public StudyContext(SearchSpace space, RandomSource random, List<Assignment> priors) {
        this(space, random, priors, 0);
    }
}
