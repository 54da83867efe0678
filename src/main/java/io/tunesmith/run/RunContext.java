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

/** What every step needs of its run: the run, its data, the ports, its log. One for each walk through a run. */
record RunContext(Run run, DatasetRef data, Ports ports, Folders folders, EventLog log, Attempts attempts) {

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
        return new Meter(plan.budget(), run.accepted());
    }

    /** Seconds from now to {@code end}, at least one. */
    double secondsTo(Instant end) {
        return Math.max(1, Meter.left(end, now()).toMillis() / 1000.0);
    }

    void say(String type, String text, Object... namesAndValues) {
        log.append(id(), type, text, namesAndValues);
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
