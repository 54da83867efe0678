package io.tunesmith.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.tunesmith.app.ServiceTestProfile;
import io.tunesmith.app.StoredKeys;
import io.tunesmith.app.TestKey;
import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.AttemptSpec;
import io.tunesmith.contract.InputFile;
import io.tunesmith.contract.Wire;
import io.tunesmith.core.Sha256;
import io.tunesmith.dispatch.AttemptEnd;
import io.tunesmith.dispatch.AttemptStore;
import io.tunesmith.dispatch.JobRef;
import io.tunesmith.dispatch.Submission;
import io.tunesmith.dispatch.Workers;
import io.tunesmith.dispatch.agent.AgentBackend;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@TestProfile(ServiceTestProfile.class)
class AgentRestTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private final StoredKeys keys;
    private final AttemptStore attempts;
    private final AgentBackend backend;
    private final String mark = Long.toString(System.nanoTime(), 36);
    private final AttemptKey attempt = new AttemptKey("ts-files-" + mark + "-t0-a1");
    private final String calls = "/api/v1/attempts/" + attempt + "/";
    private final String id = "agent-" + mark;
    private String key;
    private JobRef job;

    @TempDir
    Path folder;

    AgentRestTest(StoredKeys keys, AttemptStore attempts, AgentBackend backend) {
        this.keys = keys;
        this.attempts = attempts;
        this.backend = backend;
    }

    /** An attempt that is given to an agent and claimed: with a file and a folder as inputs. */
    @BeforeEach
    void anAttemptOfAnAgent() throws Exception {
        key = TestKey.of(keys);
        register("boot-one").statusCode(200).body("poll_seconds", is(5.0f));
        Files.createDirectories(folder.resolve("inputs/model"));
        Files.writeString(folder.resolve("inputs/train.csv"), "a,b\n1,2\n");
        Files.writeString(folder.resolve("inputs/secret.csv"), "not named");
        Files.writeString(folder.resolve("inputs/model/m.bin"), "bytes");
        Files.createSymbolicLink(folder.resolve("inputs/model/link"), Path.of("/etc/hostname"));
        AttemptSpec plain = Workers.spec(attempt, Map.of(), 60, Optional.empty());
        Map<String, InputFile> inputs = Map.of("train", new InputFile("inputs/train.csv", Optional.of(sha("a,b\n1,2\n"))), "model", new InputFile("inputs/model", Optional.empty()));
        Wire.writeFile(folder.resolve("spec.json"), new AttemptSpec(attempt, 1, "tabular", 1, plain.operation(), plain.config(), 7, inputs, plain.options(), 1, plain.resources(), plain.resume(), plain.callback()));
        Files.writeString(folder.resolve("token"), "secret");
        attempts.intend(attempt, 1, "run", "agent", sha("secret"), NOW);
        job = backend.submit(new Submission(attempt, folder, plain.resources(), "run"));
        token().contentType(ContentType.JSON).body("{\"n\":1,\"nonce\":\"a\",\"node\":\"here\",\"pid\":1,\"restarts\":0}").post(calls + "claim").then().statusCode(200);
    }

    @AfterEach
    void forgotten() {
        backend.forget(job);
        backend.poll(id, new io.tunesmith.contract.agent.Poll("boot-one", 1_000, 0, true, java.util.List.of()));
    }

    @Test
    void anAgentRegistersAndIsToldWhatToDo() {
        poll(1, "[]").statusCode(200).body("start.spec.attempt", contains(attempt.value())).body("start[0].token", is("secret")).body("start[0].affinity", is("run"));
        poll(2, "[{\"key\":\"" + attempt + "\",\"phase\":\"running\",\"text\":\"\"},{\"key\":\"ts-stranger\",\"phase\":\"running\",\"text\":\"\"}]").statusCode(200)
                .body("start.size()", is(0)).body("forget", contains("ts-stranger"));
        called().contentType(ContentType.JSON).body("{\"boot\":\"boot-one\",\"seq\":1}").post("/api/v1/agents/agent-nobody/poll").then().statusCode(400);
        called().contentType(ContentType.JSON).body("{\"boot\":\"boot-one\",\"seq\":1,\"wait_seconds\":0,\"leaving\":false}").post("/api/v1/agents/agent-nobody/poll").then().statusCode(404);
        called().contentType(ContentType.JSON).body("{\"id\":\"" + id + "\",\"name\":\"../x\",\"boot\":\"boot-one\",\"slots\":1,\"gpus\":0}").post("/api/v1/agents").then().statusCode(400);
    }

    @Test
    void aKeyForAgentsOpensTheirCallsAndNothingElseUntilItIsRevoked() {
        ValidatableResponse made = called().contentType(ContentType.JSON).body("{\"label\":\"gpu-1\",\"scope\":\"agent\"}").post("/api/v1/keys").then().statusCode(201)
                .body("scope", is("agent")).body("key", startsWith("tsk_")).body("id", startsWith("key_"));
        String agentKey = made.extract().path("key");
        String keyId = made.extract().path("id");
        RequestSpecification agent = given().header("Authorization", "Bearer " + agentKey);
        agent.contentType(ContentType.JSON).body("{\"boot\":\"boot-one\",\"seq\":7,\"wait_seconds\":0,\"leaving\":false}").post("/api/v1/agents/" + id + "/poll").then().statusCode(200);
        for (String path : new String[] {"/api/v1/runs", "/api/v1/keys", "/api/v1/agentsx", "/api/v1/agents/../keys"}) {
            given().urlEncodingEnabled(false).header("Authorization", "Bearer " + agentKey).get(path).then().statusCode(403).body("code", is("forbidden"));
        }
        called().get("/api/v1/keys").then().statusCode(200).body("items.id", hasItem(keyId)).body("items.label", hasItem("gpu-1")).body(not(containsString(agentKey)));
        called().delete("/api/v1/keys/" + keyId).then().statusCode(204);
        called().delete("/api/v1/keys/" + keyId).then().statusCode(404);
        given().header("Authorization", "Bearer " + agentKey).contentType(ContentType.JSON).body("{}").post("/api/v1/agents/" + id + "/poll").then().statusCode(401);
        called().contentType(ContentType.JSON).body("{\"scope\":\"root\"}").post("/api/v1/keys").then().statusCode(400).body("errors[0].allowed", is("read, run, admin, agent"));
    }

    @Test
    void onlyInputsThatTheSpecNamesGoOut() {
        token().get(calls + "inputs/train.csv").then().statusCode(200).body(is("a,b\n1,2\n"));
        token().get(calls + "inputs/model/m.bin").then().statusCode(200).body(is("bytes"));
        token().get(calls + "inputs/model").then().statusCode(200).body("files.path", contains("m.bin")).body("files[0].sha256", is(sha("bytes"))).body("files[0].bytes", is(5));
        for (String path : new String[] {"secret.csv", "model/link", "nothing", "model/nothing"}) {
            token().get(calls + "inputs/" + path).then().statusCode(404);
        }
        for (String path : new String[] {"..%2ftoken", "%2e%2e/token", "model/..%2f..%2ftoken", "model%5c..%5c..%5ctoken", "%2fetc%2fhostname", "model/%2e%2e/secret.csv"}) {
            assertThat(token().urlEncodingEnabled(false).get(calls + "inputs/" + path).statusCode()).as(path).isIn(400, 404);
        }
        given().get(calls + "inputs/train.csv").then().statusCode(401);
        given().header("Authorization", "Bearer wrong").get(calls + "inputs/train.csv").then().statusCode(401);
    }

    @Test
    void aFileComesInWholeOrNotAtAll() throws Exception {
        put("1/model/m.bin", "bytes", sha("bytes")).statusCode(204);
        put("1/model/m.bin", "bytes", sha("bytes")).statusCode(204);
        assertThat(folder.resolve("i1/model/m.bin")).hasContent("bytes");
        put("1/other", "bytes", sha("other")).statusCode(400).body("errors[0].field", is("Tunesmith-Sha256"));
        put("1/other", "bytes", "").statusCode(400);
        try (var files = Files.walk(folder.resolve("i1"))) {
            assertThat(files.filter(Files::isRegularFile).map(file -> file.getFileName().toString())).containsExactly("m.bin");
        }
        given().header("Authorization", "Bearer wrong").contentType("application/octet-stream").body(new byte[1]).put(calls + "files/1/x").then().statusCode(401);
        token().contentType(ContentType.TEXT).body("x").put(calls + "files/1/x").then().statusCode(415);
        given().header("Authorization", "Bearer " + key).contentType("application/octet-stream").body(new byte[1]).put("/api/v1/runs").then().statusCode(415);
    }

    @Test
    void noFileLeavesItsIncarnationsFolder() {
        for (String path : new String[] {"..%2fspec.json", "%2e%2e/spec.json", "a/..%2f..%2fspec.json", "%2ftmp%2ftunesmith-agent-rest", "a%5cb", ".", "a//b"}) {
            int status = token().urlEncodingEnabled(false).contentType("application/octet-stream").header("Tunesmith-Sha256", sha("x")).body("x".getBytes(StandardCharsets.UTF_8))
                    .put(calls + "files/1/" + path).statusCode();
            assertThat(status).as(path).isIn(400, 404, 204);
        }
        assertThat(folder.resolve("spec.json")).content().contains("tabular");
        assertThat(Path.of("/tmp/tunesmith-agent-rest")).doesNotExist();
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @Test
    void aFencedOrEndedAttemptTakesNothing() {
        put("2/x", "x", sha("x")).statusCode(409).body("code", is("refused"));
        put("0/x", "x", sha("x")).statusCode(409);
        attempts.conclude(attempt, 1, 0, new AttemptEnd.Cancelled(), NOW);
        put("1/x", "x", sha("x")).statusCode(409);
        assertThat(folder.resolve("i1/x")).doesNotExist();
        log(1, 0, "the last words").statusCode(200).body("size", is(14));
    }

    @Test
    void aLogGrowsFromWhereItIs() {
        log(1, 0, "one ").statusCode(200).body("size", is(4));
        log(1, 0, "one ").statusCode(200).body("size", is(4));
        log(1, 9, "late").statusCode(200).body("size", is(4));
        log(1, 4, "two").statusCode(200).body("size", is(7));
        assertThat(folder.resolve("i1/log.txt")).hasContent("one two");
        assertThat(backend.logs(job, 4, 10).text()).isEqualTo("two");
        log(2, 0, "x").statusCode(409);
        log(1, 7, "x".repeat((64 << 10) + 1)).statusCode(413).body("code", is("too_large"));
    }

    @Test
    void anAttemptThatRunsHereHasNoFilesToExchange() {
        AttemptKey local = new AttemptKey("ts-files-" + mark + "-t1-a1");
        attempts.intend(local, 1, "run", "local", sha("secret"), NOW);
        token().get("/api/v1/attempts/" + local + "/inputs/train.csv").then().statusCode(404);
    }

    private ValidatableResponse register(String boot) {
        return called().contentType(ContentType.JSON).body("{\"id\":\"" + id + "\",\"name\":\"gpu-1\",\"boot\":\"" + boot + "\",\"slots\":50,\"gpus\":0}").post("/api/v1/agents").then();
    }

    private ValidatableResponse poll(long seq, String jobs) {
        return called().contentType(ContentType.JSON).body("{\"boot\":\"boot-one\",\"seq\":" + seq + ",\"wait_seconds\":0,\"leaving\":false,\"jobs\":" + jobs + "}").post("/api/v1/agents/" + id + "/poll").then();
    }

    private ValidatableResponse put(String path, String content, String sha256) {
        Map<String, String> headers = new HashMap<>(Map.of("Tunesmith-Sha256", sha256));
        return token().contentType("application/octet-stream").headers(headers).body(content.getBytes(StandardCharsets.UTF_8)).put(calls + "files/" + path).then();
    }

    private ValidatableResponse log(int incarnation, long from, String text) {
        return token().contentType("application/octet-stream").queryParam("incarnation", incarnation).queryParam("from", from).body(text.getBytes(StandardCharsets.UTF_8)).post(calls + "log").then();
    }

    private RequestSpecification called() {
        return given().header("Authorization", "Bearer " + key);
    }

    private static RequestSpecification token() {
        return given().header("Authorization", "Bearer secret");
    }

    private static String sha(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8)).hex();
    }
}
