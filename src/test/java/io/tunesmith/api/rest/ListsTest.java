package io.tunesmith.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import io.tunesmith.app.ServiceTestProfile;
import io.tunesmith.app.StoredKeys;
import io.tunesmith.app.TestKey;
import io.tunesmith.core.RunId;
import io.tunesmith.run.Caller;
import io.tunesmith.run.RunService;
import io.tunesmith.run.RunStatus;
import io.tunesmith.run.RunStore;
import io.tunesmith.run.TrialStore;
import io.tunesmith.search.Proposal;
import io.tunesmith.space.Assignment;
import io.tunesmith.study.Trial;
import io.tunesmith.study.TrialState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists in parts, versions and parts of files. */
@QuarkusTest
@TestProfile(ServiceTestProfile.class)
class ListsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private final StoredKeys keys;
    private final RunStore store;
    private final RunService runs;
    private final TrialStore trials;
    private String key;

    ListsTest(StoredKeys keys, RunStore store, RunService runs, TrialStore trials) {
        this.keys = keys;
        this.store = store;
        this.runs = runs;
        this.trials = trials;
    }

    @BeforeEach
    void open() {
        key = TestKey.of(keys);
    }

    @Test
    void runsComeInPartsNewestFirstEachOnce() {
        String data = uploaded();
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.addFirst(started("seek me " + i, data));
        }
        List<String> seen = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            RequestSpecification call = called().queryParam("q", "SEEK me").queryParam("limit", 2).queryParam("status", "queued,planning");
            cursor.ifPresent(place -> call.queryParam("cursor", place));
            JsonPath page = call.get("/api/v1/runs").then().statusCode(200).extract().jsonPath();
            seen.addAll(page.getList("items.id"));
            cursor = Optional.ofNullable(page.getString("next_cursor"));
        } while (cursor.isPresent());
        assertThat(seen).isEqualTo(made);
        called().queryParam("status", "asleep").get("/api/v1/runs").then().statusCode(400).body("errors[0].field", is("status")).body("errors[0].allowed", containsString("queued"));
        called().queryParam("cursor", "bm9uc2Vuc2U").get("/api/v1/runs").then().statusCode(400).body("errors[0].field", is("cursor"));
        called().queryParam("limit", 201).get("/api/v1/runs").then().statusCode(400);
    }

    @Test
    void datasetsComeInParts() {
        String first = uploaded();
        String second = called().multiPart("file", "y.csv", "a,b\n3,4\n".getBytes(StandardCharsets.UTF_8)).post("/api/v1/datasets").path("id");
        JsonPath page = called().queryParam("limit", 1).get("/api/v1/datasets").then().statusCode(200).body("items", hasSize(1)).extract().jsonPath();
        assertThat(page.getString("items[0].id")).isEqualTo(first.compareTo(second) > 0 ? first : second);
        assertThat(called().queryParam("limit", 1).queryParam("cursor", page.getString("next_cursor")).get("/api/v1/datasets").jsonPath().getString("items[0].id")).isNotEqualTo(page.getString("items[0].id"));
        called().get("/api/v1/datasets/" + first).then().statusCode(200).body("id", is(first));
        called().get("/api/v1/datasets/ds_nope").then().statusCode(404);
        called().contentType(ContentType.JSON).body("{\"ref\":\"" + first + "\"}").post("/api/v1/datasets").then().statusCode(201).body("id", is(first));
        called().contentType(ContentType.JSON).body("{}").post("/api/v1/datasets").then().statusCode(400).body("errors[0].field", is("ref"));
    }

    @Test
    void trialsAreSortedFilteredAndAlsoATable() {
        RunId run = new RunId(started("x", uploaded()));
        for (int number = 0; number < 5; number++) {
            trial(run, number, number == 3 ? new TrialState.Failed("=cmd", "boom") : new TrialState.Succeeded(List.of(0.2, 0.9, 0.4, 0.0, 0.6).get(number), Map.of()));
        }
        String path = "/api/v1/runs/" + run + "/trials";
        JsonPath page = called().queryParam("sort", "-score").queryParam("limit", 2).get(path).then().statusCode(200).extract().jsonPath();
        assertThat(page.<Integer>getList("items.number")).containsExactly(1, 4);
        page = called().queryParam("sort", "-score").queryParam("limit", 3).queryParam("cursor", page.getString("next_cursor")).get(path).then().extract().jsonPath();
        assertThat(page.<Integer>getList("items.number")).containsExactly(2, 0, 3);
        assertThat(page.getString("next_cursor")).isNull();
        called().queryParam("state", "failed").get(path).then().body("items.number", is(List.of(3)));
        called().queryParam("sort", "colour").get(path).then().statusCode(400).body("errors[0].allowed", containsString("score"));
        called().get(path + "/4").then().statusCode(200).body("score", is(0.6f)).body("seconds", is(2.0f));
        called().get(path + "/9").then().statusCode(404);
        String table = called().accept("text/csv").get(path).then().statusCode(200).contentType(startsWith("text/csv")).extract().asString();
        assertThat(table.lines()).hasSize(6).first().isEqualTo("number,state,score,seconds,sampler,proposed,ended,end,rate");
        assertThat(table).contains("3,failed,,2.0,").contains("'=cmd");
        called().accept("image/png").get(path).then().statusCode(406);
    }

    @Test
    void plotsArePlainData() {
        RunId run = new RunId(started("x", uploaded()));
        trial(run, 0, new TrialState.Succeeded(0.5, Map.of()));
        String path = "/api/v1/runs/" + run + "/plots/";
        called().get(path + "timeline").then().statusCode(200).body("bars[0].trial", is(0)).body("bars[0].state", is("succeeded"));
        called().get(path + "history").then().statusCode(200).body("points[0].score", is(0.5f));
        for (String kind : List.of("intermediate", "parallel", "slice")) {
            called().get(path + kind).then().statusCode(200);
        }
        called().get(path + "importance").then().statusCode(422).body("code", is("too_few_trials"));
        called().get(path + "contour").then().statusCode(404).body("errors[0].allowed", containsString("history"));
    }

    @Test
    void aRunHasAVersion() {
        RunId run = new RunId(started("x", uploaded()));
        String path = "/api/v1/runs/" + run;
        String tag = called().get(path).then().statusCode(200).header("ETag", notNullValue()).extract().header("ETag");
        called().header("If-None-Match", tag).get(path).then().statusCode(304).header("ETag", is(tag));
        called().head(path).then().statusCode(200).header("ETag", is(tag));
        store.append(run, "one", NOW, "log", Map.of("text", "x"));
        called().header("If-None-Match", tag).get(path).then().statusCode(200);
        called().header("If-Match", tag).delete(path).then().statusCode(412).contentType("application/problem+json");
        called().header("If-Match", tag).contentType(ContentType.JSON).body("{\"action\":\"cancel\"}").patch(path).then().statusCode(412);
        String now = called().get(path).header("ETag");
        called().header("If-Match", now).contentType(ContentType.JSON).body("{\"action\":\"cancel\"}").patch(path).then().statusCode(200).body("status", is("cancelling"));
        called().head(path + "/events").then().statusCode(200);
        called().accept("text/event-stream").head(path + "/events").then().statusCode(200);
    }

    @Test
    void aFileComesWholeOrInPart() throws Exception {
        RunId run = new RunId(started("x", uploaded()));
        Path root = Files.createDirectories(runs.as(Caller.OPERATOR).artifacts(run));
        Files.writeString(root.resolve("a.bin"), "0123456789");
        String path = "/api/v1/runs/" + run + "/artifacts/a.bin";
        String tag = called().get(path).then().statusCode(200).body(is("0123456789")).header("Accept-Ranges", "bytes").extract().header("ETag");
        called().header("Range", "bytes=2-4").get(path).then().statusCode(206).body(is("234")).header("Content-Range", "bytes 2-4/10").header("Content-Length", "3");
        called().header("Range", "bytes=7-").get(path).then().statusCode(206).body(is("789"));
        called().header("Range", "bytes=-2").get(path).then().statusCode(206).body(is("89"));
        called().header("Range", "bytes=8-99").header("If-Range", tag).get(path).then().statusCode(206).body(is("89"));
        called().header("Range", "bytes=8-99").header("If-Range", "\"other\"").get(path).then().statusCode(200).body(is("0123456789"));
        called().header("Range", "bytes=10-").get(path).then().statusCode(416).header("Content-Range", "bytes */10").contentType("application/problem+json");
        called().header("Range", "lines=1-2").get(path).then().statusCode(200);
        called().header("If-None-Match", tag).get(path).then().statusCode(304);
        called().head(path).then().statusCode(200).header("Content-Length", "10");
    }

    @Test
    void aPlanIsARunThatWaits() {
        String data = uploaded();
        called().contentType(ContentType.JSON).body("{\"plan_id\":\"plan_" + "0".repeat(26) + "\"}").post("/api/v1/runs").then().statusCode(404);
        called().contentType(ContentType.JSON).body("{\"plan_id\":\"plan_x\",\"prompt\":\"x\"}").post("/api/v1/runs").then().statusCode(400).body("code", is("contradiction"));
        String run = called().contentType(ContentType.JSON).body("{\"prompt\":\"x\",\"data\":\"" + data + "\",\"start\":\"hold\"}").post("/api/v1/runs").then().statusCode(202).extract().path("id");
        String plan = run.replace("run_", "plan_");
        called().get("/api/v1/plans/" + plan).then().statusCode(200).body("plan_id", is(plan)).body("run_id", is(run)).body("status", is("queued")).body("plan", nullValue());
        called().get("/api/v1/plans/" + run).then().statusCode(404);
        called().contentType(ContentType.JSON).body("{\"plan_id\":\"" + plan + "\"}").post("/api/v1/runs").then().statusCode(409).body("code", is("run_conflict"));
        called().contentType(ContentType.JSON).body("{}").post("/api/v1/runs/" + run + "/fork").then().statusCode(409).body("code", is("run_conflict"));
        assertThat(store.move(new RunId(run), RunStatus.PLANNING)).isTrue();
        called().contentType(ContentType.JSON).body("{\"prompt\":\"\"}").post("/api/v1/plans").then().statusCode(400);
    }

    private void trial(RunId run, int number, TrialState end) {
        Trial trial = Trial.proposed(number, new Proposal(new Assignment(Map.of("rate", number / 10.0)), "tpe", "because", Optional.empty()));
        trials.propose(run, trial, NOW);
        trials.update(run, trial.withState(new TrialState.Queued()).withState(new TrialState.Running()).withState(end), NOW.plusSeconds(2));
    }

    private RequestSpecification called() {
        return given().header("Authorization", "Bearer " + key);
    }

    private String uploaded() {
        return called().multiPart("file", "x.csv", "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8)).post("/api/v1/datasets").then().statusCode(201).extract().path("id");
    }

    private String started(String prompt, String data) {
        return called().contentType(ContentType.JSON).body("{\"prompt\":\"" + prompt + "\",\"data_id\":\"" + data + "\"}").post("/api/v1/runs").then().statusCode(202).extract().path("id");
    }
}
