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
 */
public record StudyContext(SearchSpace space, RandomSource random, List<Assignment> priors) {
    public StudyContext {
        priors = List.copyOf(priors);
    }
}
