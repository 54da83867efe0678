package io.tunesmith.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tunesmith.core.FailureException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeterTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void atMostThirtyFivePercentIsKeptForWhatFollowsTheSearch() {
        Meter meter = new Meter(seconds(100), START);

        assertThat(meter.searchUntil()).isEqualTo(START.plusSeconds(65));
        assertThat(meter.rerunsUntil()).isBetween(meter.searchUntil(), meter.until());
        assertThat(meter.until()).isEqualTo(START.plusSeconds(100));
    }

    @Test
    void timeLeftIsNeverNegative() {
        assertThat(Meter.left(START, START.plusSeconds(1))).isEqualTo(Duration.ZERO);
        assertThat(Meter.left(START.plusSeconds(1), START)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void impossibleBudgetsAreRefusedWithTheFieldAndWhatIsAllowed() {
        assertThatThrownBy(() -> seconds(0)).isInstanceOf(FailureException.class).hasMessageContaining("0.0");
        assertThatThrownBy(() -> new Budget(Optional.of(0L), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty())).isInstanceOf(FailureException.class);
        assertThatThrownBy(() -> seconds(Double.NaN)).isInstanceOf(FailureException.class);
    }

    private static Budget seconds(double seconds) {
        return new Budget(Optional.of(10L), Optional.of(seconds), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
