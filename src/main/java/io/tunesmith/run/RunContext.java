package io.tunesmith.run;

import io.tunesmith.budget.Budget;
import io.tunesmith.budget.Meter;
import io.tunesmith.core.CrashPoint;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.RandomSource;
import io.tunesmith.core.RunId;
import io.tunesmith.data.DatasetRef;
import io.tunesmith.plan.PipelinePlan;
import java.nio.file.Path;
import java.time.Duration;
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

    /** The run as it is stored now. */
    Run current() {
        return ports.runs().find(id()).orElse(run);
    }

    /** The plan's budget, with all that the run was given since. */
    Budget budget(PipelinePlan plan) {
        return current().extra().on(plan.budget());
    }

    Meter meter(PipelinePlan plan) {
        return new Meter(budget(plan), began);
    }

    /** Notes how long the run was worked on until now. */
    void noteWorked() {
        ports.runs().worked(id(), Duration.between(began, now()));
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

    /** Asks, and ends the walk: the run waits, and goes on here when it is answered. */
    void ask(Question question) {
        noteWorked();
        boolean asked = ports.runs().ask(id(), question, now(), EventLog.data(question.text(), "question_id", question.id(), "options", question.options(), "assumed", question.assumed().orElse("")));
        CrashPoint.QUESTION_ASKED.reached();
        log.wake();
        if (!asked) {
            checkGoesOn();
        }
        throw new WalkEnds();
    }

    /** Ends the walk if someone asked for it: for good, or until the run is resumed. */
    void checkGoesOn() {
        checkGoesOn(current());
    }

    static void checkGoesOn(Run seen) {
        switch (seen.status()) {
            case QUEUED, PLANNING, RUNNING -> { }
            case CANCELLING -> throw new Failure.Exhausted(FailureCode.RUN_CONFLICT, "the run was cancelled").asException();
            case WAITING_INPUT, PAUSING, PAUSED, SUCCEEDED, FAILED, CANCELLED, BUDGET_EXHAUSTED -> throw new WalkEnds();
        }
    }

    boolean cancelled() {
        RunStatus status = current().status();
        return status == RunStatus.CANCELLING || status == RunStatus.CANCELLED;
    }
}
