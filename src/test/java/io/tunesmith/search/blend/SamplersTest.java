package io.tunesmith.search.blend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.RandomSource;
import io.tunesmith.search.Sampler;
import io.tunesmith.search.StudyContext;
import io.tunesmith.search.random.RandomSampler;
import io.tunesmith.space.Assignment;
import io.tunesmith.space.Condition;
import io.tunesmith.space.Parameter.Scale;
import io.tunesmith.space.Parameter.Whole;
import io.tunesmith.space.SearchSpace;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SamplersTest {
    private static final SearchSpace SPACE = new SearchSpace(List.of(new Whole("n", 1, 50, 1, Scale.LINEAR, 7L, Condition.ALWAYS)));

    private static Assignment n(long value) {
        return new Assignment(Map.of("n", value));
    }

    @Test
    void samplersAndPrunersAreFoundByName() {
        assertThat(Samplers.names()).containsExactly("random", "qmc", "tpe").allSatisfy(name -> assertThat(Samplers.named(name).name()).isEqualTo(name));
        assertThat(Stoppers.names()).containsExactly("none", "median").allSatisfy(name -> assertThat(Stoppers.named(name).name()).isEqualTo(name));
    }

    @Test
    void anUnknownNameIsRefusedWithTheListAndTheNearest() {
        assertThatThrownBy(() -> Samplers.named("tpee")).isInstanceOfSatisfying(FailureException.class, refusal ->
                assertThat(refusal.failure()).isInstanceOfSatisfying(Failure.BadRequest.class, bad -> {
                    assertThat(bad.field()).contains("sampler");
                    assertThat(bad.allowed()).contains("random, qmc, tpe");
                    assertThat(bad.hint()).contains("did you mean \"tpe\"?");
                }));
        assertThatThrownBy(() -> Stoppers.named("media")).hasMessageContaining("media");
    }

    @Test
    void priorsAreTriedFirstInOrderWithoutThoseThatTheSpaceRefuses() {
        StudyContext context = new StudyContext(SPACE, new RandomSource(1), List.of(n(3), n(99), n(3), new Assignment(Map.of()), n(4)));
        Sampler sampler = new PriorsFirst(new RandomSampler());
        assertThat(sampler.propose(context, List.of(), 0).assignment()).isEqualTo(n(3));
        assertThat(sampler.propose(context, List.of(), 1).assignment()).isEqualTo(n(7));
        assertThat(sampler.propose(context, List.of(), 1).why()).contains("default");
        assertThat(sampler.propose(context, List.of(), 2).assignment()).isEqualTo(n(4));
        assertThat(sampler.propose(context, List.of(), 3).sampler()).isEqualTo("random");
    }
}
