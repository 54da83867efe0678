package io.tunesmith.search.bayes;

import io.tunesmith.search.Evidence;
import io.tunesmith.search.Evidence.Outcome;
import io.tunesmith.search.Proposal;
import io.tunesmith.search.Sampler;
import io.tunesmith.search.StudyContext;
import io.tunesmith.search.random.FreshPoint;
import io.tunesmith.search.random.QmcSampler;
import io.tunesmith.space.Assignment;
import io.tunesmith.space.SearchSpace;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Tree-structured Parzen estimator (Bergstra 2011) in its multivariate form with groups for conditional spaces (Watanabe 2023): trials are
 * split into good and bad, a density is fitted to each, and of some draws from the good density the one with the largest ratio of good to
 * bad is proposed, which is the one with the largest expected improvement.
 *
 * <p>The bad group holds besides completed trials also pruned and infeasible ones, which are thus avoided, and pending ones (a constant
 * liar: parallel trials keep away from each other). Failed trials say nothing and are left out. Until {@link TpeOptions#startup} trials
 * have ended, proposals are those of {@link QmcSampler}. Repeats are avoided as {@link FreshPoint} says. Thread-safe.
 *
 * <p>Departures: each group of parameters is split by the trials that had it active, so that a branch learns from its own best; groups
 * follow from the conditions and not from the trials seen.
 */
public final class TpeSampler implements Sampler {
    private final TpeOptions options;
    private final QmcSampler startup = new QmcSampler();

    public TpeSampler() {
        this(TpeOptions.DEFAULT);
    }

    public TpeSampler(TpeOptions options) {
        this.options = options;
    }

    @Override
    public String name() {
        return "tpe";
    }

    @Override
    public Proposal propose(StudyContext context, List<Evidence> evidence, int number) {
        int ended = (int) evidence.stream().filter(past -> past.outcome() != Outcome.PENDING && past.outcome() != Outcome.FAILED).count();
        if (ended < options.startup()) {
            return startup.propose(context, evidence, number);
        }
        SearchSpace space = context.space();
        RandomGenerator random = context.random().stream("tpe", number);
        TpeModel model = new TpeModel(space, evidence, options);
        Assignment drawn = FreshPoint.draw(space, evidence, ignored -> model.draw(random), random);
        return new Proposal(drawn, name(), "like the best " + options.good(ended) + " of " + ended + " trials and unlike the rest", Optional.empty());
    }
}
