package io.tunesmith.batch;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.util.Optional;

/**
 * What all runs of a batch may spend together.
 *
 * @param seconds in which runs are worked on, 5 to 30 days
 * @param trials 1 to 10,000,000; absent: no cap
 */
public record BatchCap(double seconds, Optional<Long> trials) {
    private static final long MOST_SECONDS = 30 * 86_400;
    private static final long ASSUMED_TRIALS = 50;

    public BatchCap {
        if (!(seconds >= 5 && seconds <= MOST_SECONDS)) {
            refuse("max_seconds", seconds, "5 to " + MOST_SECONDS);
        }
        trials.filter(value -> value < 1 || value > 10_000_000).ifPresent(value -> refuse("max_trials", value, "1 to 10000000"));
    }

    /** Whether a line may begin. */
    enum Room {
        YES,
        /** Perhaps when lines under way have ended below what they may spend. */
        LATER,
        NEVER
    }

    /** The line's budget with nothing left open that is capped. */
    Spend granted(Spend asked) {
        return new Spend(asked.seconds(), asked.trials().or(() -> trials.map(_ -> ASSUMED_TRIALS)));
    }

    /**
     * @param ended what lines that have ended have spent
     * @param reserved what lines under way may spend
     */
    Room room(Spend ended, Spend reserved, Spend line) {
        return !fits(ended, Spend.NONE, line) ? Room.NEVER : fits(ended, reserved, line) ? Room.YES : Room.LATER;
    }

    private boolean fits(Spend ended, Spend reserved, Spend line) {
        boolean inTime = ended.seconds() + reserved.seconds() + line.seconds() <= seconds;
        return inTime && trials.map(most -> ended.count() + reserved.count() + line.count() <= most).orElse(true);
    }

    private static void refuse(String field, Object value, String allowed) {
        throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, field, value + " is no cap of a batch").allowed(allowed).asException();
    }
}
