package io.tunesmith.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultJsonTest {
    private final ObjectMapper mapper = new ObjectMapper();

    @Test
    void theResultHasExactlyTheFieldsOfItsContract() throws Exception {
        JsonNode result = mapper.readTree(ResultJson.write(SampleReports.classification(), "succeeded"));

        assertThat(result.fieldNames()).toIterable().containsExactly("run_id", "status", "task", "metric", "trials", "seconds", "cost", "model", "report", "receipt", "warnings");
        assertThat(result.get("metric").fieldNames()).toIterable().containsExactly("name", "direction", "validation", "test", "baseline_test");
        assertThat(result.get("metric").get("validation").fieldNames()).toIterable().containsExactly("mean", "low", "high");
        assertThat(result.get("trials").toString()).isEqualTo("{\"finished\":34,\"pruned\":5,\"failed\":0,\"infeasible\":1}");
        assertThat(result.get("cost").fieldNames()).toIterable().containsExactly("trials", "seconds", "gpu_seconds", "tokens", "money_usd");
    }

    @Test
    void valuesAreTheReceipts() throws Exception {
        StudyReport report = SampleReports.classification();
        JsonNode metric = mapper.readTree(ResultJson.write(report, "succeeded")).get("metric");

        assertThat(metric.get("name").asText()).isEqualTo("balanced_accuracy");
        assertThat(metric.get("direction").asText()).isEqualTo("maximize");
        assertThat(metric.get("validation").get("mean").asDouble()).isEqualTo(report.receipt().choice().ranked().getFirst().mean());
        assertThat(metric.get("test").asDouble()).isEqualTo(0.9812);
        assertThat(metric.get("baseline_test").asDouble()).isEqualTo(0.9641);
    }

    @Test
    void theTaskIsInWireForm() throws Exception {
        JsonNode task = mapper.readTree(ResultJson.write(SampleReports.classification(), "succeeded")).get("task");

        assertThat(task.get("task").asText()).isEqualTo("tabular-classification");
        assertThat(task.get("metric").get("name").asText()).isEqualTo("balanced_accuracy");
        assertThat(task.get("limits").get("latency_ms").asDouble()).isEqualTo(2.0);
        assertThat(task.get("limits").get("model_bytes").isNull()).isTrue();
        assertThat(task.get("seed").isNull()).isTrue();
    }

    @Test
    void theReceiptNamesWhatWasFrozen() throws Exception {
        JsonNode receipt = mapper.readTree(ReceiptJson.write(SampleReports.classification().receipt()));

        assertThat(receipt.get("opening").get("at").asText()).isEqualTo("2026-11-25T09:32:20Z");
        assertThat(receipt.get("opening").get("frozen").findValuesAsText("role")).isEqualTo(List.of("final", "default"));
        assertThat(receipt.get("choice").get("ranked").get(0).get("contender").get("kind").asText()).isEqualTo("ensemble");
        assertThat(receipt.get("choice").get("better_than_default").asBoolean()).isTrue();
        assertThat(receipt.get("final_test").get("score").asDouble()).isEqualTo(0.9812);
    }
}
