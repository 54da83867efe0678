package io.tunesmith.dispatch;

import io.tunesmith.contract.ExitCodes;
import io.tunesmith.contract.FailureCause;
import io.tunesmith.contract.Outcome;
import io.tunesmith.contract.WorkerEvent;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a process left that ended without reporting its end: a result file first, then a failed event, then the engine's word, exit code, signal and
 * log. Immutable.
 *
 * @param attempt as stored; a result file of another incarnation does not count
 * @param events from its own file
 * @param wallSeconds its limit, for an engine that enforced it
 */
record Remains(Attempt attempt, AttemptFolder folder, List<WorkerEvent> events, AttemptView view, double wallSeconds) {
    private static final int TERM = 15;

    AttemptEnd end() {
        return folder.outcome().filter(this::its).map(this::whole).or(this::lastWords).orElseGet(this::silent);
    }

    private AttemptEnd whole(Outcome outcome) {
        return folder.missing(outcome).<AttemptEnd>map(file -> new AttemptEnd.Lost(AttemptView.Cause.NODE_LOST, "its file " + file + " is missing")).orElseGet(() -> AttemptEnd.of(outcome));
    }

    private boolean its(Outcome outcome) {
        return outcome.n() == attempt.n() && outcome.incarnation() == attempt.incarnation();
    }

    private Optional<AttemptEnd> lastWords() {
        return events.stream().filter(WorkerEvent.Failed.class::isInstance).map(WorkerEvent.Failed.class::cast).reduce((_, last) -> last).map(AttemptEnd::of);
    }

    private AttemptEnd silent() {
        String log = folder.logTail();
        if (log.contains("OutOfMemoryError") || engineSays(AttemptView.Cause.OOM)) {
            return new AttemptEnd.Failed(FailureCause.MEMORY, "out of memory", exitCode());
        }
        if (log.contains("No space left on device")) {
            return new AttemptEnd.Failed(FailureCause.DISK_FULL, "no space left on the device", exitCode());
        }
        if (engineSays(AttemptView.Cause.TIME_LIMIT)) {
            return new AttemptEnd.TimedOut(wallSeconds);
        }
        return lost().<AttemptEnd>map(lost -> lost).orElseGet(() -> new AttemptEnd.Failed(FailureCause.ERROR, "its process " + how() + " and left no result", exitCode()));
    }

    /** Reasons that say nothing about the work. */
    private Optional<AttemptEnd.Lost> lost() {
        if (view.phase() == AttemptView.Phase.GONE) {
            return Optional.of(new AttemptEnd.Lost(AttemptView.Cause.NODE_LOST, "its process is gone without a trace"));
        }
        if (attempt.claimed().isEmpty() || engineSays(AttemptView.Cause.NOT_STARTED)) {
            return Optional.of(new AttemptEnd.Lost(AttemptView.Cause.NOT_STARTED, "its process " + how() + " before it began"));
        }
        if (engineSays(AttemptView.Cause.NODE_LOST)) {
            return Optional.of(new AttemptEnd.Lost(AttemptView.Cause.NODE_LOST, "its machine was lost"));
        }
        if (terminated() || engineSays(AttemptView.Cause.PREEMPTED) || engineSays(AttemptView.Cause.CANCELLED)) {
            return Optional.of(new AttemptEnd.Lost(AttemptView.Cause.PREEMPTED, "its process was terminated from outside"));
        }
        return exitCode().equals(OptionalInt.of(ExitCodes.REFUSED)) ? Optional.of(new AttemptEnd.Lost(AttemptView.Cause.NODE_LOST, "its process was refused")) : Optional.empty();
    }

    private boolean terminated() {
        return view.signal().equals(OptionalInt.of(TERM)) || exitCode().equals(OptionalInt.of(ExitCodes.TERMINATED));
    }

    private String how() {
        if (view.signal().isPresent()) {
            return "was killed by signal " + view.signal().getAsInt();
        }
        return exitCode().isPresent() ? "ended with exit code " + exitCode().getAsInt() : "ended";
    }

    private boolean engineSays(AttemptView.Cause cause) {
        return view.cause().filter(cause::equals).isPresent();
    }

    private OptionalInt exitCode() {
        OptionalInt own = folder.exitCode();
        return own.isPresent() ? own : view.exitCode();
    }
}
