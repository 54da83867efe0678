package io.tunesmith.dispatch;

import io.tunesmith.contract.Advice;
import io.tunesmith.contract.FailureCause;
import io.tunesmith.contract.Outcome;
import io.tunesmith.contract.WorkerEvent;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** How an attempt ended, recorded once. Immutable. */
public sealed interface AttemptEnd {

    /** The process delivered a result (a pruned one too). */
    record Succeeded(WorkerEvent.Result result) implements AttemptEnd {}

    /** The process said why it failed, or its exit code and log did. */
    record Failed(FailureCause cause, String message, OptionalInt exitCode, Optional<Advice> advice) implements AttemptEnd {
        public Failed(FailureCause cause, String message, OptionalInt exitCode) {
            this(cause, message, exitCode, Optional.empty());
        }
    }

    /** The process is gone for a reason that says nothing about its work. */
    record Lost(AttemptView.Cause cause, String message) implements AttemptEnd {}

    /** Ended by our own timer. */
    record TimedOut(double seconds) implements AttemptEnd {}

    /** Ended because someone asked for it. */
    record Cancelled() implements AttemptEnd {}

    /**
     * What the process itself says of its end. The same words give the same end, by whichever way they came. Numbers that are not finite are a
     * failure, never a result. A TERM that was not ours (a cancelled attempt has its end before its process hears of it) loses the process.
     */
    static AttemptEnd of(Outcome outcome) {
        return switch (outcome.event()) {
            case WorkerEvent.Finished finished -> notFinite(finished.result())
                    .<AttemptEnd>map(name -> new Failed(FailureCause.NOT_FINITE, name + " is not finite", OptionalInt.empty()))
                    .orElseGet(() -> new Succeeded(finished.result()));
            case WorkerEvent.Failed failed -> of(failed);
            case WorkerEvent.Started _, WorkerEvent.Heartbeat _, WorkerEvent.Measured _, WorkerEvent.Checkpointed _ ->
                    throw new IllegalArgumentException("no end: " + outcome.event());
        };
    }

    static AttemptEnd of(WorkerEvent.Failed failed) {
        return failed.cause() == FailureCause.CANCELLED ? new Lost(AttemptView.Cause.PREEMPTED, "its process was terminated from outside")
                : new Failed(failed.cause(), failed.message(), OptionalInt.empty(), failed.advice());
    }

    /** The name of a value that is not finite, if there is one. */
    private static Optional<String> notFinite(WorkerEvent.Result result) {
        return Stream.concat(result.values().entrySet().stream(), result.facts().entrySet().stream())
                .filter(entry -> !Double.isFinite(entry.getValue())).map(Map.Entry::getKey).findFirst();
    }
}
