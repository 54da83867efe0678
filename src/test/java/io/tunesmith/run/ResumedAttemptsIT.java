package io.tunesmith.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.bench.simulation.InMemoryAttempts;
import io.tunesmith.contract.AttemptFiles;
import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.AttemptSpec;
import io.tunesmith.contract.Feature;
import io.tunesmith.contract.Operation;
import io.tunesmith.contract.Report;
import io.tunesmith.contract.TaskKind;
import io.tunesmith.contract.TrainOptions;
import io.tunesmith.contract.Wire;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.core.Metric;
import io.tunesmith.core.RandomSource;
import io.tunesmith.core.RunId;
import io.tunesmith.core.Sha256;
import io.tunesmith.dispatch.Backends;
import io.tunesmith.dispatch.Dispatcher;
import io.tunesmith.dispatch.Ending;
import io.tunesmith.dispatch.Heard;
import io.tunesmith.dispatch.local.LocalBackend;
import io.tunesmith.dispatch.local.LocalSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A long training with the real trainer loses its process: the next attempt goes on from the last recorded checkpoint that is whole. */
@Timeout(90)
class ResumedAttemptsIT {
    private static final RunId RUN = new RunId("run_01m88z66rdcmra45zgfc6dm5td");
    @TempDir
    Path folder;

    private final InMemoryAttempts store = new InMemoryAttempts();
    private final SecureRandom entropy = new SecureRandom();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();
    private AttemptServer server;
    private LocalBackend backend;
    private Dispatcher dispatcher;
    private Folders files;

    @BeforeEach
    void start() throws IOException {
        files = new Folders(folder.resolve("runs"));
    }

    private Attempts attempts(long checkpointMillis) throws IOException {
        Path classpath = Files.writeString(folder.resolve("worker.args"), "-cp \"" + System.getProperty("java.class.path") + "\"\n");
        List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx384m", "--enable-native-access=ALL-UNNAMED",
                "-Dtunesmith.checkpoint-millis=" + checkpointMillis, "@" + classpath, "io.tunesmith.app.WorkerMain");
        backend = new LocalBackend(LocalSettings.of(1, command, Files.createDirectories(folder.resolve("logs"))).cold(), Clock.systemUTC());
        dispatcher = new Dispatcher(store, Backends.of(backend), Clock.systemUTC(), () -> entropy.generateSeed(32), Executors.newVirtualThreadPerTaskExecutor());
        ticker.scheduleWithFixedDelay(dispatcher::tick, 50, 50, TimeUnit.MILLISECONDS);
        server = new AttemptServer(dispatcher);
        return new Attempts(RUN, files, dispatcher, 1, 2L << 30, server.url());
    }

    @AfterEach
    void stop() throws InterruptedException {
        ticker.shutdownNow();
        ticker.awaitTermination(5, TimeUnit.SECONDS);
        backend.close();
        server.close();
    }

    @Test
    void aKilledTrainingGoesOnFromItsLastRecordedCheckpoint() throws Exception {
        CompletableFuture<Ending> end = begin(attempts(300));
        await("two checkpoints are written", () -> written(1).size() >= 2);
        worker().destroyForcibly();

        WorkerEvent.Checkpointed last = resumedFrom(checkpoints(1).getLast());
        assertThat(firstStep(2)).isGreaterThan(last.step());
        cancelled(end);
    }

    @Test
    void aPreemptedTrainingWritesACheckpointAndGoesOnFromIt() throws Exception {
        CompletableFuture<Ending> end = begin(attempts(600_000));
        await("it has measured", () -> measured(1) > 0);
        worker().destroy();

        WorkerEvent.Checkpointed last = resumedFrom(checkpoints(1).getLast());
        assertThat(firstStep(2)).isGreaterThan(last.step());
        cancelled(end);
    }

    @Test
    void aTrainingKilledBeforeItsFirstCheckpointBeginsAnew() throws Exception {
        CompletableFuture<Ending> end = begin(attempts(600_000));
        await("it has measured", () -> measured(1) > 0);
        worker().destroyForcibly();
        await("the next attempt has measured", () -> measured(2) > 0);

        assertThat(spec(2).resume()).isEmpty();
        assertThat(firstStep(2)).isEqualTo(firstStep(1));
        cancelled(end);
    }

    @Test
    void aCheckpointThatIsDamagedIsPassedOverForTheOneBefore() throws Exception {
        CompletableFuture<Ending> end = begin(attempts(300));
        await("two checkpoints are written", () -> written(1).size() >= 2);
        killed();
        List<Path> written = written(1);
        Files.writeString(written.getLast(), "torn");

        WorkerEvent.Checkpointed before = resumedFrom(checkpoints(1).stream().filter(one -> one.path().endsWith("/" + written.get(written.size() - 2).getFileName())).findFirst().orElseThrow());
        assertThat(firstStep(2)).isGreaterThan(before.step());
        cancelled(end);
    }

    @Test
    void withAllCheckpointsDamagedItBeginsAnewAndDoesNotCrashInALoop() throws Exception {
        CompletableFuture<Ending> end = begin(attempts(300));
        await("two checkpoints are written", () -> written(1).size() >= 2);
        killed();
        for (Path one : written(1)) {
            Files.writeString(one, "torn");
        }
        await("the next attempt has measured", () -> measured(2) > 0);

        assertThat(spec(2).resume()).isEmpty();
        assertThat(store.find(key(3))).isEmpty();
        cancelled(end);
    }

    // Telling

    /** Improves for thousands of slow rounds. */
    private CompletableFuture<Ending> begin(Attempts attempts) throws IOException {
        StringBuilder csv = new StringBuilder("__row,__fold,a,b,c,y\n");
        RandomGenerator generator = new RandomSource(3).stream("slow");
        for (int row = 0; row < 20_000; row++) {
            double a = generator.nextDouble();
            double b = generator.nextDouble();
            csv.append(row).append(',').append(row % 2).append(',').append(a).append(',').append(b).append(',').append(generator.nextDouble()).append(',').append(Math.sin(9 * a) * b).append('\n');
        }
        Path train = Files.writeString(folder.resolve("train.csv"), csv.toString());
        List<Feature> features = List.of(new Feature("a", Feature.Treatment.NUMERIC), new Feature("b", Feature.Treatment.NUMERIC), new Feature("c", Feature.Treatment.NUMERIC));
        Job job = new Job("t0", Operation.TRAIN, Map.of("learner", "xgboost", "xgboost_learning_rate", 0.001, "xgboost_max_rounds", 10_000), 7, Map.of("train", train),
                new TrainOptions(TaskKind.REGRESSION, "y", Metric.RMSE, features), 600, java.time.Instant.MAX, _ -> Report.Answer.GO_ON);
        return CompletableFuture.supplyAsync(() -> attempts.run(job), Executors.newVirtualThreadPerTaskExecutor());
    }

    private void cancelled(CompletableFuture<Ending> end) {
        dispatcher.cancel(key(2));
        assertThat(end.join()).isInstanceOf(Ending.Cancelled.class);
    }

    /** Waits for the second attempt's first measured value, and checks that it was given this checkpoint. */
    private WorkerEvent.Checkpointed resumedFrom(WorkerEvent.Checkpointed expected) throws Exception {
        await("the next attempt has measured", () -> measured(2) > 0);
        assertThat(spec(2).resume().orElseThrow().sha256()).isEqualTo(expected.sha256());
        assertThat(Sha256.of(files.attempt(RUN, key(2)).resolve(spec(2).resume().orElseThrow().checkpoint())).hex()).isEqualTo(expected.sha256());
        return expected;
    }

    private static AttemptKey key(int n) {
        return AttemptKey.of(RUN, "t0", n);
    }

    private AttemptSpec spec(int n) throws IOException {
        return Wire.read(files.attempt(RUN, key(n)).resolve("spec.json"), AttemptSpec.class);
    }

    private ProcessHandle worker() {
        return ProcessHandle.current().children().filter(child -> child.info().arguments().map(words -> List.of(words).contains("@" + folder.resolve("worker.args"))).orElse(false)).findFirst().orElseThrow();
    }

    private void killed() {
        ProcessHandle worker = worker();
        worker.destroyForcibly();
        worker.onExit().join();
    }

    /** In the order of their steps. */
    private List<Path> written(int n) throws IOException {
        Path made = new AttemptFiles(files.attempt(RUN, key(n))).work(1).resolve("checkpoints");
        if (!Files.isDirectory(made)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(made)) {
            return all.filter(path -> path.getFileName().toString().matches("\\d+")).sorted(Comparator.comparingLong(path -> Long.parseLong(path.getFileName().toString()))).toList();
        }
    }

    /** Recorded once the attempt has ended. */
    private List<WorkerEvent.Checkpointed> checkpoints(int n) throws Exception {
        await("attempt " + n + " has its end", () -> store.find(key(n)).orElseThrow().end().isPresent());
        return store.events(key(n)).stream().map(Heard::event).filter(WorkerEvent.Checkpointed.class::isInstance).map(WorkerEvent.Checkpointed.class::cast).toList();
    }

    private long measured(int n) {
        return said(n).size();
    }

    private long firstStep(int n) {
        return said(n).getFirst().step();
    }

    /** What the process has written to its own file. */
    private List<WorkerEvent.Measured> said(int n) {
        Path file = new AttemptFiles(files.attempt(RUN, key(n))).work(1).resolve("metrics.jsonl");
        try {
            String text = Files.exists(file) ? Files.readString(file) : "";
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().map(line -> Wire.read(line, WorkerEvent.class)).filter(WorkerEvent.Measured.class::isInstance)
                    .map(WorkerEvent.Measured.class::cast).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.sleep(20);
        }
    }
}
