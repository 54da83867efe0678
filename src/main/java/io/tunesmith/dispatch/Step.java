package io.tunesmith.dispatch;

import io.tunesmith.contract.WorkerEvent;
import java.time.Duration;
import java.time.Instant;

/** What the watch does next about an attempt without a recorded end: decided purely from what is stored and what the engine says. */
sealed interface Step {
    /** A process that ended may still have a report under way. */
    Duration LATE_REPORT = Duration.ofSeconds(1);
    /** From the start of the process to its claim. */
    Duration START_LIMIT = Duration.ofSeconds(120);
    Duration SUSPECT_AFTER = Duration.ofSeconds(3L * WorkerEvent.Heartbeat.EVERY_SECONDS);

    /**
     * What this service saw: no clock of an engine, of a machine or of an earlier service counts, for each may be wrong by hours.
     *
     * @param job since when the job is known
     * @param running since when the engine says that it runs; now if it does not
     * @param ended since when the engine says that it is over; now if it does not
     * @param worked how long its process has worked; nothing if it has not claimed
     */
    record Seen(Instant job, Instant running, Instant ended, Duration worked) {}

    record Wait() implements Step {}

    /** Mark it: heartbeats are missing, yet the engine has not said that it ended. */
    record Suspect() implements Step {}

    /** What the process left in its folder decides. */
    record ReadRemains() implements Step {}

    /** Record this end, then have the job ended. */
    record Stop(AttemptEnd end) implements Step {}

    /**
     * @param seen what this service itself saw, on its own clock
     * @param outcome whether the process wrote its outcome into its folder
     * @param seconds how long it may work
     * @param settle how long the engine may not yet know a fresh job
     */
    static Step next(Attempt attempt, AttemptView view, Seen seen, boolean outcome, double seconds, Duration settle, Instant now) {
        return switch (view.phase()) {
            case GONE -> passed(seen.job(), settle, now) ? ended(seen.ended(), outcome, now) : new Wait();
            case ENDED -> stillSpeaks(attempt, view, now) ? running(attempt, now, seen.worked(), seconds, now) : ended(seen.ended(), outcome, now);
            case QUEUED -> new Wait();
            case RUNNING, STOPPING -> running(attempt, seen.running(), seen.worked(), seconds, now);
            case UNKNOWN -> running(attempt, now, seen.worked(), seconds, now);
        };
    }

    /** That a machine is lost is concluded from its silence: a process that reports all the same is not lost. */
    private static boolean stillSpeaks(Attempt attempt, AttemptView view, Instant now) {
        return view.cause().filter(AttemptView.Cause.NODE_LOST::equals).isPresent() && attempt.claimed().isPresent() && !passed(attempt.heard(), SUSPECT_AFTER, now);
    }

    private static Step ended(Instant since, boolean outcome, Instant now) {
        return outcome || passed(since, LATE_REPORT, now) ? new ReadRemains() : new Wait();
    }

    private static Step running(Attempt attempt, Instant started, Duration worked, double seconds, Instant now) {
        if (attempt.claimed().isEmpty()) {
            return passed(started, START_LIMIT, now)
                    ? new Stop(new AttemptEnd.Lost(AttemptView.Cause.NOT_STARTED, "not claimed within " + START_LIMIT.toSeconds() + " s")) : new Wait();
        }
        if (worked.compareTo(Duration.ofMillis((long) (seconds * 1000))) >= 0) {
            return new Stop(new AttemptEnd.TimedOut(seconds));
        }
        boolean silent = attempt.state() != Attempt.State.SUSPECT && passed(attempt.heard(), SUSPECT_AFTER, now);
        return silent ? new Suspect() : new Wait();
    }

    private static boolean passed(Instant since, Duration limit, Instant now) {
        return Duration.between(since, now).compareTo(limit) >= 0;
    }
}
