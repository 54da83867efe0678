package io.tunesmith.dispatch.local;

import io.tunesmith.dispatch.AttemptView.Cause;
import io.tunesmith.dispatch.AttemptView.Phase;
import io.tunesmith.dispatch.AttemptView;
import io.tunesmith.dispatch.JobRef;
import io.tunesmith.dispatch.Submission;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One job of the local backend. Guarded by the backend's lock. */
final class LocalJob {
    private static final int SIGNAL_BASE = 128;
    private static final int KILL = 9;
    private final JobRef ref;
    private final Submission submission;
    private Phase phase = Phase.QUEUED;
    private Optional<Worker> worker = Optional.empty();
    private OptionalInt exitCode = OptionalInt.empty();
    private Optional<Cause> cause = Optional.empty();
    private List<String> gpus = List.of();
    private boolean cancelled;
    private long killsBefore;
    private Optional<Instant> started = Optional.empty();
    private Optional<Instant> ended = Optional.empty();

    LocalJob(JobRef ref, Submission submission) {
        this.ref = ref;
        this.submission = submission;
    }

    JobRef ref() {
        return ref;
    }

    Submission submission() {
        return submission;
    }

    Phase phase() {
        return phase;
    }

    Optional<Worker> worker() {
        return worker;
    }

    /** Those that its process was given; none once it has ended. */
    List<String> gpus() {
        return phase == Phase.ENDED ? List.of() : gpus;
    }

    void running(Worker on, List<String> given, Instant at) {
        gpus = given;
        worker = Optional.of(on);
        phase = Phase.RUNNING;
        started = Optional.of(at);
        killsBefore = OutOfMemory.kills();
    }

    void stopping(Instant at) {
        cancelled = true;
        switch (phase) {
            case QUEUED -> end(Cause.CANCELLED, at);
            case RUNNING -> phase = Phase.STOPPING;
            case STOPPING, ENDED, GONE, UNKNOWN -> { }
        }
    }

    /** No process could be started for it. */
    void notStarted(Instant at) {
        end(Cause.NOT_STARTED, at);
    }

    /** Its process said or showed this exit code. @param toldOutOfMemory whether the process's last words were about memory */
    void ended(int code, boolean toldOutOfMemory, Instant at) {
        exitCode = OptionalInt.of(code);
        boolean killed = code == SIGNAL_BASE + KILL && OutOfMemory.kills() > killsBefore;
        end(cancelled ? Cause.CANCELLED : toldOutOfMemory || killed ? Cause.OOM : cause(code), at);
    }

    private void end(Cause why, Instant at) {
        phase = Phase.ENDED;
        cause = Optional.of(why);
        ended = Optional.of(at);
        worker = Optional.empty();
    }

    AttemptView view() {
        return new AttemptView(phase, cause, exitCode, signal(exitCode), 0, LocalBackend.NAME, started, ended, phase.name().toLowerCase(java.util.Locale.ROOT));
    }

    /** What can be said of a job that an earlier service handed to a process. */
    static AttemptView view(Traces.Trace trace) {
        OptionalInt code = trace.exitCode();
        Phase phase = code.isPresent() ? Phase.ENDED : trace.process().alive() ? Phase.RUNNING : Phase.GONE;
        Optional<Cause> cause = code.isPresent() ? Optional.of(cause(code.getAsInt())) : Optional.empty();
        return new AttemptView(phase, cause, code, signal(code), 0, LocalBackend.NAME, Optional.of(trace.submitted()), Optional.empty(), "process " + trace.process().pid());
    }

    private static Cause cause(int code) {
        return code == 0 ? Cause.OK : code > SIGNAL_BASE ? Cause.SIGNAL : Cause.EXIT;
    }

    private static OptionalInt signal(OptionalInt code) {
        return code.isPresent() && code.getAsInt() > SIGNAL_BASE ? OptionalInt.of(code.getAsInt() - SIGNAL_BASE) : OptionalInt.empty();
    }
}
