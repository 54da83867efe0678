package io.tunesmith.search.random;

import io.tunesmith.search.Evidence;
import io.tunesmith.search.Proposal;
import io.tunesmith.search.Sampler;
import io.tunesmith.search.StudyContext;
import io.tunesmith.space.Assignment;
import io.tunesmith.space.UnitCube;
import java.util.List;
import java.util.Optional;

/**
 * Scrambled Sobol points on the unit cube of the space: trial n has the n-th point of a sequence that the study's seed scrambles, so any
 * run of trials covers the space more evenly than random draws. The first {@link Sobol#DIMENSIONS} (64) parameters are covered that way;
 * further ones are independent uniform draws. Repeats are avoided as {@link FreshPoint} says. Thread-safe.
 */
public final class QmcSampler implements Sampler {
    /** Further points for a trial whose first repeats an earlier configuration come from this far on. */
    private static final long STRIDE = 1L << 20;

    @Override
    public String name() {
        return "qmc";
    }

    @Override
    public Proposal propose(StudyContext context, List<Evidence> evidence, int number) {
        UnitCube cube = new UnitCube(context.space());
        long seed = context.random().seedOf("qmc");
        Assignment drawn = FreshPoint.draw(context.space(), evidence,
                draw -> cube.decode(Sobol.scrambled(number + draw * STRIDE, cube.dimensions(), seed)), context.random().stream("qmc", number));
        return new Proposal(drawn, name(), "point " + number + " of an even cover of the space", Optional.empty());
    }
}
