package io.tunesmith.search.random;

import io.tunesmith.search.Evidence;
import io.tunesmith.search.Proposal;
import io.tunesmith.search.Sampler;
import io.tunesmith.search.StudyContext;
import io.tunesmith.space.Assignment;
import io.tunesmith.space.UnitCube;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Uniform on each parameter's scale, independent of results; repeats are avoided as {@link FreshPoint} says. Thread-safe. */
public final class RandomSampler implements Sampler {
    @Override
    public String name() {
        return "random";
    }

    @Override
    public Proposal propose(StudyContext context, List<Evidence> evidence, int number) {
        UnitCube cube = new UnitCube(context.space());
        RandomGenerator random = context.random().stream("random", number);
        Assignment drawn = FreshPoint.draw(context.space(), evidence, ignored -> cube.decode(random.doubles(cube.dimensions()).toArray()), random);
        return new Proposal(drawn, name(), "a uniform draw, number " + number, Optional.empty());
    }
}
