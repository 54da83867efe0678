package io.tunesmith.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SearchSpaceLawsTest {
    @Provide
    Arbitrary<SearchSpace> spaces() {
        return SpaceArbitraries.spaces();
    }

    @Provide
    Arbitrary<SearchSpace> finiteSpaces() {
        return SpaceArbitraries.finiteSpaces();
    }

    private static Assignment drawn(SearchSpace space, long seed) {
        UnitCube cube = new UnitCube(space);
        return cube.decode(new SplittableRandom(seed).doubles(cube.dimensions()).toArray());
    }

    @Property(tries = 300)
    void everyPointOfTheCubeIsAccepted(@ForAll("spaces") SearchSpace space, @ForAll long seed) {
        assertThat(space.check(drawn(space, seed))).isEmpty();
    }

    @Property(tries = 300)
    void theDefaultConfigurationIsAccepted(@ForAll("spaces") SearchSpace space) {
        assertThat(space.check(space.defaults())).isEmpty();
    }

    @Property(tries = 300)
    void encodeThenDecodeIsIdentity(@ForAll("spaces") SearchSpace space, @ForAll long seed) {
        UnitCube cube = new UnitCube(space);
        Assignment before = drawn(space, seed);
        Assignment after = cube.decode(cube.encode(before));
        assertThat(after.values().keySet()).isEqualTo(before.values().keySet());
        before.values().forEach((name, value) -> {
            if (value instanceof Double number && space.parameter(name).orElseThrow() instanceof Parameter.Real) {
                assertThat((Double) after.values().get(name)).isCloseTo(number, within(1e-9 * Math.max(1, Math.abs(number))));
            } else {
                assertThat(after.values().get(name)).isEqualTo(value);
            }
        });
    }

    @Property(tries = 300)
    void binsCoverTheAxisAndHoldTheirValue(@ForAll("finiteSpaces") SearchSpace space) {
        for (Assignment assignment : space.enumerate(100_000).orElseThrow().stream().limit(50).toList()) {
            for (Axis axis : new UnitCube(space).axes()) {
                Object value = assignment.values().getOrDefault(axis.parameter().name(), axis.parameter().defaultValue());
                double low = axis.lowerEdge(value);
                double high = axis.upperEdge(value);
                assertThat(axis.encode(value)).isBetween(low, high);
                assertThat(axis.decode(low + 0.01 * (high - low))).isEqualTo(value);
                assertThat(axis.decode(high - 0.01 * (high - low))).isEqualTo(value);
            }
        }
    }

    @Property(tries = 300)
    void theSizeIsTheNumberOfEnumeratedAssignmentsAllDistinctAndAccepted(@ForAll("finiteSpaces") SearchSpace space) {
        List<Assignment> all = space.enumerate(100_000).orElseThrow();
        assertThat(space.size()).contains(BigInteger.valueOf(all.size()));
        assertThat(new HashSet<>(all)).hasSameSizeAs(all);
        assertThat(all).allSatisfy(each -> assertThat(space.accepts(each)).isTrue());
    }

    @Property(tries = 300)
    void completingWhatWasPrunedIsAccepted(@ForAll("spaces") SearchSpace space, @ForAll long seed) {
        Assignment drawn = drawn(space, seed);
        assertThat(space.complete(drawn)).isEqualTo(drawn);
        assertThat(space.prune(drawn)).isEqualTo(drawn);
        assertThat(space.read(drawn.values())).isEqualTo(drawn);
        Assignment half = new Assignment(drawn.values().entrySet().stream().filter(entry -> entry.getKey().hashCode() % 2 == 0)
                .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        assertThat(space.check(space.complete(half))).isEmpty();
    }

    @Property(tries = 300)
    void distanceIsSymmetricBoundedAndZeroToItself(@ForAll("spaces") SearchSpace space, @ForAll long one, @ForAll long other) {
        UnitCube cube = new UnitCube(space);
        Assignment a = drawn(space, one);
        Assignment b = drawn(space, other);
        assertThat(cube.distance(a, a)).isZero();
        assertThat(cube.distance(a, b)).isBetween(0.0, 1.0).isEqualTo(cube.distance(b, a));
    }
}
