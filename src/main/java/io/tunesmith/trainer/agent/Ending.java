package io.tunesmith.trainer.agent;

import io.tunesmith.contract.ExitCodes;
import io.tunesmith.contract.FailureCause;
import io.tunesmith.contract.Wire;
import io.tunesmith.contract.WorkerEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongFunction;

/**
 * Sees to it that an attempt ends once: by its work, by TERM (a shutdown hook), or by the watch over memory when native code does not come
 * back to be told. Whoever comes first ends it, the others wait. Also beats the heart. Thread-safe by one atomic flag.
 */
final class Ending implements AutoCloseable {
    private static final long WATCH_MILLIS = 500;
    /** Above the limit by this factor the watch ends the process itself. */
    private static final double FAR_OVER = 1.25;

    private final Path folder;
    private final EventChannel channel;
    private final Optional<Service> service;
    private final Attempt attempt;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::terminated, "term");

    /** @param event the last event, made for its number; not said if the code is REFUSED */
    record Conclusion(LongFunction<WorkerEvent> event, int exitCode) {}

    Ending(Path folder, EventChannel channel, Optional<Service> service, Attempt attempt) {
        this.folder = folder;
        this.channel = channel;
        this.service = service;
        this.attempt = attempt;
        Runtime.getRuntime().addShutdownHook(hook);
        Thread.ofPlatform().daemon().name("heart").start(this::watch);
    }

    /** Ends the attempt so, unless it has ended otherwise; then waits for the process to end. */
    int conclude(Conclusion conclusion) {
        if (!ended.compareAndSet(false, true)) {
            awaitForever();
        }
        try {
            return say(conclusion);
        } finally {
            done.countDown();
        }
    }

    private int say(Conclusion conclusion) {
        if (conclusion.exitCode() == ExitCodes.REFUSED) {
            return ExitCodes.REFUSED;
        }
        try {
            channel.end(conclusion.event());
        } catch (StoppedException.Fenced fenced) {
            System.err.println(fenced.getMessage());
            return ExitCodes.REFUSED;
        } catch (RuntimeException e) {
            e.printStackTrace();
        }
        try {
            Wire.writeBytes(folder.resolve("exit"), (conclusion.exitCode() + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (RuntimeException e) {
            e.printStackTrace();
        }
        return conclusion.exitCode();
    }

    private void terminated() {
        service.ifPresent(Service::hurry);
        if (ended.compareAndSet(false, true)) {
            Runtime.getRuntime().halt(say(new Conclusion(seq -> new WorkerEvent.Failed(seq, FailureCause.CANCELLED, "TERM was received"), ExitCodes.TERMINATED)));
        }
        waitFor(10_000);
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
            Runtime.getRuntime().halt(say(new Conclusion(seq -> new WorkerEvent.Failed(seq, FailureCause.MEMORY, message), ExitCodes.FAILED)));
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
