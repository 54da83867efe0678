package io.tunesmith.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.tunesmith.app.ServiceTestProfile;
import io.tunesmith.app.StoredKeys;
import io.tunesmith.app.TestKey;
import io.tunesmith.contract.AttemptKey;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.RunId;
import io.tunesmith.core.Sha256;
import io.tunesmith.dispatch.AttemptStore;
import io.tunesmith.run.Caller;
import io.tunesmith.run.Question;
import io.tunesmith.run.RunService;
import io.tunesmith.run.RunStatus;
import io.tunesmith.run.RunStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ServiceTestProfile.class)
class RestTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private final StoredKeys keys;
    private final RunStore store;
    private final RunService runs;
    private final AttemptStore attempts;
    private String key;

    RestTest(StoredKeys keys, RunStore store, RunService runs, AttemptStore attempts) {
        this.keys = keys;
        this.store = store;
        this.runs = runs;
        this.attempts = attempts;
    }

    @BeforeEach
    void open() {
        key = TestKey.of(keys);
    }

    @Test
    void withoutAKeyNothingIsToldButHealth() {
        given().get("/q/health/live").then().statusCode(200);
        for (String path : new String[] {"/api/v1/runs", "/api/v1/doctor", "/nothing", "/q/healthy", "/q/metrics", "/"}) {
            given().get(path).then().statusCode(401).contentType("application/problem+json").header("WWW-Authenticate", "Bearer").body("code", is("invalid_api_key"));
        }
        given().header("Authorization", "Bearer tsk_wrong").get("/api/v1/runs").then().statusCode(401);
        given().header("Authorization", "Bearer " + key).get("/api/v1/runs").then().statusCode(200).header("X-Content-Type-Options", "nosniff");
    }

    @Test
    void onlyOurHostAndOriginByExactMatch() {
        called().header("Host", "evil.example").get("/api/v1/runs").then().statusCode(403).body("errors[0].field", is("Host"));
        called().header("Host", "localhost.evil.example").get("/api/v1/runs").then().statusCode(403);
        for (String origin : new String[] {"http://localhost.evil.example", "http://evil.example", "null", "http://localhost@evil.example", "file://localhost"}) {
            called().header("Origin", origin).get("/api/v1/runs").then().statusCode(403).body("errors[0].field", is("Origin"));
        }
        called().header("Origin", "http://localhost:8080").get("/api/v1/runs").then().statusCode(200);
    }

    @Test
    void aPostBringsJsonOrAForm() {
        called().contentType(ContentType.TEXT).body("{}").post("/api/v1/runs").then().statusCode(415).body("errors[0].field", is("Content-Type"));
        called().contentType(ContentType.URLENC).body("prompt=x").post("/api/v1/runs").then().statusCode(415);
    }

    @Test
    void aRunIsAcceptedShownAndCancelledOnce() {
        String id = started("{\"prompt\":\"predict b\",\"data_id\":\"" + uploaded() + "\",\"metric\":\"ROC-AUC\",\"budget\":{\"trials\":5,\"seconds\":60},\"seed\":7}");
        called().get("/api/v1/runs/" + id).then().statusCode(200).body("status", is(oneOf("queued", "planning"))).body("seed", is(7)).body("prompt", is("predict b"))
                .body("ended", nullValue()).body("progress.trials", is(0)).body("result", nullValue());
        called().queryParam("limit", 1).get("/api/v1/runs").then().body("items.id", contains(id));
        called().contentType(ContentType.JSON).body("{\"action\":\"explode\"}").patch("/api/v1/runs/" + id).then().statusCode(400).body("errors[0].allowed", is("pause, resume, cancel, extend"));
        called().contentType(ContentType.JSON).body("{\"action\":\"cancel\"}").patch("/api/v1/runs/" + id).then().statusCode(200).body("status", startsWith("cancel"));
    }

    @Test
    void aRunIsAskedAboutAnsweredPausedResumedAndExtended() {
        String id = started("{\"prompt\":\"predict b\",\"data_id\":\"" + uploaded() + "\",\"start\":\"hold\"}");
        String run = "/api/v1/runs/" + id;
        called().contentType(ContentType.JSON).body("{\"answer\":\"yes\"}").post(run + "/answers").then().statusCode(409).body("code", is("run_conflict"));
        called().contentType(ContentType.JSON).body("{\"action\":\"pause\"}").patch(run).then().statusCode(200).body("status", startsWith("paus"));
        called().contentType(ContentType.JSON).body("{\"action\":\"resume\"}").patch(run).then().statusCode(200).body("status", is(oneOf("queued", "planning", "running")));
        called().contentType(ContentType.JSON).body("{\"action\":\"resume\"}").patch(run).then().statusCode(409).body("code", is("run_conflict"));
        called().contentType(ContentType.JSON).body("{\"action\":\"pause\",\"budget\":{\"trials\":1}}").patch(run).then().statusCode(400).body("errors[0].field", is("budget"));
        called().contentType(ContentType.JSON).body("{\"action\":\"extend\"}").patch(run).then().statusCode(400).body("errors[0].field", is("budget"));
        called().contentType(ContentType.JSON).body("{\"action\":\"extend\",\"budget\":{\"trials\":3}}").patch(run).then().statusCode(200).body("id", is(id));
        called().contentType(ContentType.JSON).body("{\"question_id\":\"colour\",\"answer\":\"yes\"}").post(run + "/answers").then().statusCode(409);
        called().contentType(ContentType.JSON).body("{\"answer\":\" \"}").post(run + "/answers").then().statusCode(400).body("errors[0].field", is("answer"));
        called().contentType(ContentType.JSON).body("{\"prompt\":\"predict b\",\"data_id\":\"ds_x\",\"start\":\"later\"}").post("/api/v1/runs").then().statusCode(400);
        called().contentType(ContentType.JSON).body("{\"action\":\"pause\"}").patch("/api/v1/runs/run_" + "0".repeat(26)).then().statusCode(404);
    }

    @Test
    void whatAHeldRunAsksIsShownAndAnswered() {
        String id = started("{\"prompt\":\"predict b\",\"data_id\":\"" + uploaded() + "\",\"start\":\"hold\"}");
        store.ask(new RunId(id), new Question("target", "Which column?", List.of("a", "b"), Optional.of("b")), NOW, Map.of("text", "Which column?"));
        String run = "/api/v1/runs/" + id;
        called().get(run).then().body("status", is("waiting_input")).body("question.id", is("target")).body("question.options", contains("a", "b")).body("question.assumed", is("b"));
        called().contentType(ContentType.JSON).body("{\"answer\":\"c\"}").post(run + "/answers").then().statusCode(400).body("errors[0].allowed", is("a, b"));
        called().contentType(ContentType.JSON).body("{\"answer\":\"1\"}").post(run + "/answers").then().statusCode(200).body("status", is(oneOf("queued", "planning"))).body("question", nullValue());
        called().contentType(ContentType.JSON).body("{\"question_id\":\"target\",\"answer\":\"A\"}").post(run + "/answers").then().statusCode(200);
        called().contentType(ContentType.JSON).body("{\"question_id\":\"target\",\"answer\":\"b\"}").post(run + "/answers").then().statusCode(409).body("errors[0].hint", is("the first answer stands"));
        called().contentType(ContentType.JSON).body("{\"action\":\"cancel\"}").patch(run).then().statusCode(200).body("status", startsWith("cancel"));
    }

    @Test
    void whatIsWrongWithARequestIsNamedWithWhatIsAllowed() {
        String data = uploaded();
        refused("{\"prompt\":", 400, "invalid_request", "body", containsString("not JSON"));
        refused("{}", 400, "invalid_request", "prompt", containsString("empty"));
        refused("{\"prompt\":\"x\"}", 400, "invalid_request", "data_id", containsString("no data set"));
        refused("{\"prompt\":\"x\",\"data_id\":\"ds_1\"}", 400, "invalid_request", "id", containsString("ds_1"));
        refused("{\"prompt\":\"x\",\"data_id\":\"ds_" + "0".repeat(26) + "\"}", 404, "not_found", "data_id", containsString("ds_0"));
        refused("{\"prompt\":\"x\",\"minutes\":1}", 400, "invalid_request", "minutes", containsString("minutes"));
        refused("{\"prompt\":\"x\",\"data_id\":\"" + data + "\",\"metric\":\"acuracy\"}", 400, "invalid_request", "metric", containsString("acuracy"));
        refused("{\"prompt\":\"x\",\"data_id\":\"" + data + "\",\"budget\":{\"trials\":0}}", 400, "invalid_request", "budget.trials", containsString("0"));
        refused("{\"prompt\":\"x\",\"data_id\":\"" + data + "\",\"budget\":{\"trials\":1.5}}", 400, "invalid_request", "budget.trials", containsString("1.5"));
        refused("{\"prompt\":\"x\",\"data_id\":\"" + data + "\",\"budget\":{\"seconds\":-1}}", 400, "invalid_request", "budget.seconds", containsString("-1"));
        refused("{\"prompt\":\"x\",\"data_id\":\"" + data + "\",\"budget\":{\"money_usd\":1}}", 422, "unsupported", "budget.money_usd", containsString("cap"));
        refused("{\"prompt\":\"" + "x".repeat(100_001) + "\",\"data_id\":\"" + data + "\"}", 400, "invalid_request", "prompt", containsString("100001"));
        refused("{\"prompt\":\"" + "x".repeat(9 << 20) + "\"}", 413, "too_large", "body", containsString("9437197 bytes"));
        called().contentType(ContentType.JSON).body("{\"prompt\":\"x\",\"data_id\":\"" + data + "\",\"metric\":\"acuracy\"}").post("/api/v1/runs")
                .then().body("errors[0].hint", is("did you mean accuracy?")).body("errors[0].allowed", containsString("roc_auc"));
    }

    @Test
    void whatIsNotThereIsAProblemToo() {
        called().get("/api/v1/runs/run_nope").then().statusCode(404).contentType("application/problem+json").body("code", is("run_not_found"));
        called().get("/api/v1/runs/run_" + "0".repeat(26)).then().statusCode(404).body("code", is("run_not_found"));
        called().get("/api/v1/nothing").then().statusCode(404).contentType("application/problem+json").body("code", is("not_found"));
        called().get("/nothing").then().statusCode(404).contentType("application/problem+json");
        called().contentType(ContentType.JSON).body("{}").put("/api/v1/runs").then().statusCode(405).contentType("application/problem+json");
        called().queryParam("limit", 0).get("/api/v1/runs").then().statusCode(400).body("errors[0].allowed", is("1 to 200"));
    }

    @Test
    void anUploadIsKeptUnderAnId() {
        called().multiPart("file", "../../my data.csv", "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8)).post("/api/v1/datasets").then().statusCode(201)
                .header("Location", containsString("/api/v1/datasets/ds_")).body("name", is("my data.csv")).body("bytes", is(8)).body("format", is("csv"))
                .body("sha256", is(Sha256.of("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8)).hex()));
        called().multiPart("file", "x.csv", new byte[0]).post("/api/v1/datasets").then().statusCode(422).body("code", is("data_unreadable"));
        called().multiPart("file", "x.exe", new byte[] {1}).post("/api/v1/datasets").then().statusCode(422).body("errors[0].allowed", containsString(".csv"));
        called().multiPart("other", "x.csv", new byte[] {1}).post("/api/v1/datasets").then().statusCode(400).body("errors[0].field", is("file"));
    }

    @Test
    void eventsComeAsPagesAndAsAStreamThatEndsWithTheRun() {
        RunId id = new RunId(started("{\"prompt\":\"x\",\"data_id\":\"" + uploaded() + "\"}"));
        store.append(id, "one", NOW, "trial.finished", Map.of("text", "one\nline", "score", 0.5));
        called().queryParam("after", 1).get("/api/v1/runs/" + id + "/events").then().body("items.type", contains("trial.finished")).body("items[0].data.score", equalTo(0.5f));
        Thread end = Thread.ofVirtual().start(() -> {
            pause();
            store.end(id, RunStatus.FAILED, Optional.of(Failure.BadRequest.of(FailureCode.DATA_UNUSABLE, "data", "one row")), NOW, "run.finished", Map.of("text", "failed"));
        });
        String stream = called().accept("text/event-stream").header("Last-Event-ID", "1").get("/api/v1/runs/" + id + "/events").then()
                .statusCode(200).contentType(startsWith("text/event-stream")).extract().asString();
        assertThat(stream).startsWith("retry: 3000\n\nid: 2\nevent: trial.finished\ndata: {").contains("one\\nline").contains("id: 3\nevent: run.finished\n").endsWith("}\n\n");
        assertThat(end).isNotNull();
        called().get("/api/v1/runs/" + id).then().body("status", is("failed")).body("error.code", is("data_unusable")).body("error.field", is("data"));
    }

    @Test
    void artifactsAreDownloadsInASandboxAndNothingOutsideIsServed() throws Exception {
        RunId id = new RunId(started("{\"prompt\":\"x\",\"data_id\":\"" + uploaded() + "\"}"));
        called().get("/api/v1/runs/" + id + "/artifacts").then().body("items", is(java.util.List.of()));
        Path root = Files.createDirectories(runs.as(Caller.OPERATOR).artifacts(id));
        Files.createDirectories(root.resolve("model"));
        Files.writeString(root.resolve("model/m.bin"), "bytes");
        Files.writeString(root.resolve("report.html"), "<script>1</script>");
        Files.createSymbolicLink(root.resolve("link"), Path.of("/etc/hostname"));
        called().get("/api/v1/runs/" + id + "/artifacts").then().body("items.path", contains("model/m.bin", "report.html"));
        called().get("/api/v1/runs/" + id + "/artifacts/model/m.bin").then().statusCode(200).body(is("bytes"));
        called().get("/api/v1/runs/" + id + "/artifacts/report.html").then().statusCode(200).header("Content-Disposition", "attachment; filename=\"report.html\"")
                .header("Content-Security-Policy", containsString("sandbox")).header("X-Content-Type-Options", "nosniff").contentType("application/octet-stream");
        for (String path : new String[] {"link", "nothing", "..%2f..%2fsealed.key", "%2e%2e/%2e%2e/sealed.key", "model"}) {
            called().urlEncodingEnabled(false).get("/api/v1/runs/" + id + "/artifacts/" + path).then().statusCode(404);
        }
    }

    @Test
    void logsTrialsAndTheDoctorAnswer() {
        String id = started("{\"prompt\":\"x\",\"data_id\":\"" + uploaded() + "\"}");
        called().queryParam("trial", 3).queryParam("from", 5).get("/api/v1/runs/" + id + "/logs").then().statusCode(404).body("code", is("not_found"));
        called().queryParam("from", -1).get("/api/v1/runs/" + id + "/logs").then().statusCode(400);
        called().get("/api/v1/runs/" + id + "/trials").then().body("items", is(java.util.List.of()));
        called().get("/api/v1/doctor").then().statusCode(200).body("ok", is(true)).body("checks.name", hasItem("database"));
    }

    @Test
    void anAttemptIsOpenedByItsOwnTokenAndNothingElse() {
        AttemptKey attempt = AttemptKey.of(new RunId(started("{\"prompt\":\"x\",\"data_id\":\"" + uploaded() + "\"}")), "t0", 1);
        attempts.intend(attempt, 1, "run", "local", Sha256.of("secret".getBytes(StandardCharsets.UTF_8)).hex(), NOW);
        String path = "/api/v1/attempts/" + attempt + "/";
        String claim = "{\"n\":1,\"nonce\":\"a\",\"node\":\"here\",\"pid\":1,\"restarts\":0}";
        given().contentType(ContentType.JSON).body(claim).post(path + "claim").then().statusCode(401);
        called().contentType(ContentType.JSON).body(claim).post(path + "claim").then().statusCode(401);
        token().body("{\"n\":").post(path + "claim").then().statusCode(400);
        token().body(claim).post(path + "claim").then().statusCode(200).body("incarnation", is(1));
        token().body(claim.replace("\"a\"", "\"b\"")).post(path + "claim").then().statusCode(409).body("code", is("refused")).header("x-should-retry", "false");
        String report = "{\"n\":1,\"incarnation\":1,\"events\":[{\"type\":\"started\",\"seq\":1,\"seconds\":0.5}]}";
        token().body(report).post(path + "events").then().statusCode(200).body("stop", is(false));
        token().body(report.replace("\"incarnation\":1", "\"incarnation\":7")).post(path + "events").then().statusCode(409);
        token().get("/api/v1/runs").then().statusCode(401);
    }

    @Test
    void aReportThatIsTooLargeIsRefused() {
        AttemptKey attempt = AttemptKey.of(new RunId(started("{\"prompt\":\"x\",\"data_id\":\"" + uploaded() + "\"}")), "t0", 1);
        attempts.intend(attempt, 1, "run", "local", Sha256.of("secret".getBytes(StandardCharsets.UTF_8)).hex(), NOW);
        token().body("{\"n\":1,\"pad\":\"" + "x".repeat(17 << 20) + "\"}").post("/api/v1/attempts/" + attempt + "/events").then().statusCode(413).body("code", is("too_large"));
    }

    private RequestSpecification called() {
        return given().header("Authorization", "Bearer " + key);
    }

    private static RequestSpecification token() {
        return given().header("Authorization", "Bearer secret").contentType(ContentType.JSON);
    }

    private String uploaded() {
        return called().multiPart("file", "x.csv", "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8)).post("/api/v1/datasets").then().statusCode(201).extract().path("id");
    }

    private String started(String body) {
        return called().contentType(ContentType.JSON).body(body).post("/api/v1/runs").then().statusCode(202).header("Location", containsString("/api/v1/runs/run_")).extract().path("id");
    }

    private void refused(String body, int status, String code, String field, org.hamcrest.Matcher<String> message) {
        called().contentType(ContentType.JSON).body(body).post("/api/v1/runs").then().statusCode(status).contentType("application/problem+json")
                .body("code", is(code)).body("status", is(status)).body("errors[0].field", is(field)).body("errors[0].message", message);
    }

    private static void pause() {
        try {
            Thread.sleep(150);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
