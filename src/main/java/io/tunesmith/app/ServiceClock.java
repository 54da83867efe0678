package io.tunesmith.app;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * The service's time: the database's at the start, and from then on counted by a clock that only goes forward. Setting the machine's clock changes nothing
 * in a service that runs. Immutable; thread-safe.
 */
final class ServiceClock extends Clock {
    private final Instant begin;
    private final long beginNanos;
    private final LongSupplier nanos;
    private final ZoneId zone;

    /** @param nanos counts from any origin and never goes back, as {@link System#nanoTime} */
    ServiceClock(Instant begin, LongSupplier nanos) {
        this(begin, nanos.getAsLong(), nanos, ZoneOffset.UTC);
    }

    private ServiceClock(Instant begin, long beginNanos, LongSupplier nanos, ZoneId zone) {
        this.begin = begin;
        this.beginNanos = beginNanos;
        this.nanos = nanos;
        this.zone = zone;
    }

    @Override
    public Instant instant() {
        return begin.plusNanos(nanos.getAsLong() - beginNanos);
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new ServiceClock(begin, beginNanos, nanos, other);
    }
}
