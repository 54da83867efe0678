package io.tunesmith.trainer.agent;

import io.tunesmith.contract.ExitCodes;
import io.tunesmith.contract.FailureCause;
import io.tunesmith.contract.Wire;
import io.tunesmith.contract.WorkerEvent.Artifact;
import io.tunesmith.contract.WorkerEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongFunction;

/**
 * Sees to it that an attempt ends once: by its work, by TERM (a shutdown hook, which lets work that writes checkpoints write one more), or by the watch over memory when native code does not come
 * back to be told. Whoever comes first ends it, the others wait. Also beats the heart. Thread-safe by one atomic flag.
 */
final class Ending implements AutoCloseable {
    private static final long WATCH_MILLIS = 500;
    /** So long TERM waits for work that can write a checkpoint, and for an end that is under way. */
    private static final long CHECKPOINT_MILLIS = 8_000;
    private static final long END_MILLIS = 10_000;
    /** Above the limit by this factor the watch ends the process itself. */
    private static final double FAR_OVER = 1.25;

    private final Incarnation incarnation;
    private final EventChannel channel;
    private final Attempt attempt;
    private final Optional<Uploads> uploads;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::terminated, "term");
    private volatile int exitCode = ExitCodes.TERMINATED;

    /**
     * @param event the last event, made for its number; not said if the code is REFUSED
     * @param artifacts what it names
     */
    record Conclusion(LongFunction<WorkerEvent> event, int exitCode, Collection<Artifact> artifacts) {
        static Conclusion failed(FailureCause cause, String message, int exitCode) {
            return new Conclusion(seq -> new WorkerEvent.Failed(seq, cause, message), exitCode, List.of());
        }
    }

    Ending(Incarnation incarnation, EventChannel channel, Attempt attempt) {
        this.incarnation = incarnation;
        this.channel = channel;
        this.attempt = attempt;
        this.uploads = incarnation.uploads(attempt.spec());
        Runtime.getRuntime().addShutdownHook(hook);
        Thread.ofPlatform().daemon().name("heart").start(this::watch);
    }

    /** Ends the attempt so, unless it has ended otherwise; then waits for the process to end. */
    int conclude(Conclusion conclusion) {
        if (!ended.compareAndSet(false, true)) {
            awaitForever();
        }
        try {
            exitCode = say(conclusion);
            return exitCode;
        } finally {
            done.countDown();
        }
    }

    private int say(Conclusion conclusion) {
        if (conclusion.exitCode() == ExitCodes.REFUSED) {
            return ExitCodes.REFUSED;
        }
        int code = conclusion.exitCode();
        try {
            code = report(conclusion);
        } catch (StoppedException.Fenced fenced) {
            System.err.println(fenced.getMessage());
            return ExitCodes.REFUSED;
        } catch (RuntimeException e) {
            e.printStackTrace();
        }
        try {
            Wire.writeBytes(incarnation.work().resolve("exit"), (code + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (RuntimeException e) {
            e.printStackTrace();
        }
        return code;
    }

    /** Files are handed in before the outcome names them: afterwards the service takes nothing more. */
    private int report(Conclusion conclusion) {
        Duration patience = incarnation.lastPatience(attempt.spec());
        boolean handedIn = uploads.map(one -> one.artifacts(conclusion.artifacts(), patience)).orElse(true);
        uploads.ifPresent(Uploads::log);
        WorkerEvent said = channel.end(conclusion.event(), handedIn ? patience : Duration.ZERO);
        return said instanceof WorkerEvent.Failed && conclusion.exitCode() == ExitCodes.OK ? ExitCodes.FAILED : conclusion.exitCode();
    }

    /** Work that writes checkpoints ends by itself, after one more; other work, and work that takes too long, is ended here. */
    private void terminated() {
        incarnation.service().ifPresent(Service::hurry);
        if (!attempt.checkpoints().end() || !waitFor(CHECKPOINT_MILLIS)) {
            if (ended.compareAndSet(false, true)) {
                Runtime.getRuntime().halt(say(Conclusion.failed(FailureCause.CANCELLED, new StoppedException.Terminated().getMessage(), ExitCodes.TERMINATED)));
            }
            waitFor(END_MILLIS);
        }
        Runtime.getRuntime().halt(exitCode);
    }

    private void watch() {
        while (!waitFor(WATCH_MILLIS)) {
            try {
                look();
            } catch (RuntimeException | OutOfMemoryError e) {
                System.err.println("the watch missed a beat: " + e);
            }
        }
    }

    private void look() {
        long used = Vitals.residentBytes();
        long allowed = attempt.spec().resources().memoryBytes();
        if (used > allowed) {
            attempt.overMemory(used);
        }
        if (used > FAR_OVER * allowed && ended.compareAndSet(false, true)) {
            String message = new StoppedException.OverMemory(used, allowed).getMessage();
            Runtime.getRuntime().halt(say(Conclusion.failed(FailureCause.MEMORY, message, ExitCodes.FAILED)));
        }
        beat();
    }

    /** A heartbeat that is refused does not end anything here: the work's own next word will be refused too. */
    private void beat() {
        try {
            channel.heartbeat(attempt.seconds());
        } catch (RuntimeException e) {
            System.err.println("no heartbeat: " + e.getMessage());
        }
    }

    /** @return whether the attempt has ended */
    private boolean waitFor(long millis) {
        try {
            return done.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static void awaitForever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            System.err.println("ended while the process was being terminated");
        }
    }
}
