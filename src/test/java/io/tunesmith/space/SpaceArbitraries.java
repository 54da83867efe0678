package io.tunesmith.space;

import io.tunesmith.space.Parameter.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Random spaces for laws: all kinds of parameters, conditions nested to any depth on discrete parents. */
public final class SpaceArbitraries {
    private SpaceArbitraries() {}

    public static Arbitrary<SearchSpace> spaces() {
        return Arbitraries.longs().map(seed -> space(new SplittableRandom(seed), true));
    }

    public static Arbitrary<SearchSpace> finiteSpaces() {
        return Arbitraries.longs().map(seed -> space(new SplittableRandom(seed), false));
    }

    private static SearchSpace space(RandomGenerator random, boolean reals) {
        List<Parameter> parameters = new ArrayList<>();
        int count = 1 + random.nextInt(reals ? 8 : 6);
        for (int i = 0; i < count; i++) {
            parameters.add(parameter("p" + i, condition(parameters, random), reals ? random.nextInt(7) : 3 + random.nextInt(4), random));
        }
        return new SearchSpace(parameters);
    }

    private static Condition condition(List<Parameter> earlier, RandomGenerator random) {
        List<Parameter> parents = earlier.stream().filter(each -> each.count().orElse(99) < 10).toList();
        if (parents.isEmpty() || random.nextInt(3) == 0) {
            return Condition.ALWAYS;
        }
        Parameter parent = parents.get(random.nextInt(parents.size()));
        Condition one = new Condition.OneOf(parent.name(), values(parent).subList(0, 1 + random.nextInt(values(parent).size())));
        return random.nextInt(4) == 0 ? new Condition.All(List.of(one, condition(earlier, random))) : one;
    }

    private static List<Object> values(Parameter parameter) {
        return switch (parameter) {
            case Parameter.Real ignored -> throw new AssertionError();
            case Parameter.Whole whole -> IntStream.range(0, (int) whole.levels()).<Object>mapToObj(k -> whole.low() + k * whole.step()).toList();
            case Parameter.Ordinal ordinal -> ordinal.choices();
            case Parameter.Categorical categorical -> categorical.choices();
            case Parameter.Fixed fixed -> List.of(fixed.defaultValue());
        };
    }

    private static Parameter parameter(String name, Condition when, int kind, RandomGenerator random) {
        double low = random.nextDouble(0.001, 0.4);
        long from = random.nextInt(1, 20);
        long step = random.nextInt(1, 4);
        return switch (kind) {
            case 0 -> new Parameter.Real(name, low - 5, low * 1000, Scale.LINEAR, low, when);
            case 1 -> new Parameter.Real(name, low / 1000, low * 1000, Scale.LOG, low, when);
            case 2 -> new Parameter.Real(name, low, 0.99, Scale.LOGIT, 0.5, when);
            case 3 -> new Parameter.Whole(name, from, from + 1 + random.nextInt(1, 6), step > 2 ? 1 : step, Scale.values()[random.nextInt(2)], from, when);
            case 4 -> new Parameter.Ordinal(name, List.of(16L, 32L, 64L), 32L, when);
            case 5 -> new Parameter.Categorical(name, List.of("a", true, 0.5), "a", when);
            default -> new Parameter.Fixed(name, "constant", when);
        };
    }
}
