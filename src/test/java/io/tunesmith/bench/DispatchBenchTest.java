package io.tunesmith.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DispatchBenchTest {
    @Test
    void aTrialsWaitIsTheTimeBetweenItsProposalAndTheStartOfItsTraining() throws IOException {
        String events = """
                {"at":"2026-01-01T00:00:00.000Z","type":"trial.started","data":{"number":0}}
                {"at":"2026-01-01T00:00:00.010Z","type":"trial.started","data":{"number":1}}
                {"at":"2026-01-01T00:00:00.050Z","type":"trial.training","data":{"number":1}}
                {"at":"2026-01-01T00:00:00.250Z","type":"trial.training","data":{"number":0}}
                {"at":"2026-01-01T00:00:01.000Z","type":"trial.training","data":{"number":7}}
                """;

        assertThat(DispatchBench.waits(events)).containsExactly(40.0, 250.0);
    }

    @Test
    void quantilesAreNearestRank() {
        List<Double> values = List.of(4.0, 1.0, 3.0, 2.0);
        assertThat(DispatchBench.quantile(values, .5)).isEqualTo(2);
        assertThat(DispatchBench.quantile(values, .9)).isEqualTo(4);
        assertThat(DispatchBench.quantile(List.of(), .5)).isNaN();
    }
}
