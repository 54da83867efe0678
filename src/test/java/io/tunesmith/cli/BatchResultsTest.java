package io.tunesmith.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tunesmith.api.rest.BatchLineView;
import io.tunesmith.batch.AnswerJson;
import io.tunesmith.batch.LineAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The output of a batch command: whole lines, once each, by one command at a time. */
class BatchResultsTest {
    @TempDir
    Path folder;
    private Path out;

    @BeforeEach
    void name() {
        out = folder.resolve("results.jsonl");
    }

    private static BatchLineView line(String id) {
        return new BatchLineView("batch_req_" + id, id, Optional.of(new BatchLineView.Answer(200, "req_" + id, Json.MAPPER.createObjectNode().put("run_id", "run_1"))), Optional.empty());
    }

    @Test
    void whatIsThereIsKeptAndATornLineIsCutOff() throws IOException {
        String batch;
        try (BatchResults results = BatchResults.open(out)) {
            results.add(line("a"));
            batch = results.batch();
        }
        Files.writeString(out, "{\"id\":\"batch_req_b\",\"custom_", StandardOpenOption.APPEND);
        try (BatchResults results = BatchResults.open(out)) {
            assertThat(results.batch()).isEqualTo(batch);
            assertThat(results.find("a")).contains(line("a"));
            assertThat(results.all()).hasSize(1);
            results.add(line("b"));
        }
        assertThat(Files.readAllLines(out)).hasSize(2).allSatisfy(text -> assertThat(Json.MAPPER.readTree(text).fieldNames()).toIterable().containsExactly("id", "custom_id", "response", "error"));
    }

    @Test
    void anOutputThatWasRemovedBeginsAnew() throws IOException {
        String batch;
        try (BatchResults results = BatchResults.open(out)) {
            batch = results.batch();
        }
        Files.delete(out);
        try (BatchResults results = BatchResults.open(out)) {
            assertThat(results.batch()).isNotEqualTo(batch);
        }
    }

    @Test
    void anOutputWithoutALineStaysTheSameBatch() {
        String batch;
        try (BatchResults results = BatchResults.open(out)) {
            batch = results.batch();
        }
        try (BatchResults results = BatchResults.open(out)) {
            assertThat(results.batch()).isEqualTo(batch);
        }
    }

    @Test
    void twoCommandsCannotWriteOneOutput() {
        try (BatchResults _ = BatchResults.open(out)) {
            assertThatThrownBy(() -> BatchResults.open(out)).hasMessageContaining("another command");
        }
        BatchResults.open(out).close();
    }

    @Test
    void aFileOfAnotherKindIsLeftAlone() throws IOException {
        for (String foreign : new String[] {"a,b\n1,2\n", "{\"x\":1}\n", "no line end", "null\n"}) {
            Files.writeString(out, foreign);
            assertThatThrownBy(() -> BatchResults.open(out)).as(foreign).hasMessageContaining("no result of a batch");
            assertThat(out).hasContent(foreign.strip());
            Files.delete(out);
        }
    }

    @Test
    void theServicesBatchesAndTheCommandWriteOneForm() throws IOException {
        String answered = AnswerJson.line("batch_req_a", "a", new LineAnswer.Response(200, "{\"run_id\":\"run_1\"}"));
        String refused = AnswerJson.line("batch_req_b", "b", new LineAnswer.NeverRan("budget_exceeded", "no"));

        try (BatchResults results = BatchResults.open(out)) {
            results.add(line("a"));
            results.add(new BatchLineView("batch_req_b", "b", Optional.empty(), Optional.of(new BatchLineView.Refusal("budget_exceeded", "no"))));
        }
        assertThat(Files.readAllLines(out)).containsExactly(answered, refused);
    }

    @Test
    void whatWouldExceedTheCapIsRefusedAndWhatMayFitWaits() throws Exception {
        BatchBudget budget = new BatchBudget(Optional.of(100.0), 30);
        assertThat(budget.take(71)).isFalse();
        assertThat(budget.take(60)).isTrue();
        AtomicBoolean taken = new AtomicBoolean();
        Thread waiting = Thread.ofVirtual().start(() -> taken.set(budget.take(50)));
        Thread.sleep(50);
        assertThat(taken).isFalse();
        budget.spent(60, 10);
        waiting.join(5000);
        assertThat(taken).isTrue();
        assertThat(new BatchBudget(Optional.empty(), 1e9).take(1e9)).isTrue();
    }
}
