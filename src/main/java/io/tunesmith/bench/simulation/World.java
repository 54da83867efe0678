package io.tunesmith.bench.simulation;

import io.tunesmith.bench.simulation.Studies.Study;
import io.tunesmith.contract.AttemptKey;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.RandomSource;
import io.tunesmith.dispatch.AttemptStore;
import io.tunesmith.dispatch.AttemptView.Phase;
import io.tunesmith.dispatch.Capabilities;
import io.tunesmith.dispatch.Dispatcher;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Services, engines, processes and their network on one clock. One call of {@link #step} is one event. For one thread. */
final class World {
    private static final int MILLIS = 2_500;
    private final SimulatedClock clock = new SimulatedClock();
    private final Oracle oracle = new Oracle(clock);
    private final Studies studies = new Studies();
    private final Set<String> cancelled = new HashSet<>();
    private final Map<Integer, Instant> restarts = new HashMap<>();
    private final Lease lease = new Lease(clock);
    private final Network network = new Network(this);
    private final RandomGenerator random;
    private final Faults faults;
    private final History history;
    private final AttemptStore store;
    private final List<SimulatedEngine> engines;
    private final List<Service> services = new ArrayList<>();
    private final Path root;
    private Instant storeDownUntil = Instant.MIN;
    private int nonces;
    private int depth;

    World(long seed, Parts parts, Path root, Consumer<String> reader) {
        RandomSource source = new RandomSource(seed);
        this.random = source.stream("world");
        this.faults = new Faults(source);
        this.history = new History(clock, reader);
        this.root = root;
        this.store = parts.store();
        this.engines = List.of(
                parts.engine(this, new Capabilities("push", 2, 0, true, Duration.ZERO, true, true), List.of(1 + random.nextInt(2))),
                parts.engine(this, new Capabilities("agents", 3, 0, true, Duration.ofSeconds(3), false, true), List.of(1, 2)));
        int runs = 1 + random.nextInt(2);
        for (int i = 0; i < runs; i++) {
            studies.add(new Study("sim" + i, 2 + random.nextInt(4), 1 + random.nextInt(4), random.nextInt(4) == 0));
        }
        int replicas = 1 + random.nextInt(2);
        for (int number = 0; number < replicas; number++) {
            services.add(new Service(this, number, 1, ahead()));
        }
    }

    SimulatedClock clock() {
        return clock;
    }

    Lease lease() {
        return lease;
    }

    Faults faults() {
        return faults;
    }

    History history() {
        return history;
    }

    Oracle oracle() {
        return oracle;
    }

    AttemptStore store() {
        return store;
    }

    Studies studies() {
        return studies;
    }

    Network network() {
        return network;
    }

    RandomGenerator random() {
        return random;
    }

    List<SimulatedEngine> engines() {
        return engines;
    }

    Path root() {
        return root;
    }

    String nextNonce() {
        return "p" + nonces++;
    }

    boolean storeIsDown() {
        return clock.instant().isBefore(storeDownUntil);
    }

    private Duration ahead() {
        return faults.strikes(Fault.CLOCK_JUMP) ? Duration.ofHours(random.nextBoolean() ? 1 : -1) : Duration.ZERO;
    }

    /** Whether someone has asked to end the attempt. */
    boolean cancelled(AttemptKey key) {
        return cancelled.contains(key.value()) || studies.all().stream().anyMatch(study -> study.cancelled() && key.value().startsWith("ts-" + study.name() + "-"));
    }

    /** Somebody who believes to lead: now and then more than one does. */
    Optional<Service> anyLeader() {
        List<Service> leaders = services.stream().filter(Service::leads).toList();
        return leaders.isEmpty() ? Optional.empty() : Optional.of(leaders.get(random.nextInt(leaders.size())));
    }

    /** One event. */
    void step() {
        fault();
        switch (random.nextInt(16)) {
            case 0, 1, 2 -> clock.pass(Duration.ofMillis(random.nextInt(MILLIS)));
            case 3, 4, 5, 6, 7 -> services.get(random.nextInt(services.size())).act();
            default -> others();
        }
        revive();
    }

    /** One event that is not a service's own. */
    private void others() {
        switch (random.nextInt(8)) {
            case 0 -> engines.forEach(SimulatedEngine::step);
            case 1 -> network.arrive();
            default -> anyWorker().ifPresent(Worker::act);
        }
    }

    private Optional<Worker> anyWorker() {
        List<Worker> workers = engines.stream().flatMap(SimulatedEngine::workers).toList();
        return workers.isEmpty() ? Optional.empty() : Optional.of(workers.get(random.nextInt(workers.size())));
    }

    private void revive() {
        for (int i = 0; i < services.size(); i++) {
            Service service = services.get(i);
            Instant at = service.dead() ? restarts.computeIfAbsent(service.number(), _ -> clock.instant().plusSeconds(random.nextInt(20))) : Instant.MAX;
            if (!clock.instant().isBefore(at)) {
                restarts.remove(service.number());
                services.set(i, new Service(this, service.number(), service.life() + 1, ahead()));
            }
        }
    }

    // Between the calls of a service

    /** What may happen while a service waits for an answer. */
    void interlude(Service waiting) {
        if (depth >= 2) {
            return;
        }
        depth++;
        try {
            if (faults.strikes(Fault.INTERLEAVED)) {
                cancelSomething();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    others();
                }
            }
            if (services.size() > 1 && depth == 1 && faults.strikes(Fault.LEADER_STOPPED_IN_CALL)) {
                sleepInCall(waiting);
            }
        } finally {
            depth--;
        }
    }

    private void sleepInCall(Service waiting) {
        waiting.sleep(Duration.ofHours(1));
        for (int i = random.nextInt(60); i >= 0; i--) {
            clock.pass(Duration.ofMillis(random.nextInt(MILLIS)));
            services.get(random.nextInt(services.size())).act();
            others();
        }
        waiting.wake();
        history.say(waiting.name() + " goes on");
    }

    // Faults of the surroundings

    private void fault() {
        Duration time = Duration.ofSeconds(1 + random.nextInt(60));
        if (faults.strikes(Fault.STORE_DOWN)) {
            storeDownUntil = clock.instant().plus(time);
        }
        if (faults.strikes(Fault.SERVICE_KILLED)) {
            Service service = services.get(random.nextInt(services.size()));
            if (!service.dead()) {
                service.die("by KILL");
            }
        }
        if (faults.strikes(Fault.LEADER_STOPPED)) {
            anyLeader().ifPresent(leader -> leader.sleep(time));
        }
        SimulatedEngine engine = engines.get(random.nextInt(engines.size()));
        if (faults.strikes(Fault.ENGINE_DOWN)) {
            engine.down(time);
        }
        cancelSomething();
        machineFault(engine, time);
        processFault(engine);
    }

    private void machineFault(SimulatedEngine engine, Duration time) {
        Machine machine = engine.machines().get(random.nextInt(engine.machines().size()));
        if (faults.strikes(Fault.MACHINE_LOST)) {
            engine.lose(machine, time);
        }
        if (faults.strikes(Fault.MACHINE_HUNG)) {
            engine.silence(machine, time.multipliedBy(1 + random.nextInt(5)), true);
        }
        if (faults.strikes(Fault.PARTITION)) {
            engine.silence(machine, time.multipliedBy(1 + random.nextInt(5)), false);
        }
    }

    private void processFault(SimulatedEngine engine) {
        List<Job> running = engine.jobs().stream().filter(job -> job.phase() == Phase.RUNNING && job.machine().filter(Machine::reachable).isPresent()).toList();
        if (running.isEmpty()) {
            return;
        }
        Job job = running.get(random.nextInt(running.size()));
        if (faults.strikes(Fault.GHOST)) {
            engine.spawn(job, false);
        }
        if (faults.strikes(Fault.ENGINE_RESTART)) {
            engine.restart(job, random.nextBoolean());
        }
        if (faults.strikes(Fault.WORKER_SILENT)) {
            job.workers().stream().findFirst().ifPresent(Worker::silence);
        }
        if (faults.strikes(Fault.WORKER_KILLED)) {
            job.workers().stream().findFirst().ifPresent(Worker::kill);
        }
    }

    private void cancelSomething() {
        Study study = studies.all().get(random.nextInt(studies.all().size()));
        if (faults.strikes(Fault.RUN_CANCELLED)) {
            history.say(study.name() + " is cancelled");
            study.cancel();
            asked(dispatcher -> dispatcher.cancel(study.name()));
        }
        if (faults.strikes(Fault.ATTEMPT_CANCELLED) && !study.trials().isEmpty()) {
            AttemptKey key = study.key(random.nextInt(study.trials().size()), 1 + random.nextInt(Walk.TRIES));
            cancelled.add(key.value());
            history.say(key + " is cancelled");
            asked(dispatcher -> dispatcher.cancel(key));
        }
    }

    private void asked(Consumer<Dispatcher> call) {
        anyLeader().ifPresent(leader -> leader.into(dispatcher -> {
            try {
                call.accept(dispatcher);
            } catch (FailureException e) {
                Violation.unless(Service.interrupts(e), "a cancellation failed: %s", e);
            }
        }));
    }

    // After the faults

    void heal() {
        faults.heal();
        history.say("all faults are over");
        storeDownUntil = Instant.MIN;
        engines.forEach(SimulatedEngine::heal);
        services.forEach(Service::wake);
        services.stream().filter(Service::dead).forEach(service -> restarts.put(service.number(), clock.instant()));
    }

    /** A second in which everybody does what he can. */
    void second() {
        clock.pass(Duration.ofSeconds(1));
        revive();
        services.forEach(Service::act);
        services.forEach(Service::workAll);
        engines.forEach(SimulatedEngine::step);
        engines.stream().flatMap(SimulatedEngine::workers).toList().forEach(Worker::act);
        network.arrive();
    }

    /** Whether nothing is left to do. */
    boolean quiet() {
        return studies.all().stream().allMatch(Study::over) && store.open().isEmpty() && network.late() == 0 && engines.stream().allMatch(engine -> engine.jobs().isEmpty());
    }
}
