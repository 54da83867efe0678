package io.tunesmith.dispatch.agent;

import io.tunesmith.contract.agent.JobReport;
import io.tunesmith.dispatch.AttemptView.Cause;
import io.tunesmith.dispatch.AttemptView.Phase;
import io.tunesmith.dispatch.AttemptView;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** How attempts on agents stand, by what was heard and for how long nothing was. Pure. */
final class Views {
    static final AttemptView GONE = plain(Phase.GONE, "", "unknown attempt");

    private Views() {}

    /** @param silence of its agent; empty if the agent is not known at all */
    static AttemptView of(AgentJob job, String node, Optional<Duration> silence, AgentTimes times) {
        if (job.ended()) {
            return job.view().orElseThrow();
        }
        if (silence.isEmpty() || silence.get().compareTo(times.lost()) > 0) {
            String why = silence.map(time -> "the agent " + node + " has been silent for " + time.toSeconds() + " s").orElse("its agent is not known");
            return ended(Cause.NODE_LOST, node, why, job.view().flatMap(AttemptView::started), Optional.empty());
        }
        if (silence.get().compareTo(times.suspect()) >= 0) {
            Optional<Instant> started = job.view().flatMap(AttemptView::started);
            return new AttemptView(Phase.UNKNOWN, Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), 0, node, started, Optional.empty(), "the agent " + node + " is silent");
        }
        return job.view().orElseGet(() -> plain(Phase.QUEUED, node, job.delivered() ? "told to " + node : "waits for " + node));
    }

    /** What an agent reports, with times by our clock. */
    static AttemptView of(JobReport report, Optional<AttemptView> before, String node, Instant now) {
        Phase phase = word(Phase.class, report.phase()).filter(known -> known != Phase.GONE).orElse(Phase.UNKNOWN);
        Optional<Instant> started = before.flatMap(AttemptView::started).or(() -> phase == Phase.RUNNING ? Optional.of(now) : Optional.empty());
        Optional<Cause> cause = phase == Phase.ENDED ? Optional.of(report.cause().flatMap(text -> word(Cause.class, text)).orElse(Cause.EXIT)) : Optional.empty();
        return new AttemptView(phase, cause, report.exitCode(), report.signal(), 0, node, started, phase == Phase.ENDED ? Optional.of(now) : Optional.empty(), String.valueOf(report.text()));
    }

    static AttemptView ended(Cause cause, String node, String why, Optional<Instant> started, Optional<Instant> at) {
        return new AttemptView(Phase.ENDED, Optional.of(cause), OptionalInt.empty(), OptionalInt.empty(), 0, node, started, at, why);
    }

    private static AttemptView plain(Phase phase, String node, String raw) {
        return new AttemptView(phase, Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), 0, node, Optional.empty(), Optional.empty(), raw);
    }

    private static <E extends Enum<E>> Optional<E> word(Class<E> type, String text) {
        try {
            return Optional.of(Enum.valueOf(type, String.valueOf(text).toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
