package io.tunesmith.bench.simulation;

import io.tunesmith.dispatch.AttemptStore;
import io.tunesmith.dispatch.Capabilities;
import java.util.List;

/** What a simulation is made of besides the dispatcher; a test plants bugs by handing in others. */
interface Parts {

    default AttemptStore store() {
        return new InMemoryAttempts();
    }

    default SimulatedEngine engine(World world, Capabilities capabilities, List<Integer> slots) {
        return new SimulatedEngine(world, capabilities, slots);
    }

    /** As they should be. */
    static Parts sound() {
        return new Parts() { };
    }
}
