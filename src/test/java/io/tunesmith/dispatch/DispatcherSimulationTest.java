package io.tunesmith.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.Claim;
import io.tunesmith.contract.FailureCause;
import io.tunesmith.contract.Outcome;
import io.tunesmith.contract.Report;
import io.tunesmith.contract.Wire;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.RandomSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random faults around a few attempts: lost and doubled messages, ghosts, kills, silence, cancellation, restarts of the service. A failing seed is in the
 * test's name and plays again.
 */
class DispatcherSimulationTest {
    private static final int SEEDS = 150;
    private static final int STEPS = 120;
    private static final int ATTEMPTS = 3;

    @TempDir
    Path root;

    static LongStream seeds() {
        return LongStream.range(0, SEEDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyAttemptEndsOnceAndItsEndStays(long seed) {
        Simulation simulation = new Simulation(seed);
        for (int i = 0; i < STEPS; i++) {
            simulation.step();
            simulation.check();
        }
        simulation.heal();
        simulation.check();
        assertThat(simulation.store.open()).as("all have ended").isEmpty();
        assertThat(simulation.ends.keySet()).hasSize(ATTEMPTS);
        simulation.futures.forEach((key, future) -> assertThat(future).isCompletedWithValue(simulation.ends.get(key)));
        assertThat(simulation.backend.jobsLeft()).as("no job outlives its attempt").isEmpty();
    }

    private final class Simulation {
        private final RandomGenerator random;
        private final SetClock clock = new SetClock();
        private final FakeBackend backend = new FakeBackend(clock);
        private final InMemoryAttempts store = new InMemoryAttempts();
        private final Map<AttemptKey, AttemptEnd> ends = new HashMap<>();
        private final Map<AttemptKey, CompletableFuture<AttemptEnd>> futures = new HashMap<>();
        private final Map<AttemptKey, Set<String>> told = new HashMap<>();
        private boolean adopting;
        private final List<Process> processes = new ArrayList<>();
        private Dispatcher dispatcher = dispatcher();

        Simulation(long seed) {
            random = new RandomSource(seed).stream("dispatch");
            for (int i = 0; i < ATTEMPTS; i++) {
                run(new AttemptKey("ts-sim" + seed + "-t" + i + "-a1"));
            }
        }

        private Dispatcher dispatcher() {
            return new Dispatcher(store, backend, clock, () -> new byte[32]);
        }

        private void run(AttemptKey key) {
            told.putIfAbsent(key, new HashSet<>());
            adopting = store.find(key).isPresent();
            futures.put(key, dispatcher.run(new Dispatcher.Work(key, root.resolve(key.value()), Workers.spec(key, Map.of(), 60, Optional.of(Workers.CALLBACK)), Map.of(), "run", events -> {
                String incarnation = store.find(key).orElseThrow().incarnation() + "/";
                events.forEach(event -> assertThat(adopting || told.get(key).add(incarnation + event.seq())).as("event %s is told once", event).isTrue());
                return Report.Answer.GO_ON;
            })));
            adopting = false;
        }

        void step() {
            switch (random.nextInt(14)) {
                case 0, 1, 2 -> dispatcher.tick();
                case 3 -> clock.pass(Duration.ofMillis(random.nextInt(20_000)));
                case 4 -> backend.reachable(random.nextInt(3) > 0);
                case 5 -> backend.loseReplies(random.nextBoolean());
                case 6 -> backend.loseRequests(random.nextBoolean());
                case 7 -> restart();
                case 8 -> {
                    if (random.nextInt(20) == 0) {
                        dispatcher.cancel(any());
                    }
                }
                case 9 -> processes.add(new Process(any(), random.nextInt(5) == 0 ? 1 : 0, "nonce " + processes.size()));
                case 10 -> {
                    if (random.nextInt(4) == 0) {
                        backend.ends(any(), AttemptView.Cause.SIGNAL, 137);
                    }
                }
                default -> {
                    if (!processes.isEmpty()) {
                        processes.get(random.nextInt(processes.size())).act();
                    }
                }
            }
        }

        private AttemptKey any() {
            return List.copyOf(told.keySet().stream().sorted(java.util.Comparator.comparing(AttemptKey::value)).toList()).get(random.nextInt(ATTEMPTS));
        }

        /** The service dies and the next one takes up the same work. */
        private void restart() {
            dispatcher = dispatcher();
            List.copyOf(told.keySet()).forEach(this::run);
        }

        void heal() {
            backend.reachable(true);
            backend.loseReplies(false);
            backend.loseRequests(false);
            for (int i = 0; i < 20; i++) {
                clock.pass(Duration.ofSeconds(15));
                dispatcher.tick();
                backend.endCancelled();
            }
        }

        void check() {
            for (AttemptKey key : told.keySet()) {
                Optional<Attempt> attempt = store.find(key);
                attempt.flatMap(Attempt::end).ifPresent(end -> assertThat(ends.merge(key, end, (first, _) -> first)).isEqualTo(end));
                if (ends.containsKey(key)) {
                    assertThat(attempt.flatMap(Attempt::end)).contains(ends.get(key));
                }
                if (futures.get(key).isDone()) {
                    assertThat(futures.get(key)).isCompletedWithValue(ends.get(key));
                }
            }
        }

        /** A process that claims, reports in any order and twice, and ends; it may be a ghost, or outlive its job. */
        private final class Process {
            private final AttemptKey key;
            private final Claim claim;
            private int incarnation;
            private long seq;

            Process(AttemptKey key, int restarts, String nonce) {
                this.key = key;
                this.claim = new Claim(1, nonce, "node", 17, restarts);
            }

            void act() {
                try {
                    speak(Files.readString(root.resolve(key.value()).resolve("token")));
                } catch (IOException | FailureException e) {
                    // Not started yet, or refused: a process of the contract would end; this one goes on.
                    incarnation = Math.max(incarnation, 0);
                }
            }

            private void speak(String token) {
                if (incarnation == 0 || random.nextInt(10) == 0) {
                    incarnation = dispatcher.claim(key, token, claim) instanceof Claim.Answer.Granted granted ? granted.incarnation() : incarnation;
                } else if (random.nextInt(8) > 0) {
                    long again = Math.max(1, seq - random.nextInt(3));
                    dispatcher.events(key, token, new Report(1, incarnation, List.of(Workers.measured(again, .5), Workers.measured(++seq + 1, .5))));
                } else {
                    end(token);
                }
            }

            private void end(String token) {
                WorkerEvent last = random.nextInt(4) == 0 ? new WorkerEvent.Failed(99, FailureCause.values()[random.nextInt(FailureCause.values().length)], "why")
                        : new WorkerEvent.Finished(99, Workers.result(random.nextInt(10) / 10.0, false));
                Outcome outcome = new Outcome(1, incarnation, last);
                if (random.nextBoolean()) {
                    Wire.writeFile(root.resolve(key.value()).resolve("result.json"), outcome);
                }
                if (random.nextInt(3) > 0) {
                    dispatcher.result(key, token, outcome);
                    dispatcher.result(key, token, outcome);
                }
                if (random.nextBoolean()) {
                    backend.ends(key, AttemptView.Cause.OK, 0);
                }
            }
        }
    }
}
