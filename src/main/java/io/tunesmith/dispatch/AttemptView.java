package io.tunesmith.dispatch;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** What the engine says about a job now. {@code raw} is its own word, for people. */
public record AttemptView(Phase phase, Optional<Cause> cause, OptionalInt exitCode, OptionalInt signal, int restarts, String node, Optional<Instant> started, Optional<Instant> ended, String raw) {

    public enum Phase { QUEUED, RUNNING, STOPPING, ENDED, GONE, UNKNOWN }

    /** Why a job ended, as the engine sees it. */
    public enum Cause { OK, EXIT, SIGNAL, OOM, TIME_LIMIT, CANCELLED, PREEMPTED, NODE_LOST, NOT_STARTED }
}
