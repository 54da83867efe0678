package io.tunesmith.search.stop;

import io.tunesmith.search.Evidence;
import io.tunesmith.search.Stopper;
import java.util.List;
import java.util.Optional;

/** Lets every trial run to its end. */
public final class NoStopper implements Stopper {
    @Override
    public String name() {
        return "none";
    }

    @Override
    public Optional<String> stop(List<Evidence> others, Evidence running, long step) {
        return Optional.empty();
    }
}
