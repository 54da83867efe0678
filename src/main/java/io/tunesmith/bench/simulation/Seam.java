package io.tunesmith.bench.simulation;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.dispatch.Refused;
import io.tunesmith.dispatch.Unreachable;
import java.time.Duration;
import java.util.function.Supplier;

/** Where one service touches the world: each call may fail, kill the service or be overtaken by others, before or after its effect. For one thread. */
record Seam(World world, Service service) {

    /** A call to an engine. */
    interface Call<T> {
        T make() throws Unreachable, Refused;
    }

    /** A call that changes nothing. */
    <T> T read(Supplier<T> effect) {
        alive();
        crash(Fault.CRASH_BEFORE, "read");
        database();
        T answer = effect.get();
        world.interlude(service);
        alive();
        return answer;
    }

    /** A call that changes rows: none unless the service still leads. */
    <T> T write(String what, Supplier<T> effect) {
        alive();
        crash(Fault.CRASH_BEFORE, what);
        database();
        if (!world.lease().current(service.term())) {
            service.dethrone();
            throw new Failure.Transient(FailureCode.NOT_LEADER, "term " + service.term() + " is over", Duration.ofSeconds(1)).asException();
        }
        T answer = effect.get();
        world.history().say(service.name() + " " + what + ": " + answer);
        world.interlude(service);
        alive();
        crash(Fault.CRASH_AFTER, what);
        if (world.faults().strikes(Fault.STORE_FAILED_AFTER)) {
            world.history().say(service.name() + " does not hear of it");
            throw unavailable();
        }
        return answer;
    }

    <T> T engine(SimulatedEngine engine, String what, Call<T> effect) throws Unreachable, Refused {
        alive();
        crash(Fault.CRASH_BEFORE, what);
        if (!engine.answers() || world.faults().strikes(Fault.REQUEST_LOST)) {
            throw new Unreachable("no answer", new IllegalStateException("simulated"));
        }
        T answer = effect.make();
        world.interlude(service);
        alive();
        crash(Fault.CRASH_AFTER, what);
        if (world.faults().strikes(Fault.REPLY_LOST)) {
            world.history().say(service.name() + " does not hear the answer to " + what);
            throw new Unreachable("reply lost", new IllegalStateException("simulated"));
        }
        return answer;
    }

    private void alive() {
        if (service.dead()) {
            throw new Crash("dead already");
        }
    }

    private void crash(Fault fault, String where) {
        if (world.faults().strikes(fault)) {
            service.die("at " + where);
            throw new Crash(where);
        }
    }

    private void database() {
        if (world.storeIsDown() || world.faults().strikes(Fault.STORE_FAILED_BEFORE)) {
            throw unavailable();
        }
    }

    private static RuntimeException unavailable() {
        return new Failure.Transient(FailureCode.STORE_UNAVAILABLE, "simulated", Duration.ofSeconds(1)).asException();
    }
}
