package io.tunesmith.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.bench.simulation.InMemoryAttempts;
import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.Callback;
import io.tunesmith.contract.Claim;
import io.tunesmith.contract.FailureCause;
import io.tunesmith.contract.Outcome;
import io.tunesmith.contract.Report;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.io.TempDir;

/** An attempt, an engine and a clock that the test plays. */
abstract class DispatcherScene {
    static final AttemptKey KEY = new AttemptKey("ts-test-t0-a1");
    static final double LIMIT = 60;

    @TempDir
    Path root;

    final SetClock clock = new SetClock();
    final FakeBackend backend = new FakeBackend(clock);
    final InMemoryAttempts store = new InMemoryAttempts();
    final AtomicInteger drawn = new AtomicInteger();
    final Dispatcher dispatcher = dispatcher();
    final List<WorkerEvent> told = Collections.synchronizedList(new ArrayList<>());
    Report.Answer answer = Report.Answer.GO_ON;

    Dispatcher dispatcher() {
        return new Dispatcher(store, Backends.of(backend), clock, () -> {
            byte[] bytes = new byte[32];
            bytes[0] = (byte) drawn.incrementAndGet();
            return bytes;
        }, Runnable::run);
    }

    CompletableFuture<AttemptEnd> run(Dispatcher.Work work) {
        return run(dispatcher, work);
    }

    static CompletableFuture<AttemptEnd> run(Dispatcher by, Dispatcher.Work work) {
        return by.run(work).thenApply(attempt -> attempt.end().orElseThrow()).orTimeout(20, java.util.concurrent.TimeUnit.SECONDS);
    }

    // Telling

    String endOf(String log, AttemptView.Cause cause, int exitCode) {
        AttemptKey key = new AttemptKey("ts-end-t" + drawn.get() + "-a1");
        CompletableFuture<AttemptEnd> end = run(work(key, Map.of(), Optional.of(Workers.CALLBACK)));
        write(root.resolve(key.value()).resolve("i1"), "log.txt", log);
        try {
            dispatcher.claim(key, Files.readString(root.resolve(key.value()).resolve("token")), claim("a", 0));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        backend.ends(key, cause, exitCode);
        dispatcher.tick();
        tickAfter(Duration.ofSeconds(16));
        return switch (Ending.of(end.join())) {
            case Ending.Infeasible infeasible -> "infeasible " + infeasible.reason();
            case Ending.Failed failed -> "failed " + failed.code();
            case Ending.Retry _ -> "retry";
            case Ending.Complete _, Ending.Pruned _, Ending.Cancelled _ -> "wrong";
        };
    }

    Dispatcher.Work work() {
        return work(Map.of(), Optional.of(Workers.CALLBACK));
    }

    Dispatcher.Work work(Map<String, Path> inputs, Optional<Callback> callback) {
        return work(KEY, inputs, callback);
    }

    Dispatcher.Work work(AttemptKey key, Map<String, Path> inputs, Optional<Callback> callback) {
        Function<List<WorkerEvent>, Report.Answer> listener = events -> {
            told.addAll(events);
            return answer;
        };
        return new Dispatcher.Work(key, root.resolve(key.value()), Workers.spec(key, Map.of(), LIMIT, callback), inputs, "run-a", Where.ANYWHERE, listener);
    }

    Path folder() {
        return root.resolve(KEY.value());
    }

    String token() {
        try {
            return Files.readString(folder().resolve("token"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** By the first incarnation. */
    void write(String name, String text) {
        write(name.startsWith("claim") ? folder() : folder().resolve("i1"), name, text);
    }

    static void write(Path folder, String name, String text) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(name), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    void claimed(String nonce) {
        assertThat(dispatcher.claim(KEY, token(), claim(nonce, 0))).isEqualTo(new Claim.Answer.Granted(1));
    }

    void tickAfter(Duration time) {
        clock.pass(time);
        dispatcher.tick();
    }

    static Claim claim(String nonce, int restarts) {
        return new Claim(1, nonce, "node", 17, restarts);
    }

    static Report report(int incarnation, WorkerEvent... events) {
        return new Report(1, incarnation, List.of(events));
    }

    static Outcome finished(int incarnation, double value) {
        return new Outcome(1, incarnation, new WorkerEvent.Finished(9, Workers.result(value, false)));
    }

    static Outcome failed(int incarnation, FailureCause cause, String message) {
        return new Outcome(1, incarnation, new WorkerEvent.Failed(9, cause, message));
    }

    static AttemptEnd succeeded(double value) {
        return new AttemptEnd.Succeeded(Workers.result(value, false));
    }

    static FailureCode codeOf(Runnable call) {
        try {
            call.run();
            return FailureCode.INTERNAL;
        } catch (FailureException e) {
            return e.failure().code();
        }
    }
}
