package io.tunesmith.api.rest;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** How long nobody has asked anything. Thread-safe: two atomic values. */
@Singleton
public final class Activity {
    private final Clock clock;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicReference<Instant> last;

    public Activity(Clock clock) {
        this.clock = clock;
        this.last = new AtomicReference<>(clock.instant());
    }

    void begin() {
        open.incrementAndGet();
    }

    void end() {
        last.set(clock.instant());
        open.decrementAndGet();
    }

    /** Zero while a request is open. */
    public Duration idle() {
        return open.get() > 0 ? Duration.ZERO : Duration.between(last.get(), clock.instant());
    }
}
