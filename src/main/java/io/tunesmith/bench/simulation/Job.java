package io.tunesmith.bench.simulation;

import io.tunesmith.dispatch.AttemptView.Cause;
import io.tunesmith.dispatch.AttemptView.Phase;
import io.tunesmith.dispatch.AttemptView;
import io.tunesmith.dispatch.JobRef;
import io.tunesmith.dispatch.Submission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A job of an engine and its processes: the main one, and others that should not be there. For one thread. */
final class Job {
    private static final int SIGNALLED = 128;
    private final JobRef ref;
    private final Submission submission;
    private final List<Worker> workers = new ArrayList<>();
    private Optional<Worker> main = Optional.empty();
    private Optional<Machine> machine = Optional.empty();
    private Phase phase = Phase.QUEUED;
    private Optional<Cause> cause = Optional.empty();
    private OptionalInt exitCode = OptionalInt.empty();
    private Optional<Instant> started = Optional.empty();
    private Optional<Instant> ended = Optional.empty();
    private Optional<Instant> killAt = Optional.empty();
    private int restarts;

    Job(JobRef ref, Submission submission) {
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

    /** Where its processes may be; empty before it starts and after the machine has given its slot back. */
    Optional<Machine> machine() {
        return machine;
    }

    List<Worker> workers() {
        return List.copyOf(workers);
    }

    int restarts() {
        return restarts;
    }

    Optional<Instant> killAt() {
        return killAt;
    }

    void start(Machine on, Instant at) {
        machine = Optional.of(on);
        phase = Phase.RUNNING;
        started = Optional.of(at);
    }

    void restarted() {
        restarts++;
    }

    void add(Worker worker, boolean isMain) {
        workers.add(worker);
        main = isMain ? Optional.of(worker) : main;
    }

    boolean main(Worker worker) {
        workers.remove(worker);
        return main.filter(worker::equals).isPresent();
    }

    void killAll() {
        workers.clear();
    }

    /** Ends by KILL at the latest. */
    void cancel(Instant at) {
        killAt = Optional.of(killAt.orElse(at));
        phase = Phase.STOPPING;
    }

    void ended(Cause why, OptionalInt code, Instant at) {
        phase = Phase.ENDED;
        cause = Optional.of(why);
        exitCode = code;
        ended = Optional.of(at);
    }

    void leaves() {
        machine = Optional.empty();
    }

    AttemptView view() {
        OptionalInt signal = exitCode.isPresent() && exitCode.getAsInt() > SIGNALLED ? OptionalInt.of(exitCode.getAsInt() - SIGNALLED) : OptionalInt.empty();
        return new AttemptView(phase, cause, exitCode, signal, restarts, machine.map(Machine::name).orElse(""), started, ended, phase.name());
    }
}
