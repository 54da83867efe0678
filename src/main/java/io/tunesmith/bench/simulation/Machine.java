package io.tunesmith.bench.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A machine of an engine: its slots, and whether the engine reaches it. For one thread. */
final class Machine {
    private final String name;
    private final int slots;
    private final Duration ahead;
    private int used;
    private Optional<Instant> silentSince = Optional.empty();
    private Instant backAt = Instant.MIN;

    /** @param ahead by how much its clock is wrong */
    Machine(String name, int slots, Duration ahead) {
        this.name = name;
        this.slots = slots;
        this.ahead = ahead;
    }

    String name() {
        return name;
    }

    int slots() {
        return slots;
    }

    Duration ahead() {
        return ahead;
    }

    int free() {
        return slots - used;
    }

    void take() {
        used++;
    }

    void give() {
        used--;
    }

    boolean reachable() {
        return silentSince.isEmpty();
    }

    Duration silentFor(Instant now) {
        return silentSince.map(since -> Duration.between(since, now)).orElse(Duration.ZERO);
    }

    void silent(Instant now, Duration time, boolean longer) {
        if (silentSince.isEmpty() || longer) {
            silentSince = Optional.of(silentSince.orElse(now));
            backAt = now.plus(time);
        }
    }

    void backSoon(Instant now) {
        backAt = backAt.isAfter(now) ? now : backAt;
    }

    /** Whether it has just come back. */
    boolean back(Instant now) {
        boolean back = silentSince.isPresent() && !now.isBefore(backAt);
        if (back) {
            silentSince = Optional.empty();
        }
        return back;
    }
}
