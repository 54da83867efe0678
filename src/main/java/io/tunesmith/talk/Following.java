package io.tunesmith.talk;

import io.tunesmith.core.RunId;
import io.tunesmith.run.Follower;
import io.tunesmith.run.Run;
import io.tunesmith.run.RunEvent;
import io.tunesmith.run.Runs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tells what happens to a run until it rests (see {@link Narrator#rests}) or the time is over. Blocks; of one thread. */
public final class Following {
    private static final Duration QUIET = Duration.ofSeconds(15);
    private final Runs runs;
    private final Clock clock;

    public Following(Runs runs, Clock clock) {
        this.runs = runs;
        this.clock = clock;
    }

    /** Hears what is told. What it throws ends the telling, never the run. */
    public interface Listener {

        /** @param line empty for an event that is not told */
        void event(RunEvent event, Optional<String> line);

        /** Nothing has happened for 15 seconds. */
        void quiet();
    }

    /**
     * @param after the number of the last event that is not told
     * @return whether the run rests; false: the time is over
     */
    public boolean until(Instant end, RunId run, long after, Listener listener) {
        try (Follower follower = runs.follow(run, after)) {
            while (true) {
                boolean ended = runs.find(run).flatMap(Run::ended).isPresent();
                Duration left = Duration.between(clock.instant(), end);
                boolean over = ended || !left.isPositive();
                List<RunEvent> events = follower.next(over ? Duration.ZERO : left.compareTo(QUIET) < 0 ? left : QUIET);
                for (RunEvent event : events) {
                    listener.event(event, Narrator.line(event));
                    if (Narrator.rests(event)) {
                        return true;
                    }
                }
                if (events.isEmpty() && (over || Thread.currentThread().isInterrupted())) {
                    return ended;
                }
                if (events.isEmpty()) {
                    listener.quiet();
                }
            }
        }
    }
}
