package io.tunesmith.bench.simulation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;

/** Who leads: one service for a term, on the database's clock. A term ends when another begins. For one thread. */
final class Lease {
    static final Duration LENGTH = Duration.ofSeconds(15);
    private final Clock database;
    private int holder = -1;
    private int term;
    private Instant until = Instant.MIN;

    Lease(Clock database) {
        this.database = database;
    }

    /** A service that just started asks to lead. @return its term; empty while another leads */
    OptionalInt take(int service) {
        if (holder != service && database.instant().isBefore(until)) {
            return OptionalInt.empty();
        }
        holder = service;
        until = database.instant().plus(LENGTH);
        return OptionalInt.of(++term);
    }

    /** Whether the term still runs: then it is prolonged. */
    boolean renew(int itsTerm) {
        if (itsTerm == term) {
            until = database.instant().plus(LENGTH);
        }
        return itsTerm == term;
    }

    boolean current(int itsTerm) {
        return itsTerm == term;
    }
}
