package io.tunesmith.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.tunesmith.app.ServiceTestProfile;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.Ids;
import io.tunesmith.core.RunId;
import io.tunesmith.postgres.embedded.PostgresServer;
import io.tunesmith.run.Run;
import io.tunesmith.run.RunEvent;
import io.tunesmith.run.RunRequest;
import io.tunesmith.run.RunStatus;
import io.tunesmith.run.RunStore;
import io.tunesmith.task.Overrides;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The stores while PostgreSQL is killed and comes back after a while on the same port. */
@QuarkusTest
@TestProfile(OutageTest.Profile.class)
class OutageTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final int WRITERS = 4;
    private final RunStore runs;
    private final Ids ids;
    private final Path dataDir;

    OutageTest(RunStore runs, Ids ids, @ConfigProperty(name = "tunesmith.data-dir") Path dataDir) {
        this.runs = runs;
        this.ids = ids;
        this.dataDir = dataDir;
    }

    @Test
    void workInTheBackgroundWaitsForTheDatabaseAndWritesEverythingOnce() throws Exception {
        RunId id = created();
        List<Future<Integer>> written = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(9);
            for (int i = 0; i < WRITERS; i++) {
                written.add(threads.submit(() -> append(id, end)));
            }
            Thread.sleep(1000);
            kill();
            Thread.sleep(5000);
            kill();
        }
        long sum = 0;
        for (Future<Integer> writer : written) {
            sum += writer.get();
        }
        List<RunEvent> events = runs.events(id, 0, 1_000_000);
        assertThat(events).hasSize((int) sum + 1);
        assertThat(events).extracting(RunEvent::seq).containsExactlyElementsOf(LongStream.rangeClosed(1, sum + 1).boxed().toList());
    }

    @Test
    void anEndWhoseAnswerWasLostIsStillTheCallersOwn() throws Exception {
        for (int i = 0; i < 2; i++) {
            RunId id = created();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<Boolean> end = threads.submit(() -> {
                    kill();
                    return runs.end(id, RunStatus.SUCCEEDED, Optional.empty(), NOW, "run.finished", Map.of("text", "ended"));
                });
                assertThat(end.get(60, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    @Test
    void aRequestIsToldSoonToComeBackAndTheNextOneIsServedAgain() throws Exception {
        RunId id = created();
        Resource.absence = Duration.ofSeconds(9);
        kill();
        long begin = System.nanoTime();
        assertThatThrownBy(() -> runs.find(id)).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.failure().code()).isEqualTo(FailureCode.STORE_UNAVAILABLE));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
        Thread.sleep(Resource.absence.plusSeconds(2));
        Resource.absence = Resource.USUAL;
        assertThat(runs.find(id)).isPresent();
    }

    private int append(RunId id, long end) {
        int written = 0;
        while (System.nanoTime() < end) {
            runs.append(id, ids.next("evt_"), NOW, "log", Map.of());
            written++;
        }
        return written;
    }

    private void kill() throws Exception {
        String pid = Files.readAllLines(dataDir.resolve("postgres/postmaster.pid")).getFirst().strip();
        new ProcessBuilder("kill", "-KILL", pid).start().waitFor();
        Thread.sleep(100);
    }

    private RunId created() {
        RunRequest request = RunRequest.now("predict", ids.dataset(), new Overrides(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        Run run = new Run(ids.run(), "", request, RunStatus.QUEUED, 1, NOW, Duration.ZERO, Optional.empty(), Optional.empty());
        runs.create(run, "run.created", Map.of());
        return run.id();
    }

    /** A PostgreSQL that comes back a while after its death. */
    public static final class Resource implements QuarkusTestResourceLifecycleManager {
        static final Duration USUAL = Duration.ofSeconds(3);
        static volatile Duration absence = USUAL;
        private PostgresServer server;
        private volatile boolean ended;

        @Override
        public Map<String, String> start() {
            try {
                Path dataDir = Files.createTempDirectory("tunesmith-outage");
                server = PostgresServer.start(dataDir, Path.of("target/postgres").toAbsolutePath());
                Thread.ofPlatform().daemon().start(this::reviveLater);
                return Map.of("quarkus.datasource.jdbc.url", server.url(), "quarkus.datasource.username", server.user(), "quarkus.datasource.password", server.password(),
                        "tunesmith.data-dir", dataDir.toString());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private void reviveLater() {
            try {
                while (!ended) {
                    Thread.sleep(50);
                    if (!server.alive()) {
                        Thread.sleep(absence);
                        server.revive();
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void stop() {
            ended = true;
            server.stop();
        }
    }

    /** The service on that PostgreSQL. */
    public static final class Profile implements QuarkusTestProfile {
        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return new ServiceTestProfile().getEnabledAlternatives();
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(Resource.class));
        }
    }
}
