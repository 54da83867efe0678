package io.tunesmith.dispatch;

import io.tunesmith.contract.AttemptFiles;
import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.AttemptSpec;
import io.tunesmith.contract.Callback;
import io.tunesmith.contract.Operation;
import io.tunesmith.contract.Report;
import io.tunesmith.contract.Resources;
import io.tunesmith.contract.Wire;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Tries a backend from end to end with two tiny attempts, in about ten seconds at most: room, start and claim, reports, files, log, cancel. The first
 * thing that fails ends the trial, with what to change. Thread-safe: it holds no state; one call blocks its thread.
 *
 * @param root folder for the attempts of probes
 * @param callback the service's address for worker callbacks, up to and without the attempt key
 */
public record Probe(Dispatcher dispatcher, Backends backends, Path root, String callback, Clock clock) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PAUSE_MILLIS = 20;
    private static final long MEMORY = 1L << 30;
    private static final String WAIT = "wait";

    /**
     * One thing that was tried.
     *
     * @param change what to do where it failed
     */
    public record Finding(String name, boolean ok, String detail, Optional<String> change) {}

    /** @param mark distinguishes this probe from every other: [a-z0-9] */
    public List<Finding> run(String name, String mark) {
        TrainingBackend backend = backends.named(name).orElseThrow(() -> Failure.BadRequest.of(FailureCode.NOT_FOUND, "name", "there is no backend \"" + name + "\"")
                .allowed(String.join(", ", backends.all().stream().map(one -> one.describe().name()).toList())).asException());
        List<Finding> findings = new ArrayList<>();
        if (slots(backend, findings) && works(backend, mark, findings)) {
            ends(backend, mark, findings);
        }
        dispatcher.release(affinity(mark));
        return findings;
    }

    private static Resources little() {
        return new Resources(0, MEMORY, PATIENCE.multipliedBy(3).toSeconds(), 1);
    }

    private static boolean slots(TrainingBackend backend, List<Finding> findings) {
        Capabilities can = backend.describe();
        String found = can.slots() + (can.slots() == 1 ? " slot, " : " slots, ") + can.gpuSlots() + (can.gpuSlots() == 1 ? " GPU" : " GPUs");
        return switch (backend.room(little(), 0)) {
            case Room.Free() -> add(findings, "slots", found + ", one is free");
            case Room.Waits(String why) -> can.slots() > 0 ? add(findings, "slots", found + "; the probe waits: " + why) : fail(findings, "slots", why, "see the page on agents: src/site/agents.md");
            case Room.Never(String why) -> fail(findings, "slots", why, "give the backend a slot");
        };
    }

    /** One attempt from start to end. */
    private boolean works(TrainingBackend backend, String mark, List<Finding> findings) {
        AttemptKey key = new AttemptKey("ts-probe-" + mark + "-a1");
        Instant begin = clock.instant();
        CompletableFuture<Instant> reported = new CompletableFuture<>();
        CompletableFuture<Attempt> end = start(backend, key, mark, Map.of(), reported);
        if (!await(() -> claimed(key) || end.isDone())) {
            return fail(findings, "claim", "no process claimed the attempt: " + dispatcher.waits(key).orElse("it was given to " + backend.describe().name()),
                    "look at the engine's own log; a process must be able to reach " + callback);
        }
        add(findings, "claim", "after " + since(begin));
        if (!await(() -> reported.isDone() || end.isDone()) || !reported.isDone()) {
            return fail(findings, "reports", end.isDone() ? "it ended without a word: " + end.join().end().orElseThrow() : "no value was reported", "a process must be able to reach " + callback);
        }
        add(findings, "reports", (backend.describe().callback() ? "by callback" : "by file") + ", after " + since(begin));
        if (!await(end::isDone) || !(end.join().end().orElseThrow() instanceof AttemptEnd.Succeeded)) {
            return fail(findings, "result", end.isDone() ? "it ended so: " + end.join().end().orElseThrow() : "no result came", "see the attempt's log in " + folder(key));
        }
        add(findings, "result", "after " + since(begin));
        boolean file = Files.isRegularFile(new AttemptFiles(folder(key)).work(end.join().incarnation()).resolve("probe"));
        if (!file) {
            return fail(findings, "files", "its file is not in " + folder(key), "share the data folder with the engine's machines, or let its processes hand files in");
        }
        add(findings, "files", backend.describe().sharedFolder() ? "in the shared folder" : "handed in");
        boolean log = await(() -> log(key).contains("probe " + key));
        return log ? add(findings, "log", "its line has arrived") : fail(findings, "log", "its line has not arrived", "see " + folder(key));
    }

    /** One attempt that must be ended. */
    private void ends(TrainingBackend backend, String mark, List<Finding> findings) {
        AttemptKey key = new AttemptKey("ts-probe-" + mark + "-wait-a1");
        CompletableFuture<Instant> reported = new CompletableFuture<>();
        start(backend, key, mark, Map.of(WAIT, true), reported);
        if (!await(reported::isDone)) {
            dispatcher.cancel(key);
            fail(findings, "cancel", "the attempt to be cancelled did not start", "try again when the backend is idle");
            return;
        }
        Instant begin = clock.instant();
        dispatcher.cancel(key);
        boolean gone = await(() -> dispatcher.jobs().stream().noneMatch(job -> job.key().equals(key)));
        if (gone) {
            add(findings, "cancel", "gone after " + since(begin));
        } else {
            fail(findings, "cancel", "its process is still there after " + PATIENCE.toSeconds() + " s", "the engine must pass TERM on, and KILL after a grace");
        }
    }

    private CompletableFuture<Attempt> start(TrainingBackend backend, AttemptKey key, String mark, Map<String, Object> config, CompletableFuture<Instant> reported) {
        AttemptSpec spec = new AttemptSpec(key, 1, "probe", 1, Operation.PROBE, config, 0, Map.of(), Wire.tree(Map.of()), 1, little(), Optional.empty(), Optional.of(new Callback(callback + "/" + key)));
        return dispatcher.run(new Dispatcher.Work(key, folder(key), spec, Map.of(), affinity(mark), new Where.Only(backend.describe().name()), events -> {
            if (events.stream().anyMatch(WorkerEvent.Measured.class::isInstance)) {
                reported.complete(clock.instant());
            }
            return Report.Answer.GO_ON;
        }));
    }

    private boolean claimed(AttemptKey key) {
        return dispatcher.find(key).flatMap(Attempt::claimed).isPresent();
    }

    private String log(AttemptKey key) {
        try {
            Path log = new AttemptFiles(folder(key)).lastWork().resolve("log.txt");
            return Files.isRegularFile(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            return "";
        }
    }

    private Path folder(AttemptKey key) {
        return root.resolve(key.value());
    }

    private static String affinity(String mark) {
        return "probe/" + mark;
    }

    private boolean await(BooleanSupplier happened) {
        Instant until = clock.instant().plus(PATIENCE);
        while (!happened.getAsBoolean()) {
            if (clock.instant().isAfter(until)) {
                return false;
            }
            CompletableFuture.runAsync(() -> { }, CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)).join();
        }
        return true;
    }

    private String since(Instant begin) {
        return Duration.between(begin, clock.instant()).toMillis() + " ms";
    }

    private static boolean add(List<Finding> findings, String name, String detail) {
        return findings.add(new Finding(name, true, detail, Optional.empty()));
    }

    private static boolean fail(List<Finding> findings, String name, String detail, String change) {
        findings.add(new Finding(name, false, detail, Optional.of(change)));
        return false;
    }
}
