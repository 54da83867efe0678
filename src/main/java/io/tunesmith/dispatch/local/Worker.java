package io.tunesmith.dispatch.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A child process that works on attempts: one that waits for attempt folders on its standard input (warm), or one started for a single attempt (cold).
 * The first attempt binds it to an affinity for good. Guarded by the backend's lock.
 */
final class Worker {
    private final long memoryBytes;
    private Optional<Child> child = Optional.empty();
    private Optional<String> affinity = Optional.empty();
    private Optional<LocalJob> job = Optional.empty();
    private Instant lastUsed;
    private boolean ready;
    private boolean ending;
    private boolean dismissed;

    Worker(long memoryBytes, Instant now) {
        this.memoryBytes = memoryBytes;
        this.lastUsed = now;
    }

    void runsAs(Child started) {
        child = Optional.of(started);
    }

    Child child() {
        return child.orElseThrow();
    }

    Optional<LocalJob> job() {
        return job;
    }

    Optional<String> affinity() {
        return affinity;
    }

    Instant lastUsed() {
        return lastUsed;
    }

    /** Its warm start is over. */
    void ready() {
        ready = true;
    }

    boolean ending() {
        return ending;
    }

    boolean idle() {
        return job.isEmpty() && !ending && child().alive();
    }

    boolean fits(Optional<String> wanted, long memory) {
        return idle() && affinity.equals(wanted) && memoryBytes == memory;
    }

    /** Whether another should take its place: it did its part and was not sent away. */
    boolean isMissed() {
        return ready && affinity.isPresent() && !dismissed;
    }

    /** Tells a warm one to work on the attempt; from here on it is this affinity's. */
    void handOver(LocalJob work, Path folder) throws IOException {
        child().say(folder.toString());
        bind(work);
    }

    /** It was started for this attempt. */
    void bind(LocalJob work) {
        affinity = Optional.of(work.submission().affinity());
        job = Optional.of(work);
    }

    void finished(Instant now) {
        job = Optional.empty();
        lastUsed = now;
    }

    /** Ends it with whatever it does. */
    void end(Duration grace) {
        ending = true;
        child().end(grace);
    }

    /** It is needed no more. */
    void dismiss(Duration grace) {
        dismissed = true;
        ending = true;
        child().hangUp();
        child().end(grace);
    }
}
