package io.tunesmith.dispatch;

import io.tunesmith.contract.AttemptKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Records ends and tells those who wait. The store decides every race; here is only what this service itself started: the attempts that run, and the
 * jobs of ended attempts until their engine has let go of them. Thread-safe: concurrent maps, no lock; futures complete in the recording thread.
 */
final class Recorder {
    private final AttemptStore store;
    private final Clock clock;
    private final Map<AttemptKey, Running> running = new ConcurrentHashMap<>();
    private final Map<AttemptKey, Leaving> leaving = new ConcurrentHashMap<>();

    /** A job whose attempt has ended. @param since when it ended, or when its job was last asked to end */
    record Leaving(JobRef job, Instant since) {}

    Recorder(AttemptStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Takes the attempt in; the one that runs here already if there is one. */
    Optional<Running> begin(Running one) {
        return Optional.ofNullable(running.putIfAbsent(one.key(), one));
    }

    /** Lets go of an attempt that could not even be stored. */
    void abandon(Running one, RuntimeException why) {
        running.remove(one.key(), one);
        one.end().completeExceptionally(why);
    }

    Optional<Running> here(AttemptKey key) {
        return Optional.ofNullable(running.get(key));
    }

    Collection<Running> all() {
        return List.copyOf(running.values());
    }

    Recording conclude(AttemptKey key, int n, int incarnation, AttemptEnd end) {
        Recording recording = store.conclude(key, n, incarnation, end, clock.instant());
        settle(key);
        return recording;
    }

    /** Completes the future of an attempt whose end is recorded, by whomever. @return whether it is */
    boolean settle(AttemptKey key) {
        Optional<AttemptEnd> end = store.find(key).flatMap(Attempt::end);
        end.ifPresent(recorded -> Optional.ofNullable(running.remove(key)).ifPresent(one -> {
            one.end().complete(recorded);
            one.job().ifPresent(this::leave);
        }));
        return end.isPresent();
    }

    /** From now on this job is only waited for, and asked to end if it lingers. */
    void leave(JobRef job) {
        leaving.put(job.key(), new Leaving(job, clock.instant()));
    }

    Collection<Leaving> leaving() {
        return List.copyOf(leaving.values());
    }

    void left(AttemptKey key) {
        leaving.remove(key);
    }

    boolean knows(AttemptKey key) {
        return running.containsKey(key) || leaving.containsKey(key);
    }
}
