package io.tunesmith.bench.simulation;

import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.dispatch.Dispatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Carries what processes say to whoever leads: once, twice, late, in another order, or not at all. For one thread. */
final class Network {
    private final World world;
    private final List<Letter> late = new ArrayList<>();

    Network(World world) {
        this.world = world;
    }

    /** @param call what it asks of the service */
    record Letter(String about, Function<Dispatcher, Object> call) {}

    /** What a process hears. */
    sealed interface Heard {
        record Answer(Object value) implements Heard {}

        /** The process is not the one. */
        record Refused() implements Heard {}

        /** Nothing, or that the service cannot now. */
        record Silence() implements Heard {}
    }

    Heard send(Letter letter) {
        if (world.faults().strikes(Fault.MESSAGE_LOST)) {
            return new Heard.Silence();
        }
        if (world.faults().strikes(Fault.MESSAGE_LATE)) {
            late.add(letter);
            return new Heard.Silence();
        }
        if (world.faults().strikes(Fault.MESSAGE_TWICE)) {
            late.add(letter);
        }
        Heard heard = deliver(letter);
        return world.faults().strikes(Fault.ANSWER_LOST) ? new Heard.Silence() : heard;
    }

    private Heard deliver(Letter letter) {
        Optional<Service> leader = world.anyLeader();
        AtomicReference<Heard> heard = new AtomicReference<>(new Heard.Silence());
        boolean answered = leader.isPresent() && leader.get().into(dispatcher -> heard.set(answer(letter, dispatcher)));
        return answered ? heard.get() : new Heard.Silence();
    }

    private static Heard answer(Letter letter, Dispatcher dispatcher) {
        try {
            return new Heard.Answer(letter.call().apply(dispatcher));
        } catch (FailureException e) {
            FailureCode code = e.failure().code();
            Violation.unless(code == FailureCode.REFUSED || Service.interrupts(e), "%s was answered %s", letter.about(), e);
            return code == FailureCode.REFUSED ? new Heard.Refused() : new Heard.Silence();
        } catch (RuntimeException e) {
            throw new Violation(letter.about() + " failed: " + e);
        }
    }

    /** One of the late letters arrives. */
    void arrive() {
        if (!late.isEmpty()) {
            Letter letter = late.remove(world.random().nextInt(late.size()));
            Heard heard = deliver(letter);
            world.history().say("late: " + letter.about() + ": " + heard);
        }
    }

    int late() {
        return late.size();
    }
}
