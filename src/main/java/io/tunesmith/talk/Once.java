package io.tunesmith.talk;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.Ids;
import io.tunesmith.core.RunId;
import io.tunesmith.run.Run;
import io.tunesmith.run.Runs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes one run of one message, however often it is sent: a client whose answer was lost sends it again by itself. The same message attaches to the run it
 * made if the client says that it sends it again, or while that run has not ended. The run's id is drawn and kept before the run is made, so two that come
 * at once, and one that comes after the service was killed in between, make the same run. Thread-safe.
 */
public final class Once {
    private static final Duration SAME_CONTENT = Duration.ofMinutes(15);
    static final Duration SAME_KEY = Duration.ofHours(24);
    private static final int TRIES = 5;
    private final Repeats repeats;
    private final Ids ids;
    private final Clock clock;

    public Once(Repeats repeats, Ids ids, Clock clock) {
        this.repeats = repeats;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param attached whether an earlier message made it */
    record Made(Run run, boolean attached) {}

    /** @param make makes the run with this id, or returns the one that has it */
    Made make(Sender sender, Runs runs, Function<RunId, Run> make) {
        if (sender.making().isPresent()) {
            RunId run = sender.making().get();
            return new Made(runs.find(run).orElseGet(() -> make.apply(run)), false);
        }
        for (int i = 0; i < TRIES; i++) {
            Repeats.Taken mine = new Repeats.Taken(sender.content(), ids.run());
            Instant now = clock.instant();
            Repeats.Taken taken = repeats.take(sender.name(), mine, now, now.minus(sender.key().isPresent() ? SAME_KEY : SAME_CONTENT));
            check(sender, taken);
            boolean attached = !taken.run().equals(mine.run());
            boolean over = attached && sender.key().isEmpty() && !sender.retry() && runs.find(taken.run()).flatMap(Run::ended).isPresent();
            if (!over) {
                return new Made(runs.find(taken.run()).orElseGet(() -> made(sender, taken.run(), make)), attached);
            }
            if (repeats.replace(sender.name(), taken.run(), mine, now)) {
                return new Made(made(sender, mine.run(), make), false);
            }
        }
        throw new Failure.Transient(FailureCode.RUN_CONFLICT, "the same message comes too often at once", Duration.ofSeconds(1)).asException();
    }

    /**
     * Does what makes no run of its own id, once.
     *
     * @param before what the same message led to, where it came before
     */
    Made change(Sender sender, Supplier<Run> before, Supplier<Run> change) {
        Repeats.Taken mine = new Repeats.Taken(sender.content(), ids.run());
        Instant now = clock.instant();
        Repeats.Taken taken = repeats.take(sender.name(), mine, now, now.minus(sender.key().isPresent() ? SAME_KEY : SAME_CONTENT));
        check(sender, taken);
        if (!taken.run().equals(mine.run())) {
            Run earlier = before.get();
            boolean again = sender.key().isPresent() || sender.retry() || earlier.ended().isEmpty();
            if (again || !repeats.replace(sender.name(), taken.run(), mine, now)) {
                return new Made(earlier, true);
            }
        }
        return new Made(made(sender, mine.run(), _ -> change.get()), false);
    }

    private Run made(Sender sender, RunId run, Function<RunId, Run> make) {
        try {
            return make.apply(run);
        } catch (FailureException e) {
            repeats.free(sender.name(), run);
            throw e;
        }
    }

    private static void check(Sender sender, Repeats.Taken taken) {
        if (!taken.content().equals(sender.content())) {
            throw Failure.BadRequest.of(FailureCode.IDEMPOTENCY_CONFLICT, "Idempotency-Key", "this key came before with another body").hint("draw a new key for each new request").asException();
        }
    }
}
