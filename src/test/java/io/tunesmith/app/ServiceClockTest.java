package io.tunesmith.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ServiceClockTest {
    private static final Instant DATABASE = Instant.parse("2026-01-02T03:04:05.678901Z");
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final AtomicLong wall = new AtomicLong(DATABASE.toEpochMilli());
    private final Clock clock = new ServiceClock(DATABASE, nanos::get);

    @Test
    void itBeginsWithTheDatabasesTimeAndGoesOnWithTheCounterEvenWhereThatWrapsAround() {
        assertThat(clock.instant()).isEqualTo(DATABASE);
        nanos.addAndGet(Duration.ofSeconds(90).toNanos());
        assertThat(clock.instant()).isEqualTo(DATABASE.plusSeconds(90));
    }

    @Test
    void jumpsOfTheWallClockChangeNothing() {
        for (Duration jump : new Duration[] {Duration.ofHours(5), Duration.ofDays(-400)}) {
            wall.addAndGet(jump.toMillis());
            nanos.addAndGet(1_000);
            Instant before = clock.instant();
            assertThat(before).isBetween(DATABASE, DATABASE.plusSeconds(1));
            assertThat(Duration.between(before, Instant.ofEpochMilli(wall.get())).abs()).isGreaterThan(Duration.ofHours(4));
        }
    }

    @Test
    void anotherZoneIsTheSameInstant() {
        Clock berlin = clock.withZone(ZoneId.of("Europe/Berlin"));
        assertThat(berlin.instant()).isEqualTo(clock.instant());
        assertThat(clock.getZone()).isEqualTo(ZoneOffset.UTC);
        assertThat(berlin.getZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    }
}
