package io.tunesmith.run;

import io.tunesmith.bench.simulation.InMemoryAttempts;
import io.tunesmith.core.Ids;
import io.tunesmith.data.DatasetRef;
import io.tunesmith.data.Unpacker;
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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Runs with real child processes over a real loopback callback, the stores in memory. Closing ends what it started. */
final class WorkerBench implements AutoCloseable {
    static final Path PENGUINS = Path.of("eval/examples/penguins.csv");
    private static final int PATIENCE_SECONDS = 240;
    private final Path folder;
    private final SecureRandom entropy = new SecureRandom();
    private final Ids ids = new Ids(Clock.systemUTC(), entropy::nextLong);
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();
    private final AttemptServer server;
    private final LocalBackend backend;
    private final Dispatcher dispatcher;
    final InMemoryStores stores = new InMemoryStores(ids);
    final Runs runs;
    final Datasets datasets;

    WorkerBench(Path folder) throws IOException {
        this.folder = folder;
        List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED", "@" + classpath(), "io.tunesmith.app.WorkerMain");
        backend = new LocalBackend(2, command, Files.createDirectories(folder.resolve("logs")), Clock.systemUTC());
        dispatcher = new Dispatcher(new InMemoryAttempts(), Backends.of(backend), Clock.systemUTC(), () -> entropy.generateSeed(32), Executors.newVirtualThreadPerTaskExecutor());
        ticker.scheduleWithFixedDelay(dispatcher::tick, 100, 100, TimeUnit.MILLISECONDS);
        server = new AttemptServer(dispatcher);
        Leadership alone = Leadership.alone("http://127.0.0.1");
        Ports ports = new Ports(stores, stores, stores, stores, stores, _ -> Allowance.NONE_SAID, new RulesReader(), new CataloguePlanner(), () -> new Planner.Machine(2, 1, true), dispatcher, Clock.systemUTC(), "test");
        RunService service = new RunService(ports, folder.resolve("runs"), ids, entropy::nextLong, server.url(), 1L << 30, alone, Duration.ofMinutes(10));
        ticker.scheduleWithFixedDelay(service::tick, 1, 1, TimeUnit.SECONDS);
        runs = service.as(Caller.OPERATOR);
        datasets = new DatasetService(stores, new DatasetProfiles(stores, dispatcher, alone, folder.resolve("profiles"), server.url(), 1L << 30), plainFiles(), new NoLimits()).as(Caller.OPERATOR);
    }

    /** Data come as files that are not packed, and in no other way. */
    private References plainFiles() {
        return new References(stores, (reference, _) -> {
            throw new AssertionError(reference);
        }, (_, _) -> Optional.empty(), Unpacker.Plain::new, folder, new NoLimits());
    }

    /** In a file, as the service does it: see WorkerCommand. */
    private Path classpath() throws IOException {
        return Files.writeString(folder.resolve("worker.args"), "-cp \"" + System.getProperty("java.class.path") + "\"\n");
    }

    DatasetRef data(Path file) {
        try {
            return stores.add("", file.getFileName().toString(), Files.copy(file, Files.createTempFile(folder, "data", ".csv"), StandardCopyOption.REPLACE_EXISTING));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Run started(String text, Start start, long trials, long seed) {
        return runs.start(new RunRequest(text, data(PENGUINS).id(), new Overrides(Optional.empty(), Optional.empty(), Optional.of(trials), Optional.of(240.0), Optional.of(seed)), start, Optional.empty()));
    }

    Run awaited(Run run, Predicate<Run> reached) {
        long after = 0;
        for (int i = 0; i < PATIENCE_SECONDS && !reached.test(now(run)); i++) {
            List<RunEvent> events = runs.await(run.id(), after, Duration.ofSeconds(1));
            after = events.isEmpty() ? after : events.getLast().seq();
        }
        return now(run);
    }

    Run ended(Run run) {
        return awaited(run, one -> one.status().terminal());
    }

    Run now(Run run) {
        return runs.find(run.id()).orElseThrow();
    }

    List<Trial> trials(Run run) {
        return stores.all(run.id());
    }

    int attempts(Run run) {
        return dispatcher.attempts(run.id() + "/").size();
    }

    List<Object> texts(Run run) {
        return stores.events(run.id(), 0, 1000).stream().map(event -> event.data().get("text")).toList();
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        backend.close();
        server.close();
    }
}
