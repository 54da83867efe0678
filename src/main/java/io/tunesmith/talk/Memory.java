package io.tunesmith.talk;

import java.time.Clock;

/** Forgets what nobody comes back for: answers after {@link Answered#KEPT}, and which message made which run after a day. Thread-safe. */
public final class Memory {
    private final Repeats repeats;
    private final Answered answered;
    private final Clock clock;

    public Memory(Repeats repeats, Answered answered, Clock clock) {
        this.repeats = repeats;
        this.answered = answered;
        this.clock = clock;
    }

    /** Called now and then by the service that leads. */
    public void tick() {
        repeats.forget(clock.instant().minus(Once.SAME_KEY));
        answered.forget(clock.instant().minus(Answered.KEPT));
    }
}
