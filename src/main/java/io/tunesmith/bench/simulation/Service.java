package io.tunesmith.bench.simulation;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.dispatch.Backends;
import io.tunesmith.dispatch.Dispatcher;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One life of a service: waits for the lease, leads, ends. What it knows dies with it. For one thread. */
final class Service {
    private static final int TOKEN_BYTES = 32;
    private final World world;
    private final int number;
    private final int life;
    private final Clock clock;
    private final List<Walk> walks = new ArrayList<>();
    private final Map<Boolean, List<AttemptKey>> lines = Map.of(true, new ArrayList<>(), false, new ArrayList<>());
    private final Set<String> room = new HashSet<>();
    private final Set<Runnable> listeners = new HashSet<>();
    private Optional<Dispatcher> dispatcher = Optional.empty();
    private Instant sleepsUntil = Instant.MIN;
    private int term;
    private int depth;
    private boolean dead;
    private boolean dethroned;

    Service(World world, int number, int life, Duration ahead) {
        this.world = world;
        this.number = number;
        this.life = life;
        this.clock = world.clock().ahead(ahead);
    }

    String name() {
        return "s" + number + "." + life;
    }

    int number() {
        return number;
    }

    int life() {
        return life;
    }

    int term() {
        return term;
    }

    boolean dead() {
        return dead;
    }

    /** Whether it believes to lead and is awake. */
    boolean leads() {
        return !dead && dispatcher.isPresent() && awake();
    }

    private boolean awake() {
        return !world.clock().instant().isBefore(sleepsUntil);
    }

    void sleep(Duration time) {
        sleepsUntil = world.clock().instant().plus(time);
        world.history().say(name() + " stands still for " + time.toSeconds() + " s");
    }

    void wake() {
        sleepsUntil = Instant.MIN;
    }

    void die(String why) {
        dead = true;
        world.history().say(name() + " dies " + why);
    }

    /** Its term is over: nothing that it writes counts, so it ends as soon as it may. */
    void dethrone() {
        dethroned = true;
    }

    /** Does one thing, unless it is in the middle of another. */
    void act() {
        if (dead || depth > 0 || !awake()) {
            return;
        }
        if (dethroned) {
            die("since another leads");
        } else if (dispatcher.isEmpty()) {
            world.lease().take(number).ifPresent(this::lead);
        } else if (world.random().nextInt(3) == 0 && !world.lease().renew(term)) {
            die("since its lease is over");
        } else {
            work();
        }
    }

    private void lead(int itsTerm) {
        term = itsTerm;
        world.history().say(name() + " leads, term " + term);
        Seam seam = new Seam(world, this);
        List<ServiceBackend> backends = world.engines().stream().map(engine -> new ServiceBackend(seam, engine)).toList();
        dispatcher = Optional.of(new Dispatcher(new ServiceStore(seam, world.store(), world.oracle()), new Backends(List.copyOf(backends)), clock, this::token, Runnable::run));
        world.studies().all().forEach(study -> walks.add(new Walk(this, seam, study)));
    }

    private byte[] token() {
        return ByteBuffer.allocate(TOKEN_BYTES).putLong(world.random().nextLong()).array();
    }

    private void work() {
        switch (world.random().nextInt(4)) {
            case 0, 1 -> into(Dispatcher::tick);
            case 2 -> into(_ -> rooms());
            default -> walks.forEach(walk -> into(_ -> walk.act()));
        }
    }

    /** Everything in turn, for the time after the faults. */
    void workAll() {
        if (leads()) {
            into(Dispatcher::tick);
            into(_ -> rooms());
            walks.forEach(walk -> into(_ -> walk.act()));
        }
        if (!dead && dispatcher.isPresent() && !world.lease().renew(term)) {
            dethrone();
        }
    }

    /** Calls this service; it may die of it. @return whether it answered */
    boolean into(Consumer<Dispatcher> call) {
        if (dead || dispatcher.isEmpty()) {
            return false;
        }
        depth++;
        try {
            call.accept(dispatcher.get());
        } catch (Crash e) {
            Violation.unless(dead, "a crash of another service came through %s", name());
        } finally {
            depth--;
        }
        return !dead;
    }

    Dispatcher dispatcher() {
        return dispatcher.orElseThrow();
    }

    Clock clock() {
        return clock;
    }

    /** Whether a failure says nothing about the work. */
    static boolean interrupts(FailureException e) {
        return e.failure().code() == FailureCode.NOT_LEADER || e.failure().code() == FailureCode.STORE_UNAVAILABLE;
    }

    void onRoom(SimulatedEngine engine, Runnable listener) {
        listeners.add(listener);
        engine.onRoom(() -> room.add(engine.describe().name()));
    }

    private void rooms() {
        if (!room.isEmpty()) {
            room.clear();
            listeners.forEach(Runnable::run);
        }
    }

    // Order: attempts differ only in whether they must stay at home; of those with the same needs, nobody may be given a backend before an earlier one that still waits.

    void queued(AttemptKey key, boolean home) {
        if (dispatcher().waits(key).isEmpty()) {
            served(key);
            lines.get(home).add(key);
        }
    }

    void intends(AttemptKey key) {
        if (!dead && !world.cancelled(key)) {
            lines.values().stream().filter(line -> line.contains(key)).forEach(line -> {
                for (AttemptKey earlier : line.subList(0, line.indexOf(key))) {
                    Violation.unless(dispatcher().waits(earlier).isEmpty(), "%s was given a backend before %s, which came first", key, earlier);
                }
                line.remove(key);
            });
        }
    }

    /** The attempt's wait is over, by whatever end. */
    void served(AttemptKey key) {
        lines.values().forEach(line -> line.remove(key));
    }
}
