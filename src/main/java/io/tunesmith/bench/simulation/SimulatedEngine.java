package io.tunesmith.bench.simulation;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.ExitCodes;
import io.tunesmith.dispatch.AttemptView.Cause;
import io.tunesmith.dispatch.AttemptView.Phase;
import io.tunesmith.dispatch.AttemptView;
import io.tunesmith.dispatch.Capabilities;
import io.tunesmith.dispatch.JobRef;
import io.tunesmith.dispatch.Room;
import io.tunesmith.dispatch.Submission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * An engine with machines of so many slots each. A machine that it cannot reach is silent: what its jobs do is unknown, until it has been silent for too
 * long. Not final, so that a test may plant a leak. For one thread.
 */
class SimulatedEngine {
    private static final Duration LOST_AFTER = Duration.ofSeconds(180);
    private static final int KILLED = 9;
    private static final int SIGNALLED = 128;
    private final World world;
    private final Capabilities capabilities;
    private final List<Machine> machines;
    private final Map<AttemptKey, Job> jobs = new LinkedHashMap<>();
    private final List<Runnable> listeners = new ArrayList<>();
    private Instant downUntil = Instant.MIN;
    private int submits;

    SimulatedEngine(World world, Capabilities capabilities, List<Integer> slots) {
        this.world = world;
        this.capabilities = capabilities;
        this.machines = slots.stream().map(count -> new Machine(capabilities.name() + "-" + count, count, world.faults().strikes(Fault.CLOCK_JUMP) ? hours() : Duration.ZERO)).toList();
    }

    private Duration hours() {
        return Duration.ofHours(world.random().nextBoolean() ? 1 : -1);
    }

    Capabilities describe() {
        return capabilities;
    }

    boolean answers() {
        return !world.clock().instant().isBefore(downUntil);
    }

    void down(Duration time) {
        downUntil = world.clock().instant().plus(time);
        world.history().say(capabilities.name() + " does not answer for " + time.toSeconds() + " s");
    }

    void onRoom(Runnable listener) {
        listeners.add(listener);
    }

    List<Machine> machines() {
        return machines;
    }

    List<Job> jobs() {
        return List.copyOf(jobs.values());
    }

    Stream<Worker> workers() {
        return jobs.values().stream().flatMap(job -> job.workers().stream());
    }

    private Optional<Machine> free() {
        return machines.stream().filter(machine -> machine.reachable() && machine.free() > 0).findFirst();
    }

    Room room(int placed) {
        long waiting = jobs.values().stream().filter(job -> job.phase() == Phase.QUEUED).count();
        int free = machines.stream().filter(Machine::reachable).mapToInt(Machine::free).sum();
        return free > waiting + placed ? new Room.Free() : new Room.Waits("all slots of " + capabilities.name() + " are busy");
    }

    JobRef submit(Submission submission) {
        Job job = jobs.computeIfAbsent(submission.key(), key -> new Job(new JobRef(capabilities.name(), key, "job-" + submits++, world.clock().instant()), submission));
        world.history().say(capabilities.name() + " has " + submission.key());
        place(job);
        return job.ref();
    }

    List<JobRef> find(AttemptKey key) {
        return Optional.ofNullable(jobs.get(key)).filter(this::visible).map(Job::ref).stream().toList();
    }

    private boolean visible(Job job) {
        return !job.ref().submitted().plus(capabilities.settleWindow()).isAfter(world.clock().instant());
    }

    Map<JobRef, AttemptView> observe(Collection<JobRef> refs) {
        Map<JobRef, AttemptView> views = new LinkedHashMap<>();
        refs.forEach(ref -> views.put(ref, Optional.ofNullable(jobs.get(ref.key())).filter(this::visible).map(this::view).orElseGet(() -> view(Phase.GONE))));
        return views;
    }

    private static AttemptView view(Phase phase) {
        return new AttemptView(phase, Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), 0, "", Optional.empty(), Optional.empty(), phase.name());
    }

    private AttemptView view(Job job) {
        boolean silent = job.phase() != Phase.ENDED && job.machine().filter(machine -> !machine.reachable()).isPresent();
        return silent ? view(Phase.UNKNOWN) : job.view();
    }

    Void cancel(AttemptKey key, Duration grace) {
        Optional.ofNullable(jobs.get(key)).filter(job -> job.phase() != Phase.ENDED).ifPresent(job -> {
            if (job.phase() == Phase.QUEUED) {
                end(job, Cause.CANCELLED, OptionalInt.empty());
            } else {
                job.cancel(world.clock().instant().plus(grace));
            }
        });
        return null;
    }

    List<JobRef> ours() {
        return jobs.values().stream().filter(this::visible).map(Job::ref).toList();
    }

    Void forget(AttemptKey key) {
        Optional.ofNullable(jobs.get(key)).filter(job -> job.phase() == Phase.ENDED && job.machine().isEmpty()).ifPresent(_ -> jobs.remove(key));
        return null;
    }

    /** What an engine does by itself: places, kills after the grace, notices machines. */
    void step() {
        Instant now = world.clock().instant();
        machines.stream().filter(machine -> machine.back(now)).forEach(this::returned);
        for (Job job : List.copyOf(jobs.values())) {
            place(job);
            boolean reachable = job.machine().filter(Machine::reachable).isPresent();
            if (reachable && job.phase() != Phase.ENDED && job.killAt().filter(at -> !now.isBefore(at)).isPresent()) {
                end(job, Cause.CANCELLED, OptionalInt.of(SIGNALLED + KILLED));
            } else if (reachable && job.phase() != Phase.ENDED && job.killAt().isPresent()) {
                job.workers().forEach(Worker::terminate);
            }
            if (!reachable && job.phase() != Phase.ENDED && job.machine().filter(machine -> machine.silentFor(now).compareTo(LOST_AFTER) > 0).isPresent()) {
                job.ended(Cause.NODE_LOST, OptionalInt.empty(), now);
                world.history().say(capabilities.name() + " gives up " + job.ref().key());
            }
        }
    }

    private void place(Job job) {
        if (job.phase() == Phase.QUEUED) {
            free().ifPresent(machine -> {
                machine.take();
                Violation.unless(machine.free() >= 0, "%s runs more than it has slots", machine.name());
                job.start(machine, world.clock().instant().plus(machine.ahead()));
                spawn(job, true);
            });
        }
    }

    void spawn(Job job, boolean main) {
        Worker worker = new Worker(world, this, job, job.restarts());
        job.add(worker, main);
        world.history().say(capabilities.name() + " starts " + worker.nonce() + " for " + job.ref().key());
    }

    /** The engine starts the job again. @param alone whether the processes before are gone */
    void restart(Job job, boolean alone) {
        if (job.phase() == Phase.RUNNING) {
            if (alone) {
                job.killAll();
            }
            job.restarted();
            spawn(job, true);
        }
    }

    void exited(Job job, Worker worker, int code) {
        world.history().say(worker.nonce() + " exits with " + code);
        if (job.main(worker)) {
            Cause cause = job.killAt().isPresent() ? Cause.CANCELLED : code == ExitCodes.OK ? Cause.OK : code > SIGNALLED ? Cause.SIGNAL : Cause.EXIT;
            end(job, cause, OptionalInt.of(code));
        }
    }

    private void end(Job job, Cause cause, OptionalInt code) {
        boolean known = job.phase() == Phase.ENDED;
        if (!known) {
            job.ended(cause, code, world.clock().instant());
        }
        job.killAll();
        job.machine().ifPresent(machine -> {
            job.leaves();
            giveBack(machine, job);
        });
        listeners.forEach(Runnable::run);
    }

    void giveBack(Machine machine, Job job) {
        machine.give();
    }

    /** A machine is gone with all that runs there. */
    void lose(Machine machine, Duration time) {
        machine.silent(world.clock().instant(), time, true);
        on(machine).forEach(Job::killAll);
        world.history().say(machine.name() + " is lost for " + time.toSeconds() + " s");
    }

    /** A machine cannot be reached; its processes go on or, if it hangs, stand still. */
    void silence(Machine machine, Duration time, boolean hangs) {
        machine.silent(world.clock().instant(), time, false);
        on(machine).flatMap(job -> job.workers().stream()).forEach(worker -> worker.stand(hangs));
        world.history().say(machine.name() + (hangs ? " hangs for " : " is cut off for ") + time.toSeconds() + " s");
    }

    private void returned(Machine machine) {
        world.history().say(machine.name() + " is back");
        for (Job job : on(machine).toList()) {
            job.workers().forEach(worker -> worker.stand(false));
            if (job.phase() == Phase.ENDED || job.workers().isEmpty()) {
                end(job, Cause.NODE_LOST, OptionalInt.empty());
            }
        }
        listeners.forEach(Runnable::run);
    }

    private Stream<Job> on(Machine machine) {
        return List.copyOf(jobs.values()).stream().filter(job -> job.machine().equals(Optional.of(machine)));
    }

    void heal() {
        downUntil = Instant.MIN;
        machines.forEach(machine -> machine.backSoon(world.clock().instant()));
    }

    void checkAtTheEnd() {
        machines.forEach(machine -> Violation.unless(machine.free() == machine.slots(), "%s has %d of %d slots free at the end", machine.name(), machine.free(), machine.slots()));
        Violation.unless(jobs.isEmpty(), "%s still has %s", capabilities.name(), jobs.keySet());
    }
}
