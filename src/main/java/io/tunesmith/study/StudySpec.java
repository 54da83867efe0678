package io.tunesmith.study;

import io.tunesmith.core.Direction;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.search.Evidence;
import io.tunesmith.search.StudyContext;
import io.tunesmith.core.RandomSource;
import io.tunesmith.search.blend.Samplers;
import io.tunesmith.search.blend.Stoppers;
import io.tunesmith.space.Assignment;
import io.tunesmith.space.SearchSpace;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a study is, fixed at its start. Two studies with equal specs (but for {@code parallel}) have the same trials, bit for bit, if their
 * trials have the same results, in whatever order these come.
 *
 * @param sampler a name of {@link Samplers}
 * @param pruner a name of {@link Stoppers}
 * @param trials how many trials at most, from 1
 * @param parallel how many may be open at once, from 1
 * @param lookback from 1: trial n is proposed when all trials up to n - lookback have ended, learns the results of just those, and takes the
 *     later ones as pending even if they have ended. Below {@code parallel} some slots stay idle
 * @param priors configurations to try first, in order
 * @param past what an earlier study of this space found: the sampler knows it from the first trial on, and numbers go on from it; pruning does not look at it
 */
public record StudySpec(
        SearchSpace space,
        Direction direction,
        String sampler,
        String pruner,
        long seed,
        int trials,
        int parallel,
        int lookback,
        List<Assignment> priors,
        List<Evidence> past) {

    public StudySpec {
        atLeastOne("trials", trials);
        atLeastOne("parallel", parallel);
        atLeastOne("lookback", lookback);
        Samplers.named(sampler);
        Stoppers.named(pruner);
        priors = List.copyOf(priors);
        past = inOrder(past);
    }

    /** Of which nothing is known before it begins. */
    public StudySpec(SearchSpace space, Direction direction, String sampler, String pruner, long seed, int trials, int parallel, int lookback, List<Assignment> priors) {
        this(space, direction, sampler, pruner, seed, trials, parallel, lookback, priors, List.of());
    }

    /** With the default configuration as the only prior: every study measures what its best is compared with. */
    public StudySpec(SearchSpace space, Direction direction, String sampler, String pruner, long seed, int trials, int parallel, int lookback) {
        this(space, direction, sampler, pruner, seed, trials, parallel, lookback, List.of(space.defaults()));
    }

    /** One more than the slots, so that one slow trial does not idle the others at once; 1 for a single slot, where nothing is gained by it. */
    public static int defaultLookback(int parallel) {
        return parallel == 1 ? 1 : parallel + 1;
    }

    private static List<Evidence> inOrder(List<Evidence> past) {
        return IntStream.range(0, past.size()).mapToObj(i -> past.get(i).numbered(i)).toList();
    }

    StudyContext context() {
        return new StudyContext(space, new RandomSource(seed), priors, past.size());
    }

    private static void atLeastOne(String field, int value) {
        if (value < 1) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, field, field + " is " + value).allowed("a whole number from 1").asException();
        }
    }
}
