package io.tunesmith.dispatch.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.bench.simulation.InMemoryAttempts;
import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.Report;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.dispatch.Attempt;
import io.tunesmith.dispatch.AttemptEnd;
import io.tunesmith.dispatch.AttemptView;
import io.tunesmith.dispatch.Backends;
import io.tunesmith.dispatch.Dispatcher;
import io.tunesmith.dispatch.JobRef;
import io.tunesmith.dispatch.Where;
import io.tunesmith.dispatch.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real child processes that speak the contract by files. */
@Timeout(60)
abstract class LocalScene {
    static final long MEMORY = Workers.spec(new AttemptKey("any"), Map.of(), 1, Optional.empty()).resources().memoryBytes();
    static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path root;

    final InMemoryAttempts store = new InMemoryAttempts();
    final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();
    final List<LocalBackend> backends = new ArrayList<>();
    LocalBackend backend;
    Dispatcher dispatcher;

    void start(LocalSettings settings) {
        backend = another(settings);
        dispatcher = new Dispatcher(store, Backends.of(backend), Clock.systemUTC(), () -> new byte[32], java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor());
        ticker.scheduleWithFixedDelay(dispatcher::tick, 20, 20, TimeUnit.MILLISECONDS);
    }

    LocalBackend another(LocalSettings settings) {
        LocalBackend made = new LocalBackend(settings, Clock.systemUTC());
        backends.add(made);
        return made;
    }

    LocalSettings settings(String... flags) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(flags));
        command.addAll(List.of("-Dmark=" + root.getFileName(), "-cp", classes(), ScriptedWorker.class.getName()));
        return new LocalSettings(2, command, root.resolve("logs"), true, 2, MEMORY, Duration.ofMinutes(5), true);
    }

    static String classes() {
        return Path.of(java.net.URI.create(ScriptedWorker.class.getProtectionDomain().getCodeSource().getLocation().toString())).toString();
    }

    @AfterEach
    void stop() throws InterruptedException {
        ticker.shutdownNow();
        ticker.awaitTermination(5, TimeUnit.SECONDS);
        backends.forEach(LocalBackend::close);
        await("every process of ours has ended", () -> ours().isEmpty());
    }

    // Telling

    Set<Double> pids(String affinity, int attempts) {
        List<CompletableFuture<AttemptEnd>> ends = IntStream.range(0, attempts).mapToObj(i -> run(affinity, "p" + counter++, "finish", 30, 30)).toList();
        return ends.stream().map(end -> fact(end, "pid")).collect(Collectors.toSet());
    }

    int counter;

    static double fact(CompletableFuture<AttemptEnd> end, String name) {
        return ((AttemptEnd.Succeeded) end.join()).result().facts().get(name);
    }

    CompletableFuture<AttemptEnd> run(String affinity, String work, String act) {
        return run(affinity, work, act, 0, 30);
    }

    CompletableFuture<AttemptEnd> run(String affinity, String work, String act, int millis, double seconds) {
        return run(affinity, work, act, millis, seconds, Where.ANYWHERE);
    }

    CompletableFuture<AttemptEnd> run(String affinity, String work, String act, int millis, double seconds, Where where) {
        CompletableFuture<Attempt> end = dispatcher.run(new Dispatcher.Work(key(work), folder(work), Workers.spec(key(work), Map.of("act", act, "millis", millis), seconds, Optional.empty()), Map.of(), affinity, where,
                (List<WorkerEvent> _) -> Report.Answer.GO_ON));
        return end.thenApply(attempt -> attempt.end().orElseThrow());
    }

    static AttemptKey key(String work) {
        return new AttemptKey("ts-local-" + work + "-a1");
    }

    Path folder(String work) {
        return root.resolve("attempts").resolve(key(work).value());
    }

    Attempt attempt(String work) {
        return store.find(key(work)).orElseThrow();
    }

    AttemptView.Phase phase(String work) {
        JobRef job = backend.find(key(work)).getFirst();
        return backend.observe(List.of(job)).get(job).phase();
    }

    /** Living processes that this test's backends started. */
    Set<Long> ours() {
        try (Stream<ProcessHandle> children = ProcessHandle.current().children()) {
            return children.filter(ProcessHandle::isAlive).filter(this::marked).map(ProcessHandle::pid).collect(Collectors.toSet());
        }
    }

    boolean marked(ProcessHandle process) {
        return process.info().arguments().map(words -> List.of(words).contains("-Dmark=" + root.getFileName())).orElse(false);
    }

    static boolean alive(long pid) {
        return ProcessMark.of(pid).isPresent();
    }

    static String logged(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "";
        }
    }

    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting until " + what, e);
            }
        }
    }
}
