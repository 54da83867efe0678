package io.tunesmith.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service is killed while it works batches through; the next one ends them as if nothing had been. */
class BatchRecoveryIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    @TempDir
    static Path folder;
    private static ServiceProcess service;
    private static String data;

    @BeforeAll
    static void start() throws Exception {
        service = new ServiceProcess(folder, "--port", "0", "--slots", "2");
        service.start();
        data = service.upload(Files.readAllBytes(ServiceProcess.PENGUINS));
    }

    @AfterAll
    static void end() throws Exception {
        service.close();
    }

    @Test
    void aBatchWhoseServiceIsKilledTwiceHasOneRunAndOneResultForEachLine() throws Exception {
        List<String> before = runs();
        String batch = batch(List.of(line("a", data, 1), line("b", data, 1), line("lost", "ds_" + "0".repeat(26), 1), line("c", data, 1)));
        service.await("lines are under way", () -> runs().size() > before.size());
        service.kill();
        service.start();
        service.await("a line has ended", () -> view(batch).path("request_counts").path("completed").asInt() >= 1);
        assertThat(view(batch).path("status").asText()).as("others have not").isEqualTo("in_progress");
        service.kill();
        service.start();
        service.await("the batch ends", () -> !List.of("validating", "in_progress", "finalizing").contains(view(batch).path("status").asText()));

        JsonNode done = view(batch);
        assertThat(done.path("status").asText()).as(done.toString()).isEqualTo("completed");
        List<JsonNode> refused = lines(done.path("error_file_id").asText());
        assertThat(refused).extracting(line -> line.path("custom_id").asText()).as(refused + "\n" + service.said()).containsExactly("lost");
        assertThat(List.of(done.at("/request_counts/total").asInt(), done.at("/request_counts/completed").asInt(), done.at("/request_counts/failed").asInt())).containsExactly(4, 3, 1);
        List<JsonNode> answered = lines(done.path("output_file_id").asText());
        assertThat(answered).extracting(line -> line.path("custom_id").asText()).containsExactly("a", "b", "c");
        assertThat(answered).allSatisfy(line -> assertThat(line.at("/response/status_code").asInt()).isEqualTo(200));
        List<String> mine = answered.stream().map(line -> line.at("/response/body/tunesmith/run_id").asText()).toList();
        List<String> made = new ArrayList<>(runs());
        made.removeAll(before);
        assertThat(mine).as("each line has its run, and no other run was made").doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(made);
        assertThat(service.json("/v1/files?purpose=batch_output").path("data")).extracting(file -> file.path("id").asText()).contains(done.path("output_file_id").asText(), done.path("error_file_id").asText());
        for (String run : mine) {
            service.finished(run);
        }
    }

    @Test
    void aBatchThatIsBeingCancelledWhenItsServiceIsKilledEndsCancelled() throws Exception {
        List<String> before = runs();
        String batch = batch(List.of(line("x", data, 5000), line("y", data, 5000), line("z", data, 5000)));
        service.await("lines are under way", () -> runs().size() == before.size() + 3);
        HttpResponse<String> cancelled = service.post("/v1/batches/" + batch + "/cancel", "");
        assertThat(cancelled.statusCode()).as(cancelled.body()).isEqualTo(200);
        assertThat(JSON.readTree(cancelled.body()).path("status").asText()).isEqualTo("cancelling");
        service.kill();
        service.start();
        service.await("the batch ends", () -> !view(batch).path("status").asText().equals("cancelling"));

        JsonNode done = view(batch);
        assertThat(done.path("status").asText()).isEqualTo("cancelled");
        assertThat(List.of(done.at("/request_counts/total").asInt(), done.at("/request_counts/completed").asInt(), done.at("/request_counts/failed").asInt())).containsExactly(3, 0, 3);
        assertThat(done.path("output_file_id").isNull()).isTrue();
        assertThat(lines(done.path("error_file_id").asText())).extracting(line -> line.path("custom_id").asText() + " " + line.at("/error/code").asText()).containsExactly("x batch_cancelled", "y batch_cancelled", "z batch_cancelled");
        List<String> made = new ArrayList<>(runs());
        made.removeAll(before);
        assertThat(made).hasSize(3);
        for (String run : made) {
            assertThat(service.json("/api/v1/runs/" + run).path("status").asText()).isEqualTo("cancelled");
            // A process that does not heed its end is waited for.
            service.await("nothing of it is left", () -> service.json("/api/v1/runs/" + run + "/audit").path("violations").isEmpty());
        }
    }

    private static String line(String id, String table, int trials) throws Exception {
        return JSON.writeValueAsString(Map.of("custom_id", id, "method", "POST", "url", "/v1/chat/completions", "body", Map.of("model", "tunesmith",
                "messages", List.of(Map.of("role", "user", "content", "Predict the species. Use accuracy.")), "tunesmith", Map.of("data", table, "target", "species", "budget", Map.of("trials", trials, "seconds", 600)))));
    }

    private static String batch(List<String> lines) throws Exception {
        String file = service.file((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8), "batch");
        HttpResponse<String> made = service.post("/v1/batches", "{\"input_file_id\":\"" + file + "\",\"endpoint\":\"/v1/chat/completions\",\"completion_window\":\"24h\"}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        return JSON.readTree(made.body()).path("id").asText();
    }

    private static JsonNode view(String batch) throws Exception {
        return service.json("/v1/batches/" + batch);
    }

    private static List<String> runs() throws Exception {
        return StreamSupport.stream(service.json("/api/v1/runs?limit=200").path("items").spliterator(), false).map(run -> run.path("id").asText()).toList();
    }

    /** The lines of a file that is whole: as many bytes as it says, and ended by the end of a line. */
    private static List<JsonNode> lines(String file) throws Exception {
        HttpResponse<String> content = service.get("/v1/files/" + file + "/content");
        assertThat(content.statusCode()).as(content.body()).isEqualTo(200);
        assertThat(content.body()).endsWith("}\n");
        assertThat(service.json("/v1/files/" + file).path("bytes").asInt()).isEqualTo(content.body().getBytes(StandardCharsets.UTF_8).length);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : content.body().split("\n")) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }
}
