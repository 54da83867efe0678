package io.tunesmith.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RequestRateTest {
    private final AtomicLong nanos = new AtomicLong(-5);
    private final RequestRate rate = new RequestRate(nanos::get);

    @Test
    void asManyAtOnceAsAMinuteHasAndThenOneByOne() {
        for (int left = 2; left >= 0; left--) {
            RequestRate.Turn turn = rate.take("a", 3);
            assertThat(turn.passes()).isTrue();
            assertThat(turn.remaining()).isEqualTo(left);
        }
        RequestRate.Turn refused = rate.take("a", 3);
        assertThat(refused.passes()).isFalse();
        assertThat(refused.next()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(20).plusMillis(1));
        assertThat(refused.full()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(60).plusMillis(1));
        assertThat(rate.take("b", 3).passes()).as("another key has a bucket of its own").isTrue();
        nanos.addAndGet(Duration.ofMillis(20_001).toNanos());
        assertThat(rate.take("a", 3).passes()).isTrue();
        assertThat(rate.take("a", 3).passes()).isFalse();
        nanos.addAndGet(Duration.ofDays(1).toNanos());
        assertThat(rate.take("a", 3).remaining()).as("no more than a minute's are saved").isEqualTo(2);
    }
}
