package io.tunesmith.report.document;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"0.98123;0.9812", "0.957;0.9570", "1;1.000", "0.99999;1.000", "531.74;531.7", "12345.6;12,346", "0.0000123;1.230e-05", "-0.5;-0.5000", "0;0", "0.0123456;0.0123", "9.9999e8;1.000e+09", "NaN;not a number", "-Infinity;−infinite"})
    void scoresHaveFourSignificantDigits(double value, String expected) {
        assertThat(Formats.score(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"0.1;0.1", "6;6", "0.0000015;1.5e-6", "12345678;1.235e7", "100000;100,000", "2007;2007", "-0.25;-0.25", "0;0", "0.3000000000001;0.3"})
    void settingsAreShort(double value, String expected) {
        assertThat(Formats.shortly(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"0;0_s", "0.42;0.42_s", "8.13;8.1_s", "9.97;10_s", "95.2;95_s", "303;5_min_3_s", "180;3_min", "7500;2_h_5_min", "7199.9;2_h"})
    void secondsReadAsPeopleSayThem(double seconds, String expected) {
        assertThat(Formats.seconds(seconds)).isEqualTo(expected.replace('_', '\u00A0'));
    }

    @Test
    void unitsFollowTheSize() {
        assertThat(Formats.bytes(412_330)).isEqualTo("412\u00A0kB");
        assertThat(Formats.bytes(12)).isEqualTo("12\u00A0B");
        assertThat(Formats.milliseconds(0.0412)).isEqualTo("41.2\u00A0µs");
        assertThat(Formats.milliseconds(2)).isEqualTo("2\u00A0ms");
        assertThat(Formats.percent(0.0001)).isEqualTo("<0.1\u00A0%");
        assertThat(Formats.percent(0.2)).isEqualTo("20\u00A0%");
        assertThat(Formats.percent(0.9999)).isEqualTo("100\u00A0%");
        assertThat(Formats.compact(7_040)).isEqualTo("7.0k");
        assertThat(Formats.count(1, "row")).isEqualTo("1 row");
        assertThat(Formats.difference(-0.25)).isEqualTo("−0.2500");
    }

    @Property
    void everyDoubleHasAForm(@ForAll double value) {
        assertThat(Formats.score(value)).isNotBlank();
        assertThat(Formats.shortly(value)).isNotBlank();
        assertThat(Formats.seconds(Math.abs(value))).isNotBlank();
        assertThat(Formats.percent(value)).isNotBlank();
        assertThat(Formats.milliseconds(Math.abs(value))).isNotBlank();
    }

    @Property
    void aScoreReadBackIsTheScoreToFourDigits(@ForAll @DoubleRange(min = -12, max = 12) double power) {
        double value = Math.pow(10, power);
        double read = Double.parseDouble(Formats.score(value).replace(",", ""));

        assertThat(Math.abs(read - value)).isLessThanOrEqualTo(Math.max(value * 5.1e-4, value < 1 && value >= 1e-4 ? 5.1e-5 : 0));
    }
}
