package io.tunesmith.search;

import java.util.List;
import java.util.Optional;

/** Decides whether a running trial is worth going on with (elsewhere: a pruner). Stateless and thread-safe, like {@link Sampler}. */
public interface Stopper {

    /** The name on the wire: none, median. */
    String name();

    /**
     * @param others the trials it may be compared with
     * @param running the trial, with its curve up to and including {@code step}
     * @return why to stop, in one sentence; empty to go on
     */
    Optional<String> stop(List<Evidence> others, Evidence running, long step);
}
