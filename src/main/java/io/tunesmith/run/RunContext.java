package io.tunesmith.run;

import io.tunesmith.budget.Meter;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.RandomSource;
import io.tunesmith.core.RunId;
import io.tunesmith.data.DatasetRef;
import io.tunesmith.plan.PipelinePlan;
import java.nio.file.Path;
import java.time.Instant;

/**
 * What every step needs of its run: the run, its data, the ports, its log. One for each walk through a run.
 *
 * @param began when the run would have begun had it been worked on ever since: this walk's start less what earlier walks worked
 */
record RunContext(Run run, DatasetRef data, Ports ports, Folders folders, EventLog log, Attempts attempts, Instant began) {

    RunId id() {
        return run.id();
    }

    Path dataFile() {
        return ports.datasets().file(data.id());
    }

    RandomSource random() {
        return new RandomSource(run.seed());
    }

    Instant now() {
        return ports.clock().instant();
    }

    Meter meter(PipelinePlan plan) {
        return new Meter(plan.budget(), began);
    }

    /** Seconds from now to {@code end}, at least one. */
    double secondsTo(Instant end) {
        return Math.max(1, Meter.left(end, now()).toMillis() / 1000.0);
    }

    void say(String type, String text, Object... namesAndValues) {
        log.append(id(), type, text, namesAndValues);
    }

    /** Says what must be said exactly once, also if a crash came between the deed and the word. */
    void sayOnce(String draw, String type, String text, Object... namesAndValues) {
        log.once(id(), draw, type, text, namesAndValues);
    }

    /** Ends the walk if someone asked for it. */
    void checkCancelled() {
        if (cancelled()) {
            throw new Failure.Exhausted(FailureCode.RUN_CONFLICT, "the run was cancelled").asException();
        }
    }

    boolean cancelled() {
        return ports.runs().find(id()).map(Run::status).filter(status -> status == RunStatus.CANCELLING || status == RunStatus.CANCELLED).isPresent();
    }
}
