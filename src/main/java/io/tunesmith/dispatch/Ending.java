package io.tunesmith.dispatch;

import io.tunesmith.contract.Advice;
import io.tunesmith.contract.FailureCause;
import io.tunesmith.contract.WorkerEvent;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** What an attempt's end means for the work it was for: one total function. Immutable. */
public sealed interface Ending {

    record Complete(WorkerEvent.Result result) implements Ending {}

    record Pruned(WorkerEvent.Result result) implements Ending {}

    /** The configuration cannot work and is never tried again. @param reason memory, not_finite or time */
    record Infeasible(String reason, String detail) implements Ending {}

    /** Failed for good. @param code a {@link FailureCause} on the wire */
    record Failed(String code, String message, Optional<Advice> advice) implements Ending {}

    record Cancelled() implements Ending {}

    /** Nothing was learned about the work: try again while attempts are left. */
    record Retry(String why) implements Ending {}

    /** The exit code of a process that KILL ended: never its own doing. */
    int KILLED = 137;

    /** Memory, not-a-number and time limits are infeasible; a lost process, or one that was killed from outside, is tried again; everything else that failed stays failed. */
    static Ending of(AttemptEnd end) {
        return switch (end) {
            case AttemptEnd.Succeeded(WorkerEvent.Result result) -> result.pruned() ? new Pruned(result) : new Complete(result);
            case AttemptEnd.Failed failed -> switch (failed.cause()) {
                case MEMORY -> new Infeasible("memory", failed.message());
                case NOT_FINITE -> new Infeasible("not_finite", failed.message());
                case CANCELLED -> new Cancelled();
                case ERROR -> failed.exitCode().equals(OptionalInt.of(KILLED)) ? new Retry(failed.message()) : failed(failed);
                case DATA, CORRUPT_INPUT, DISK_FULL -> failed(failed);
            };
            case AttemptEnd.Lost lost -> new Retry(lost.message());
            case AttemptEnd.TimedOut(double seconds) -> new Infeasible("time", String.format(Locale.ROOT, "longer than its limit of %.1f s", seconds));
            case AttemptEnd.Cancelled() -> new Cancelled();
        };
    }

    private static Failed failed(AttemptEnd.Failed failed) {
        return new Failed(failed.cause().wire(), failed.message(), failed.advice());
    }
}
