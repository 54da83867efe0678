package io.tunesmith.dispatch;

import io.tunesmith.contract.WorkerEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the watch does next about an attempt without a recorded end: decided purely from what is stored and what the engine says. */
sealed interface Step {
    /** A process that ended may still have a report under way. */
    Duration LATE_REPORT = Duration.ofSeconds(1);
    /** From the start of the process to its claim. */
    Duration START_LIMIT = Duration.ofSeconds(120);
    Duration SUSPECT_AFTER = Duration.ofSeconds(3L * WorkerEvent.Heartbeat.EVERY_SECONDS);

    record Wait() implements Step {}

    /** Mark it: heartbeats are missing, yet the engine has not said that it ended. */
    record Suspect() implements Step {}

    /** What the process left in its folder decides. */
    record ReadRemains() implements Step {}

    /** Record this end, then have the job ended. */
    record Stop(AttemptEnd end) implements Step {}

    /**
     * @param endedSince when the engine was first seen to have ended the job; counts only if the view says so
     * @param outcome whether the process wrote its outcome into its folder
     * @param seconds wall-clock limit from the claim
     * @param settle how long the engine may not yet know a fresh job
     */
    static Step next(Attempt attempt, AttemptView view, Instant endedSince, boolean outcome, double seconds, Duration settle, Instant now) {
        return switch (view.phase()) {
            case GONE -> passed(attempt.heard(), settle, now) ? ended(endedSince, outcome, now) : new Wait();
            case ENDED -> ended(endedSince, outcome, now);
            case QUEUED -> new Wait();
            case RUNNING, STOPPING -> running(attempt, view.started().orElse(attempt.heard()), seconds, now);
            case UNKNOWN -> running(attempt, now, seconds, now);
        };
    }

    private static Step ended(Instant since, boolean outcome, Instant now) {
        return outcome || passed(since, LATE_REPORT, now) ? new ReadRemains() : new Wait();
    }

    private static Step running(Attempt attempt, Instant started, double seconds, Instant now) {
        Optional<Instant> claimed = attempt.claimed();
        if (claimed.isEmpty()) {
            return passed(started, START_LIMIT, now)
                    ? new Stop(new AttemptEnd.Lost(AttemptView.Cause.NOT_STARTED, "not claimed within " + START_LIMIT.toSeconds() + " s")) : new Wait();
        }
        if (passed(claimed.get(), Duration.ofMillis((long) (seconds * 1000)), now)) {
            return new Stop(new AttemptEnd.TimedOut(seconds));
        }
        boolean silent = attempt.state() != Attempt.State.SUSPECT && passed(attempt.heard(), SUSPECT_AFTER, now);
        return silent ? new Suspect() : new Wait();
    }

    private static boolean passed(Instant since, Duration limit, Instant now) {
        return Duration.between(since, now).compareTo(limit) >= 0;
    }
}
