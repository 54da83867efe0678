package io.tunesmith.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * As many seeds as fit into {@code -Dtunesmith.simulation.seconds} (60, at most 120 in a build), from {@code -Dtunesmith.simulation.from} (0) on. The first
 * seed that breaks a promise is named with the command that plays it again.
 */
class DispatchSimulationTest {
    private static final Duration BOX = Duration.ofSeconds(Long.getLong("tunesmith.simulation.seconds", 60));
    private static final long FROM = Long.getLong("tunesmith.simulation.from", 0);
    private static final long ENOUGH_FOR_A_PLANTED_BUG = 2_000;
    private static final Logger COMPLAINTS = Logger.getLogger("io.tunesmith.dispatch");
    private static Level before;

    /** Faults are what a simulation is about: nobody wants to read of each. */
    @BeforeAll
    static void quiet() {
        before = COMPLAINTS.getLevel();
        COMPLAINTS.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        COMPLAINTS.setLevel(before);
    }

    @Test
    void everyPromiseIsKeptUnderEverySeed() {
        Simulation simulation = Simulation.sound();
        long until = System.nanoTime() + BOX.toNanos();
        long seed = FROM;
        for (; System.nanoTime() < until; seed++) {
            Verdict verdict = simulation.run(seed);
            assertThat(verdict.violation()).as("seed %d; play it again: %s", seed, verdict.replay()).isEmpty();
        }
        System.out.println("dispatch simulation: " + (seed - FROM) + " seeds from " + FROM + " in " + BOX.toSeconds() + " s, every promise kept");
    }

    @Test
    void theSameSeedGivesTheSameHistory() {
        for (long seed = 0; seed < 100; seed++) {
            assertThat(Simulation.sound().run(seed)).as("seed %d", seed).isEqualTo(Simulation.sound().run(seed));
        }
    }

    @ParameterizedTest
    @EnumSource(Planted.class)
    void aPlantedBugIsFound(Planted bug) {
        Optional<Verdict> found = LongStream.range(0, ENOUGH_FOR_A_PLANTED_BUG).mapToObj(new Simulation(bug)::run).filter(verdict -> verdict.violation().isPresent()).findFirst();

        assertThat(found).as("%s in %d seeds", bug, ENOUGH_FOR_A_PLANTED_BUG).isPresent();
        System.out.println(bug + " was found by seed " + found.get().seed() + ": " + found.get().violation().get());
    }
}
