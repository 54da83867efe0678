package io.tunesmith.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tunesmith.bench.simulation.InMemoryAttempts;
import io.tunesmith.contract.Wire;
import io.tunesmith.core.Ids;
import io.tunesmith.core.Metric;
import io.tunesmith.data.DatasetRef;
import io.tunesmith.dispatch.Backends;
import io.tunesmith.dispatch.Dispatcher;
import io.tunesmith.dispatch.Leadership;
import io.tunesmith.dispatch.local.LocalBackend;
import io.tunesmith.plan.CataloguePlanner;
import io.tunesmith.plan.Planner;
import io.tunesmith.study.Trial;
import io.tunesmith.task.Overrides;
import io.tunesmith.task.RulesReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole flow with real child processes over a real loopback callback, the stores in memory. */
class RunFlowIT {
    @TempDir
    Path folder;

    private final SecureRandom entropy = new SecureRandom();
    private final Ids ids = new Ids(Clock.systemUTC(), entropy::nextLong);
    private final InMemoryStores stores = new InMemoryStores(ids);
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();
    private AttemptServer server;
    private Dispatcher dispatcher;
    private Runs runs;

    @BeforeEach
    void start() throws IOException {
        List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED", "@" + classpath(), "io.tunesmith.app.WorkerMain");
        dispatcher = new Dispatcher(new InMemoryAttempts(), Backends.of(new LocalBackend(2, command, Files.createDirectories(folder.resolve("logs")), Clock.systemUTC())), Clock.systemUTC(), () -> entropy.generateSeed(32), Executors.newVirtualThreadPerTaskExecutor());
        ticker.scheduleWithFixedDelay(dispatcher::tick, 100, 100, TimeUnit.MILLISECONDS);
        server = new AttemptServer(dispatcher);
        Ports ports = new Ports(stores, stores, stores, stores, stores, new RulesReader(), new CataloguePlanner(), () -> new Planner.Machine(2, 1, true), dispatcher, Clock.systemUTC(), "test");
        runs = new RunService(ports, folder.resolve("runs"), ids, entropy::nextLong, server.url(), 1L << 30, Leadership.alone("http://127.0.0.1"), Duration.ofMinutes(10)).as(Caller.OPERATOR);
    }

    @AfterEach
    void stop() {
        ticker.shutdownNow();
        server.close();
    }

    @Test
    void aSentenceBecomesATestedModelWithAReceipt() throws IOException {
        Run run = finished("Predict the species of a penguin from its measurements. I care about balanced accuracy.", "eval/examples/penguins.csv", 12, 7);

        assertThat(run.status()).as("%s %s", run.failure(), texts(run)).isEqualTo(RunStatus.SUCCEEDED);
        JsonNode result = Wire.MAPPER.readTree(Files.readString(runs.artifacts(run.id()).resolve("result.json")));
        assertThat(result.path("metric").path("name").asText()).isEqualTo("balanced_accuracy");
        assertThat(result.path("metric").path("test").asDouble()).isGreaterThanOrEqualTo(.95);
        assertThat(runs.artifacts(run.id())).isDirectoryContaining(path -> path.endsWith("report.html")).isDirectoryContaining(path -> path.endsWith("model"));
        assertThat(stores.of(run.id())).hasValueSatisfying(opening -> assertThat(opening.number()).isEqualTo(1));
        try (var files = Files.walk(folder.resolve("runs"))) {
            assertThat(files.filter(path -> path.getFileName().toString().startsWith("test") || path.toString().contains("sealed"))).as("no plain copy of the sealed test stays").isEmpty();
        }
    }

    @Test
    void theSameSeedGivesTheSameTrials() {
        List<Trial> first = trials(finished("Predict the species. Use accuracy.", "eval/examples/penguins.csv", 14, 3));
        List<Trial> second = trials(finished("Predict the species. Use accuracy.", "eval/examples/penguins.csv", 14, 3));

        assertThat(first).extracting(Trial::proposal).isEqualTo(second.stream().map(Trial::proposal).toList());
        assertThat(first).extracting(Trial::curve).isEqualTo(second.stream().map(Trial::curve).toList());
    }

    @Test
    void aNumberIsPredictedToo() {
        Run run = finished("Estimate body_mass_g, mean absolute error matters.", "eval/examples/penguins.csv", 8, 1);

        assertThat(run.status()).as("%s %s", run.failure(), texts(run)).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(runs.plan(run.id()).orElseThrow().metric()).isEqualTo(Metric.MAE);
    }

    /** In a file, as the service does it: see WorkerCommand. */
    private Path classpath() throws IOException {
        return Files.writeString(folder.resolve("worker.args"), "-cp \"" + System.getProperty("java.class.path") + "\"\n");
    }

    private Run finished(String text, String data, long trials, long seed) {
        DatasetRef ref = stores.add("", Path.of(data).getFileName().toString(), copy(Path.of(data)));
        Overrides overrides = new Overrides(Optional.empty(), Optional.empty(), Optional.of(trials), Optional.of(240.0), Optional.of(seed));
        Run run = runs.start(RunRequest.now(text, ref.id(), overrides));
        long after = 0;
        for (int i = 0; i < 240 && !runs.find(run.id()).orElseThrow().status().terminal(); i++) {
            List<RunEvent> events = runs.await(run.id(), after, Duration.ofSeconds(1));
            after = events.isEmpty() ? after : events.getLast().seq();
        }
        return runs.find(run.id()).orElseThrow();
    }

    private Path copy(Path data) {
        try {
            return Files.copy(data, Files.createTempFile(folder, "data", ".csv"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<Trial> trials(Run run) {
        return stores.all(run.id());
    }

    private List<Object> texts(Run run) {
        return stores.events(run.id(), 0, 1000).stream().map(event -> event.data().get("text")).toList();
    }
}
