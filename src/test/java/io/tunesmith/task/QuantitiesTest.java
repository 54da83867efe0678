package io.tunesmith.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tunesmith.task.Quantity.Unit;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.api.Test;

class QuantitiesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "half an hour|SECONDS|1800", "three quarters of an hour|SECONDS|2700", "3/4 hour|SECONDS|2700", "an hour and a half|SECONDS|5400", "two and a half hours|SECONDS|9000",
        "2 hours 15 minutes|SECONDS|8100", "1h30|SECONDS|5400", "0.25h|SECONDS|900", "a thousand seconds|SECONDS|1000", "an eighth of a second|SECONDS|0.125", "800 microseconds|SECONDS|0.0008",
        "33 ms|SECONDS|0.033", "a couple of hours|SECONDS|7200", "10 gpu hours|GPU_SECONDS|36000", "2 hours of gpu time|GPU_SECONDS|7200", "30 fps|PER_SECOND|30", "10 frames/s|PER_SECOND|10",
        "5 frame in second|PER_SECOND|5", "two pictures a second|PER_SECOND|2", "400 rows a second|PER_SECOND|400", "12 megabytes|BYTES|12000000", "700 mib|BYTES|734003200", "half a gig|BYTES|500000000",
        "800 kb|BYTES|800000", "5m params|PARAMETERS|5000000", "1,500 k parameters|PARAMETERS|1500000", "seven hundred thousand parameters|PARAMETERS|700000", "0.25 billion parameters|PARAMETERS|250000000",
        "parameters below 2e5|PARAMETERS|200000", "22 gflops|FLOPS|22000000000", "0.05 tflops|FLOPS|50000000000", "twenty-four trials|TRIALS|24", "trials: 40|TRIALS|40", "1.000 trials|TRIALS|1000",
        "two hundred configurations|TRIALS|200", "40k tokens|TOKENS|40000", "500 thousand llm tokens|TOKENS|500000", "$15|DOLLARS|15", "75 cents|DOLLARS|0.75", "10 dollars and 40 cents|DOLLARS|10.4",
        "1 dollar 20|DOLLARS|1.2", "10 euros|OTHER_MONEY|10", "10 €|OTHER_MONEY|10", "87,5 %|PERCENT|0.875", "fifty percent|PERCENT|0.5", "nine times out of ten|RATIO|0.9", ".85|NONE|0.85", "5,000|NONE|5000", "seconds=900|SECONDS|900"})
    void quantityIsReadInItsBaseUnit(String text, Unit unit, double value) {
        List<Quantity> found = Quantities.in(text);
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().unit()).isEqualTo(unit);
        assertThat(found.getFirst().value()).isCloseTo(value, within(value * 1e-9));
    }

    @Test
    void correctedBareNumberTakesTheUnitOfWhatItCorrects() {
        assertThat(Quantities.in("three hours, well, make it four.")).extracting(Quantity::value).containsExactly(10_800.0, 14_400.0);
        assertThat(Quantities.in("2e4 params max, no: 2e5")).extracting(Quantity::unit).containsExactly(Unit.PARAMETERS, Unit.PARAMETERS);
    }

    @Test
    void namesWithDigitsAreNoQuantities() {
        assertThat(Quantities.in("map50, f1, r2 and lapsed_6m in churn_12m.csv, hundreds of images")).isEmpty();
    }
}
