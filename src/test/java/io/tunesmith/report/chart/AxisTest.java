package io.tunesmith.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AxisTest {
    @Property
    void anyValuesLieInsideTheFrame(@ForAll List<Double> values) {
        Axis axis = Axis.over(values.stream().mapToDouble(value -> value), 0.05, 10, 200);

        assertThat(values.stream().filter(Double::isFinite)).allSatisfy(value -> assertThat(axis.at(value)).isBetween(10.0, 200.0));
        assertThat(axis.ticks(5)).isNotEmpty().hasSizeLessThanOrEqualTo(50).allSatisfy(tick -> assertThat(axis.at(tick.value())).isBetween(10.0, 200.0));
    }

    @Test
    void ticksAreRoundAndEvenlyWritten() {
        assertThat(Axis.over(DoubleStream.of(0.942, 0.998), 0, 0, 100).ticks(5)).extracting(Axis.Tick::label).containsExactly("0.95", "0.96", "0.97", "0.98", "0.99");
        assertThat(Axis.over(DoubleStream.of(0, 21_000), 0, 0, 100).ticks(4)).extracting(Axis.Tick::label).containsExactly("0", "5,000", "10,000", "15,000", "20,000");
    }
}
