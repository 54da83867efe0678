package io.tunesmith.search.random;

import static io.tunesmith.search.Rehearsal.context;
import static io.tunesmith.search.Rehearsal.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.search.Evidence;
import io.tunesmith.search.Sampler;
import io.tunesmith.space.Condition;
import io.tunesmith.space.Parameter.Categorical;
import io.tunesmith.space.Parameter.Ordinal;
import io.tunesmith.space.SearchSpace;
import io.tunesmith.space.SpaceArbitraries;
import java.util.HashSet;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SamplersWithoutModelTest {
    private static final List<Sampler> SAMPLERS = List.of(new RandomSampler(), new QmcSampler());
    private static final SearchSpace SMALL = new SearchSpace(List.of(
            new Categorical("a", List.of("x", "y", "z"), "x", Condition.ALWAYS),
            new Ordinal("b", List.of(1L, 2L, 4L, 8L), 1L, new Condition.OneOf("a", List.of("x", "y")))));

    @Provide
    Arbitrary<SearchSpace> spaces() {
        return SpaceArbitraries.spaces();
    }

    @Property(tries = 200)
    void everyProposalIsAccepted(@ForAll("spaces") SearchSpace space, @ForAll long seed) {
        for (Sampler sampler : SAMPLERS) {
            run(sampler, space, seed, 5, at -> 0).forEach(past -> assertThat(space.check(past.assignment())).isEmpty());
        }
    }

    @Property(tries = 50)
    void theSameSeedAndNumberGiveTheSameProposal(@ForAll("spaces") SearchSpace space, @ForAll long seed) {
        for (Sampler sampler : SAMPLERS) {
            assertThat(sampler.propose(context(space, seed), List.of(), 3)).isEqualTo(sampler.propose(context(space, seed), List.of(), 3));
        }
    }

    @Test
    void aFiniteSpaceIsTriedWithoutRepeatsAndThenRepeats() {
        for (Sampler sampler : SAMPLERS) {
            List<Evidence> evidence = run(sampler, SMALL, 3, 12, at -> 0);
            assertThat(new HashSet<>(evidence.subList(0, 9).stream().map(Evidence::assignment).toList())).hasSize(9);
            assertThat(evidence).allSatisfy(past -> assertThat(SMALL.accepts(past.assignment())).isTrue());
        }
    }
}
