package io.tunesmith.search.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class NormalTest {
    /** From tables of the normal distribution, to the digits given. */
    @Test
    void probabilitiesAreThoseOfTheTables() {
        assertThat(Normal.below(0)).isEqualTo(0.5);
        assertThat(Normal.below(1.959963984540054)).isCloseTo(0.975, within(1e-12));
        assertThat(Normal.below(-1)).isCloseTo(0.15865525393145705, within(1e-15));
        assertThat(Normal.below(-3.0902323061678132)).isCloseTo(0.001, Percentage.withPercentage(1e-9));
        assertThat(Normal.below(-5)).isCloseTo(2.866515718791939e-7, Percentage.withPercentage(1e-9));
        assertThat(Normal.below(-10)).isCloseTo(7.61985302416047e-24, Percentage.withPercentage(1e-8));
    }

    @Test
    void theSeriesAndTheFractionMeetWithoutAStep() {
        assertThat(Normal.below(-3 - 1e-9)).isCloseTo(Normal.below(-3 + 1e-9), Percentage.withPercentage(1e-5));
        assertThat(Normal.below(-3 - 1e-9)).isLessThan(Normal.below(-3 + 1e-9));
    }

    @Test
    void anIntervalInTheUpperTailKeepsItsDigits() {
        assertThat(Normal.between(8, 9)).isCloseTo(Normal.between(-9, -8), Percentage.withPercentage(1e-10)).isPositive();
    }
}
