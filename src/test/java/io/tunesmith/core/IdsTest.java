package io.tunesmith.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class IdsTest {
    @Test
    void anIdIsItsPrefixAndTwentySixLowerCaseCrockfordCharactersAndSortsByTime() {
        RunId early = at("2026-01-01T00:00:00Z").run();
        RunId late = at("2026-01-01T00:00:01Z").run();

        assertThat(early.value()).matches("run_[0-9a-hjkmnp-tv-z]{26}").isLessThan(late.value());
    }

    @Test
    void whatIsNoIdIsRefused() {
        assertThatThrownBy(() -> new RunId("run_../../etc/passwd0000000000")).isInstanceOf(FailureException.class);
        assertThatThrownBy(() -> new DatasetId("run_00000000000000000000000000")).isInstanceOf(FailureException.class);
    }

    @Test
    void streamsAreNamedSoThatANewConsumerShiftsNoOther() {
        RandomSource source = new RandomSource(42);

        assertThat(source.stream("a", 1).nextLong()).isEqualTo(source.stream("a", 1).nextLong()).isNotEqualTo(source.stream("a", 2).nextLong());
        assertThat(source.seedOf("ab", "c")).isNotEqualTo(source.seedOf("a", "bc"));
    }

    private static Ids at(String time) {
        return new Ids(Clock.fixed(Instant.parse(time), ZoneOffset.UTC), () -> 0x123456789abcdefL);
    }
}
