package io.tunesmith.search.blend;

import io.tunesmith.search.Sampler;
import io.tunesmith.search.bayes.TpeSampler;
import io.tunesmith.search.random.QmcSampler;
import io.tunesmith.search.random.RandomSampler;
import java.util.List;

/** The samplers by name, with their documented default options; each tries the study's priors first. */
public final class Samplers {
    private static final List<Sampler> ALL = List.of(new RandomSampler(), new QmcSampler(), new TpeSampler());

    private Samplers() {}

    public static List<String> names() {
        return ALL.stream().map(Sampler::name).toList();
    }

    /**
     * @throws io.tunesmith.core.FailureException with a {@link io.tunesmith.core.Failure.BadRequest} on field {@code sampler} if there is
     *     none of this name
     */
    public static Sampler named(String name) {
        return ALL.stream().filter(sampler -> sampler.name().equals(name)).findFirst().<Sampler>map(PriorsFirst::new)
                .orElseThrow(() -> new KnownNames("sampler", names()).refusal(name));
    }
}
