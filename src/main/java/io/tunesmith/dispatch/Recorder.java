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
    private final Map<AttemptKey, Running> here = new ConcurrentHashMap<>();
    private final Map<AttemptKey, Running> given = new ConcurrentHashMap<>();
    private final Map<AttemptKey, Leaving> leaving = new ConcurrentHashMap<>();

    /** A job whose attempt has ended. @param since when it ended, or when its job was last asked to end */
    record Leaving(JobRef job, Instant since) {}

    Recorder(AttemptStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Takes the attempt in; the one that is here already if there is one. */
    Optional<Running> begin(Running one) {
        return Optional.ofNullable(here.putIfAbsent(one.key(), one));
    }

    /** From now on it is watched: it was given to a backend. */
    void given(Running one, TrainingBackend backend) {
        one.on(backend, clock.instant());
        given.put(one.key(), one);
    }

    /** Lets go of an attempt that could not even be stored. */
    void abandon(Running one, RuntimeException why) {
        here.remove(one.key(), one);
        given.remove(one.key(), one);
        one.end().completeExceptionally(why);
    }

    /** The attempt, whether it waits or was given to a backend. */
    Optional<Running> here(AttemptKey key) {
        return Optional.ofNullable(here.get(key));
    }

    Collection<Running> all() {
        return List.copyOf(here.values());
    }

    /** Attempts that were given to a backend. */
    Collection<Running> given() {
        return List.copyOf(given.values());
    }

    Recording conclude(AttemptKey key, int n, int incarnation, AttemptEnd end) {
        Recording recording = store.conclude(key, n, incarnation, end, clock.instant());
        settle(key);
        return recording;
    }

    /**
     * Completes the future of an attempt whose end is recorded, by whomever, once its listener has been told all that was recorded: what a listener makes
     * of it is then the same whichever service told it. @return whether the end is recorded
     */
    boolean settle(AttemptKey key) {
        Optional<Attempt> ended = store.find(key).filter(attempt -> attempt.end().isPresent());
        ended.ifPresent(attempt -> here(key).ifPresent(one -> {
            one.tellAll(store.events(key));
            if (here.remove(key, one)) {
                given.remove(key, one);
                one.end().complete(attempt);
                one.job().ifPresent(this::leave);
            }
        }));
        return ended.isPresent();
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
        return here.containsKey(key) || leaving.containsKey(key);
    }
}
