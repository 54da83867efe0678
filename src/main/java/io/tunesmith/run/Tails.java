package io.tunesmith.run;

import io.tunesmith.core.RunId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The tails of the runs that someone follows, each read by a virtual thread for as long as that is so. Thread-safe: joining and ending a tail exclude each other. */
final class Tails {
    /** Of all tails together. */
    private static final int MOST_CHARACTERS = 8 << 20;
    private static final int LEAST_CHARACTERS = 32_768;
    private final RunStore store;
    private final Map<RunId, Tail> open = new ConcurrentHashMap<>();

    Tails(RunStore store) {
        this.store = store;
    }

    /** One more follows this run; each join ends with a {@link Tail#leave}. */
    Tail join(RunId run) {
        return open.compute(run, (_, known) -> {
            Tail tail = Optional.ofNullable(known).orElseGet(() -> begun(run));
            tail.join();
            return tail;
        });
    }

    private Tail begun(RunId run) {
        Tail tail = new Tail(store, run, this::allowed);
        Thread.ofVirtual().name("tail of " + run).start(() -> {
            try {
                tail.read(() -> end(run));
            } finally {
                open.remove(run, tail);
            }
        });
        return tail;
    }

    private int allowed() {
        return Math.clamp(MOST_CHARACTERS / Math.max(1, open.size()), LEAST_CHARACTERS, Tail.MOST_CHARACTERS);
    }

    private boolean end(RunId run) {
        return open.computeIfPresent(run, (_, tail) -> tail.followed() ? tail : null) == null;
    }

    void wake(RunId run) {
        Optional.ofNullable(open.get(run)).ifPresent(Tail::wake);
    }

    void wake() {
        open.values().forEach(Tail::wake);
    }

    int open() {
        return open.size();
    }
}
