package io.tunesmith.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service is killed while it tells of a run; at the next one whoever listened goes on, and no run is made twice. */
@Timeout(value = 150, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConversationRecoveryIT {
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
    void aResponseWhoseStreamIsCutByAKillIsTakenUpByNumber() throws Exception {
        EventStream first = new EventStream(posted("/v1/responses", response(4, 1, true)).build());
        String id = first.until(event -> event.path("type").asText().equals("response.created")).at("/response/id").asText();
        first.until(event -> event.path("delta").asText().contains("trial 1"));
        service.kill();
        List<JsonNode> before = new ArrayList<>(first.rest());
        long last = before.getLast().path("sequence_number").asLong();
        service.start();

        JsonNode found = service.json("/v1/responses/" + id);
        assertThat(found.path("status").asText()).isIn("queued", "in_progress");
        List<JsonNode> after = new EventStream(service.request("/v1/responses/" + id + "?stream=true&starting_after=" + last).GET().build()).rest();
        List<JsonNode> heard = new ArrayList<>(before);
        heard.addAll(after);
        assertThat(heard).extracting(event -> event.path("sequence_number").asLong()).containsExactlyElementsOf(LongStream.range(0, heard.size()).boxed().toList());
        assertThat(heard.getLast().path("type").asText()).as(heard.getLast().toString()).isEqualTo("response.completed");
        List<JsonNode> again = new EventStream(service.request("/v1/responses/" + id + "?stream=true").GET().build()).rest();
        assertThat(heard).extracting(ConversationRecoveryIT::told).as("what was told in two parts is what is told at once").containsExactlyElementsOf(again.stream().map(ConversationRecoveryIT::told).toList());
        String reasons = heard.stream().filter(event -> event.path("type").asText().equals("response.reasoning_summary_text.delta")).map(event -> event.path("delta").asText()).collect(Collectors.joining());
        assertThat(heard.stream().filter(event -> event.path("type").asText().equals("response.reasoning_summary_text.done")).findFirst().orElseThrow().path("text").asText()).isEqualTo(reasons);
        JsonNode ended = service.json("/v1/responses/" + id);
        assertThat(ended.path("status").asText()).isEqualTo("completed");
        service.finished(ended.at("/tunesmith/run_id").asText());
    }

    /** Its number, its kind and its words. */
    private static String told(JsonNode event) {
        return event.path("sequence_number") + " " + event.path("type").asText() + " " + event.path("delta").asText() + event.path("text").asText();
    }

    @Test
    void aResponseIsCancelledAtTheServiceThatCameAfter() throws Exception {
        HttpResponse<String> made = service.post("/v1/responses", response(5000, 2, false));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        String id = JSON.readTree(made.body()).path("id").asText();
        service.await("it is worked on", () -> service.json("/v1/responses/" + id).path("status").asText().equals("in_progress"));
        service.kill();
        service.start();

        HttpResponse<String> cancelled = service.post("/v1/responses/" + id + "/cancel", "");
        assertThat(cancelled.statusCode()).as(cancelled.body()).isEqualTo(200);
        service.await("it is cancelled", () -> service.json("/v1/responses/" + id).path("status").asText().equals("cancelled"));
        String run = service.json("/v1/responses/" + id).at("/tunesmith/run_id").asText();
        assertThat(service.json("/api/v1/runs/" + run).path("status").asText()).isEqualTo("cancelled");
        service.audited(run);
    }

    /** Once more after the kill as a client's own retry, and once by a client that hangs up: all the same run, which comes to its end. */
    @Test
    void aChatThatIsCutByAKillGoesOnWithItsRunWhenTheRequestComesAgain() throws Exception {
        int before = service.json("/api/v1/runs?limit=200").path("items").size();
        String body = chat(4, 3);
        EventStream first = new EventStream(posted("/v1/chat/completions", body).build());
        first.until(chunk -> chunk.at("/choices/0/delta/content").asText().contains("run_"));
        first.until(chunk -> chunk.at("/choices/0/delta/reasoning_content").asText().contains("trial 0"));
        String run = service.newest();
        service.kill();
        assertThat(first.rest()).isNotEmpty();
        assertThat(first.done()).isFalse();
        service.start();

        try (EventStream hangingUp = new EventStream(posted("/v1/chat/completions", body).build())) {
            assertThat(hangingUp.until(chunk -> chunk.at("/choices/0/delta/content").asText().contains("run_")).toString()).contains(run, "started by the same message before");
        }
        EventStream again = new EventStream(posted("/v1/chat/completions", body).header("x-stainless-retry-count", "1").build());
        List<JsonNode> chunks = again.rest();
        assertThat(again.done()).isTrue();
        String words = chunks.stream().map(chunk -> chunk.at("/choices/0/delta/content").asText()).collect(Collectors.joining());
        assertThat(words).contains("Run " + run + " was started by the same message before", "Run " + run + " is done");
        assertThat(chunks.getLast().path("tunesmith").toString()).contains(run, "\"attached\":true", "succeeded");
        assertThat(service.json("/api/v1/runs?limit=200").path("items")).hasSize(before + 1);
        service.finished(run);
    }

    private static HttpRequest.Builder posted(String path, String body) {
        return service.request(path).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static String response(int trials, int seed, boolean stream) throws Exception {
        return JSON.writeValueAsString(asking(trials, seed, Map.of("background", true, "stream", stream, "input", "Predict the species. Use accuracy.")));
    }

    private static String chat(int trials, int seed) throws Exception {
        return JSON.writeValueAsString(asking(trials, seed, Map.of("stream", true, "messages", List.of(Map.of("role", "user", "content", "Predict the species. Use accuracy.")))));
    }

    private static Map<String, Object> asking(int trials, int seed, Map<String, Object> more) {
        Map<String, Object> body = new LinkedHashMap<>(more);
        body.put("model", "tunesmith");
        body.put("tunesmith", Map.of("data", data, "target", "species", "start", "now", "seed", seed, "budget", Map.of("trials", trials, "seconds", 600)));
        return body;
    }
}
