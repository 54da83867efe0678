package io.tunesmith.search.blend;

import io.tunesmith.search.Evidence;
import io.tunesmith.search.Proposal;
import io.tunesmith.search.Sampler;
import io.tunesmith.search.StudyContext;
import io.tunesmith.space.Assignment;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Tries the study's priors before it asks another sampler: its n-th trial gets the n-th prior. Priors are completed with defaults and pruned
 * first; those that the space still refuses, and repeats, are left out. Thread-safe if the other sampler is.
 */
public record PriorsFirst(Sampler then) implements Sampler {
    @Override
    public String name() {
        return then.name();
    }

    @Override
    public Proposal propose(StudyContext context, List<Evidence> evidence, int number) {
        List<Assignment> priors = usable(context);
        int place = number - context.first();
        if (place >= priors.size()) {
            return then.propose(context, evidence, number);
        }
        Assignment prior = priors.get(place);
        String said = "a configuration to try first, number " + (place + 1) + " of " + priors.size();
        String why = prior.equals(context.space().defaults()) ? "the default configuration" : said;
        return new Proposal(prior, "prior", why, Optional.empty());
    }

    private static List<Assignment> usable(StudyContext context) {
        LinkedHashSet<Assignment> usable = new LinkedHashSet<>();
        context.priors().stream().map(context.space()::complete).filter(context.space()::accepts).forEach(usable::add);
        return List.copyOf(usable);
    }
}
