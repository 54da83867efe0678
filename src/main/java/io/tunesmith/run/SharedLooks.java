package io.tunesmith.run;

import io.tunesmith.core.RunId;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Versions of runs for many who ask at once: while one look at the store is under way, all others gather and share the next one. So there is one query at a
 * time, however many ask, and every answer was read after it was asked for. Thread-safe: {@code door} guards the look that gathers, {@code turn} is held by the one that reads.
 */
final class SharedLooks {
    private final Function<Set<RunId>, Map<RunId, RunVersion>> store;
    private final ReentrantLock turn = new ReentrantLock();
    private final ReentrantLock door = new ReentrantLock();
    private Look gathering = new Look();

    SharedLooks(Function<Set<RunId>, Map<RunId, RunVersion>> store) {
        this.store = store;
    }

    Optional<RunVersion> version(RunId id) {
        Look look;
        boolean first;
        door.lock();
        try {
            look = gathering;
            first = look.ids().isEmpty();
            look.ids().add(id);
        } finally {
            door.unlock();
        }
        if (first) {
            read(look);
        }
        return look.of(id);
    }

    private void read(Look look) {
        turn.lock();
        try {
            close();
            look.found().complete(store.apply(look.ids()));
        } catch (RuntimeException | Error e) {
            look.found().completeExceptionally(e);
        } finally {
            turn.unlock();
        }
    }

    /** Who comes from now on is served by the next look. */
    private void close() {
        door.lock();
        try {
            gathering = new Look();
        } finally {
            door.unlock();
        }
    }

    /** @param ids those asked for; not changed any more once the look is closed */
    private record Look(Set<RunId> ids, CompletableFuture<Map<RunId, RunVersion>> found) {
        Look() {
            this(new HashSet<>(), new CompletableFuture<>());
        }

        Optional<RunVersion> of(RunId id) {
            try {
                return Optional.ofNullable(found.join().get(id));
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException reason ? reason : e;
            }
        }
    }
}
