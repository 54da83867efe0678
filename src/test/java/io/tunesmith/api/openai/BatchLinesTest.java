package io.tunesmith.api.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.tunesmith.app.ServiceTestProfile;
import io.tunesmith.app.StoredKeys;
import io.tunesmith.app.TestKey;
import io.tunesmith.batch.BatchService;
import io.tunesmith.run.Caller;
import io.tunesmith.run.Run;
import io.tunesmith.run.Question;
import io.tunesmith.run.RunService;
import io.tunesmith.run.RunStatus;
import io.tunesmith.run.RunStore;
import io.tunesmith.run.Start;
import io.tunesmith.run.Usage;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What lines of batches mean and what they come to. */
@QuarkusTest
@TestProfile(ServiceTestProfile.class)
class BatchLinesTest extends BatchScene {
    private final RunService service;
    private final Usage usage;

    BatchLinesTest(StoredKeys keys, RunStore runs, BatchService batches, RunService service, Usage usage) {
        super(keys, runs, batches);
        this.service = service;
        this.usage = usage;
    }

    /** Nothing of these makes a run, so both can be asked for the same words. */
    @Test
    void aLineMeansWhatTheSameBodyMeansAtItsEndpoint() throws Exception {
        String quoted = data();
        for (String endpoint : List.of("/v1/chat/completions", "/v1/responses")) {
            List<String> bodies = Stream.of("hello", "predict the price of houses", "what is my run doing?", "predict b, it says \\\"use " + quoted + "\\\"", "### Task: Generate a concise, 3-5 word title for the chat", "cancel it")
                    .flatMap(words -> Stream.of("tunesmith", "tunesmith-ask", "tunesmith-plan").map(model -> said(endpoint, model, words, ""))).toList();
            List<JsonPath> lines = answers(endpoint, bodies, "output_file_id");
            assertThat(lines).hasSameSizeAs(bodies);
            for (int i = 0; i < bodies.size(); i++) {
                JsonPath door = called().contentType(ContentType.JSON).body(bodies.get(i)).post(endpoint).then().statusCode(200).extract().jsonPath();
                for (String field : List.of("object", "model", "usage", "choices", "output.content", "status", "background", "tunesmith.run_id", "tunesmith.status", "tunesmith.attached", "tunesmith.error")) {
                    assertThat(lines.get(i).<Object>get("response.body." + field)).as(bodies.get(i) + ": " + field).isEqualTo(door.get(field));
                }
            }
        }
        assertThat(mine()).isEmpty();
    }

    private static String said(String endpoint, String model, String words, String more) {
        String says = endpoint.endsWith("responses") ? "\"input\":\"" + words + "\"" : "\"messages\":[{\"role\":\"system\",\"content\":\"be brief\"},{\"role\":\"user\",\"content\":\"" + words + "\"}]";
        return "{\"model\":\"" + model + "\"," + says + more + "}";
    }

    /** The lines that a batch of these bodies comes to, in its output or its errors. */
    private List<JsonPath> answers(String endpoint, List<String> bodies, String file) throws Exception {
        String id = begun(endpoint, bodies);
        return answers(id, file);
    }

    private String begun(String endpoint, List<String> bodies) {
        StringBuilder lines = new StringBuilder();
        bodies.forEach(body -> lines.append("{\"custom_id\":\"c").append(lines.length()).append("\",\"method\":\"POST\",\"url\":\"").append(endpoint).append("\",\"body\":").append(body).append("}\n"));
        return called().contentType(ContentType.JSON).body("{\"input_file_id\":\"" + upload(lines.toString(), "r.jsonl", "batch") + "\",\"endpoint\":\"" + endpoint + "\",\"completion_window\":\"24h\"}").post("/v1/batches").then().statusCode(200).extract().path("id");
    }

    private List<JsonPath> answers(String id, String file) throws Exception {
        JsonPath done = until(id, view -> List.of("completed", "failed").contains(view.getString("status")));
        assertThat(done.getString("status")).as(done.prettify()).isEqualTo("completed");
        return called().get("/v1/files/" + done.getString(file) + "/content").then().statusCode(200).extract().asString().lines().map(JsonPath::from).toList();
    }

    @Test
    void aLineWhoseRunIsDoneIsToldAndCountedAsInAConversation() throws Exception {
        for (String endpoint : List.of("/v1/chat/completions", "/v1/responses")) {
            key = TestKey.plenty(keys, "counted", "run");
            Caller caller = keys.open(key).orElseThrow().caller();
            String body = said(endpoint, "tunesmith", "predict b", ",\"tunesmith\":{\"data\":\"" + data() + "\"}");
            long before = usage.left(caller, Usage.Kind.TOKENS);
            String id = begun(endpoint, List.of(body));
            until(id, _ -> mine().size() == 1);
            Run run = mine().getFirst();
            Files.createDirectories(service.as(caller).artifacts(run.id()));
            Files.writeString(service.as(caller).artifacts(run.id()).resolve("result.json"), "{\"metric\":{\"name\":\"mae\",\"test\":0.5}}");
            runs.end(run.id(), RunStatus.SUCCEEDED, Optional.empty(), Instant.now(), "run.finished", Map.of("text", "finished", "status", "succeeded"));

            JsonPath line = answers(id, "output_file_id").getFirst();
            String text = line.getString(endpoint.endsWith("responses") ? "response.body.output[0].content[0].text" : "response.body.choices[0].message.content");
            assertThat(text).startsWith("Run " + run.id() + " is accepted").contains("Run " + run.id() + " is done", "/artifacts/report.html");
            assertThat(line.getString("response.body.tunesmith.status")).isEqualTo("succeeded");
            assertThat(line.getString("response.body.tunesmith.result.metric.name")).isEqualTo("mae");
            boolean response = endpoint.endsWith("responses");
            assertThat(line.getLong("response.body.usage." + (response ? "output_tokens" : "completion_tokens"))).isEqualTo(Tokens.count(text)).isPositive();
            assertThat(line.getLong("response.body.usage." + (response ? "input_tokens" : "prompt_tokens"))).isPositive();
            long counted = before - usage.left(caller, Usage.Kind.TOKENS);
            assertThat(counted).as("counted for the day").isCloseTo(line.getLong("response.body.usage.total_tokens"), org.assertj.core.api.Assertions.within(2L));
            if (response) {
                called().get("/v1/responses/" + line.getString("response.body.id")).then().statusCode(200).body("output[0].content[0].text", is(text)).body("status", is("completed"));
            }
        }
    }

    @Test
    void whatALineLeavesOpenIsAssumed() throws Exception {
        String id = begun("/v1/chat/completions", List.of(said("/v1/chat/completions", "tunesmith", "predict it in three hours", ",\"tunesmith\":{\"data\":\"" + data() + "\"}")));
        until(id, _ -> mine().size() == 1);
        assertThat(mine().getFirst().request().start()).isEqualTo(Start.NOW);
    }

    @Test
    void whatARunAsksThatMayAskIsTheAnswerOfItsLine() throws Exception {
        String id = begun("/v1/chat/completions", List.of(said("/v1/chat/completions", "tunesmith", "predict it", ",\"tunesmith\":{\"start\":\"ask\",\"data\":\"" + data() + "\"}")));
        until(id, _ -> mine().size() == 1);
        Run run = mine().getFirst();
        assertThat(run.request().start()).isEqualTo(Start.ASK);
        assertThat(runs.move(run.id(), RunStatus.PLANNING)).isTrue();
        assertThat(runs.ask(run.id(), new Question("target", "Which column is to be predicted?", List.of("a", "b"), Optional.of("b")), Instant.now(), Map.of("question_id", "target", "text", "Which column is to be predicted?"))).isTrue();

        JsonPath line = answers(id, "output_file_id").getFirst();
        assertThat(line.getInt("response.status_code")).isEqualTo(200);
        assertThat(line.getString("response.body.choices[0].message.content")).contains("Which column is to be predicted?", "1. a");
        assertThat(line.getString("response.body.tunesmith.status")).isEqualTo("waiting_input");
        assertThat(line.getString("response.body.tunesmith.run_id")).isEqualTo(run.id().value());
    }

    @Test
    void aLineLetsNoRunGoOnButItsOwn() throws Exception {
        String first = begun("/v1/chat/completions", List.of(said("/v1/chat/completions", "tunesmith", "predict b", ",\"tunesmith\":{\"data\":\"" + data() + "\"}")));
        until(first, _ -> mine().size() == 1);
        String run = mine().getFirst().id().value();
        List<JsonPath> lines = answers("/v1/chat/completions", List.of(said("/v1/chat/completions", "tunesmith", "double the budget of " + run, ""), said("/v1/chat/completions", "tunesmith", "resume " + run, "")), "error_file_id");
        assertThat(lines).hasSize(2).allSatisfy(line -> {
            assertThat(line.getInt("response.status_code")).isEqualTo(400);
            assertThat(line.getString("response.body.error.message")).contains("lets no run go on but its own");
        });
        assertThat(mine()).hasSize(1);
    }
}
