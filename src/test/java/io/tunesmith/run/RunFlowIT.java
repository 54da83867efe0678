package io.tunesmith.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tunesmith.contract.Wire;
import io.tunesmith.core.Metric;
import io.tunesmith.study.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole flow with real child processes over a real loopback callback, the stores in memory. */
class RunFlowIT {
    @TempDir
    Path folder;

    private WorkerBench bench;
    private Runs runs;

    @BeforeEach
    void start() throws IOException {
        bench = new WorkerBench(folder);
        runs = bench.runs;
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void aSentenceBecomesATestedModelWithAReceipt() throws IOException {
        Run run = finished("Predict the species of a penguin from its measurements. I care about balanced accuracy.", 12, 7);

        assertThat(run.status()).as("%s %s", run.failure(), bench.texts(run)).isEqualTo(RunStatus.SUCCEEDED);
        JsonNode result = Wire.MAPPER.readTree(Files.readString(runs.artifacts(run.id()).resolve("result.json")));
        assertThat(result.path("metric").path("name").asText()).isEqualTo("balanced_accuracy");
        assertThat(result.path("metric").path("test").asDouble()).isGreaterThanOrEqualTo(.95);
        assertThat(runs.artifacts(run.id())).isDirectoryContaining(path -> path.endsWith("report.html")).isDirectoryContaining(path -> path.endsWith("model"));
        assertThat(bench.stores.of(run.id())).hasValueSatisfying(opening -> assertThat(opening.number()).isEqualTo(1));
        try (var files = Files.walk(folder.resolve("runs"))) {
            assertThat(files.filter(path -> path.getFileName().toString().startsWith("test") || path.toString().contains("sealed"))).as("no plain copy of the sealed test stays").isEmpty();
        }
    }

    @Test
    void theSameSeedGivesTheSameTrials() {
        List<Trial> first = bench.trials(finished("Predict the species. Use accuracy.", 14, 3));
        List<Trial> second = bench.trials(finished("Predict the species. Use accuracy.", 14, 3));

        assertThat(first).extracting(Trial::proposal).isEqualTo(second.stream().map(Trial::proposal).toList());
        assertThat(first).extracting(Trial::curve).isEqualTo(second.stream().map(Trial::curve).toList());
    }

    @Test
    void aNumberIsPredictedToo() {
        Run run = finished("Estimate body_mass_g, mean absolute error matters.", 8, 1);

        assertThat(run.status()).as("%s %s", run.failure(), bench.texts(run)).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(runs.plan(run.id()).orElseThrow().metric()).isEqualTo(Metric.MAE);
    }

    private Run finished(String text, long trials, long seed) {
        return bench.ended(bench.started(text, Start.NOW, trials, seed));
    }
}
