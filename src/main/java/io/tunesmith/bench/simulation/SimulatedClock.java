package io.tunesmith.bench.simulation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands until it is moved; others run beside it with an offset. For one thread. */
final class SimulatedClock extends Clock {
    private static final Instant START = Instant.parse("2026-01-02T12:00:00Z");
    private Instant now = START;

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** Since the beginning. */
    double seconds() {
        return Duration.between(START, now).toMillis() / 1000.0;
    }

    /** A clock that goes as fast and shows another time. */
    Clock ahead(Duration by) {
        return Clock.offset(this, by);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
