package io.tunesmith.dispatch;

import java.util.List;
import java.util.Optional;

/** The engines that this service may use, in the order of preference. Immutable; names are unique. */
public record Backends(List<TrainingBackend> all) {

    public Backends {
        all = List.copyOf(all);
        long names = all.stream().map(backend -> backend.describe().name()).distinct().count();
        if (all.isEmpty() || names != all.size()) {
            throw new IllegalArgumentException("backends without names of their own: " + all.stream().map(backend -> backend.describe().name()).toList());
        }
    }

    public static Backends of(TrainingBackend... backends) {
        return new Backends(List.of(backends));
    }

    /** Attempts at once on all of them. */
    public int slots() {
        return all.stream().mapToInt(backend -> backend.describe().slots()).sum();
    }

    public Optional<TrainingBackend> named(String name) {
        return all.stream().filter(backend -> backend.describe().name().equals(name)).findFirst();
    }
}
