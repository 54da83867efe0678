package io.tunesmith.bench.simulation;

import io.tunesmith.bench.simulation.Studies.End;
import io.tunesmith.bench.simulation.Studies.Study;
import io.tunesmith.bench.simulation.Studies.Trial;
import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.dispatch.Attempt;
import io.tunesmith.dispatch.Ending;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Dispatch under faults, one seed at a time: so many events with faults, then all faults end and time passes until nothing is left to do. What must hold
 * is checked after every event and at the end (after FoundationDB's simulation and TigerBeetle's VOPR). Thread-safe: each seed has a world of its own.
 */
public final class Simulation {
    private static final int STEPS = 600;
    private static final int SECONDS = 4_000;
    private static final Path MEMORY = Path.of("/dev/shm");
    private final Parts parts;

    Simulation(Parts parts) {
        this.parts = parts;
    }

    /** Of the dispatcher as it is. */
    public static Simulation sound() {
        return new Simulation(Parts.sound());
    }

    public Verdict run(long seed) {
        return run(seed, _ -> { });
    }

    /** @param reader is told the history line by line */
    public Verdict run(long seed, Consumer<String> reader) {
        Path root = folder();
        try {
            World world = new World(seed, parts, root, reader);
            Course course = new Course(world);
            Optional<String> violation = course.run();
            violation.ifPresent(what -> world.history().say("VIOLATION: " + what));
            return new Verdict(seed, world.history().hash(), course.events, world.history().lines(), world.faults().struck(), violation);
        } finally {
            delete(root);
        }
    }

    /** The attempts' folders are real; in memory where that is possible. */
    private static Path folder() {
        try {
            return Files.isWritable(MEMORY) ? Files.createTempDirectory(MEMORY, "tunesmith-simulation") : Files.createTempDirectory("tunesmith-simulation");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path root) {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Course {
        private final World world;
        private long events;

        Course(World world) {
            this.world = world;
        }

        Optional<String> run() {
            try {
                for (int i = 0; i < STEPS; i++) {
                    world.step();
                    check();
                }
                world.heal();
                for (int i = 0; i < SECONDS && !world.quiet(); i++) {
                    world.second();
                    check();
                }
                checkAtTheEnd();
                return Optional.empty();
            } catch (Violation e) {
                return Optional.of(e.getMessage());
            } catch (RuntimeException e) {
                return Optional.of(e + " at " + e.getStackTrace()[0]);
            }
        }

        private void check() {
            events++;
            world.oracle().check(world.store());
        }

        private void checkAtTheEnd() {
            Violation.unless(world.store().open().isEmpty(), "open at the end: %s", world.store().open());
            world.studies().all().forEach(Study::checkAtTheEnd);
            world.studies().all().forEach(study -> study.trials().forEach(trial -> checkEnd(study, trial)));
            world.engines().forEach(SimulatedEngine::checkAtTheEnd);
            world.oracle().replay(world.store());
        }

        /** A trial's end follows from what is stored of its attempts alone, whoever recorded it. */
        private void checkEnd(Study study, Trial trial) {
            SortedMap<Long, Double> curve = new TreeMap<>();
            int n = 1;
            Attempt attempt = heard(study.key(trial.number(), n), curve);
            while (n < Walk.TRIES && Ending.of(attempt.end().orElseThrow()) instanceof Ending.Retry) {
                attempt = heard(study.key(trial.number(), ++n), curve);
            }
            Violation.unless(world.store().find(study.key(trial.number(), n + 1)).isEmpty(), "trial %d has an attempt after its last", trial.number());
            End end = Progress.end(Ending.of(attempt.end().orElseThrow()), n, curve);
            Violation.unless(trial.end().equals(Optional.of(end)), "trial %d of %s ended by %s, its attempts say %s", trial.number(), study.name(), trial.end(), end);
        }

        private Attempt heard(AttemptKey key, SortedMap<Long, Double> curve) {
            world.store().events(key).forEach(heard -> {
                if (heard.event() instanceof WorkerEvent.Measured measured) {
                    curve.put(measured.step(), measured.values().get(Worker.METRIC));
                }
            });
            return world.store().find(key).orElseThrow(() -> new Violation(key + " was never stored"));
        }
    }
}
