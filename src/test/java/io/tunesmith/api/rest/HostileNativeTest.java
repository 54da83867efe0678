package io.tunesmith.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.tunesmith.app.StoredKeys;
import io.tunesmith.app.TestKey;
import io.tunesmith.doors.Hostile;
import io.tunesmith.doors.HostileProfile;
import io.tunesmith.doors.Judge;
import io.tunesmith.doors.Planted;
import io.tunesmith.doors.RawHttp;
import io.tunesmith.run.Caller;
import io.tunesmith.run.Datasets;
import io.tunesmith.run.DatasetService;
import io.tunesmith.run.RunQuery;
import io.tunesmith.run.RunService;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What nobody sends by accident, at the native door. What each answer must be is in {@link Hostile}, and is checked by {@link Judge}. */
@QuarkusTest
@TestProfile(HostileProfile.class)
class HostileNativeTest {
    private static final String TABLE = "a,b\n1,2\n";
    private final StoredKeys keys;
    private final RunService runs;
    private final DatasetService datasets;
    private Planted planted;
    private String mine;
    private Caller caller;
    private String own;

    @TestHTTPResource
    URL url;

    HostileNativeTest(StoredKeys keys, RunService runs, DatasetService datasets) {
        this.keys = keys;
        this.runs = runs;
        this.datasets = datasets;
    }

    @BeforeEach
    void open() {
        planted = Planted.by(keys);
        mine = TestKey.plenty(keys, "mine", "run");
        caller = keys.open(mine).orElseThrow().caller();
        own = upload("x.csv", TABLE).then().statusCode(201).extract().path("id");
    }

    /** On data of its own, so that whoever starts a run by the way would be seen: each run is one that was asked for in so many words, and the answer has its id. */
    @Test
    void everyInputIsAnsweredAndNoRunIsThereThatNoAnswerNames() throws IOException {
        List<Hostile.Case> inputs = at("/api/v1/runs", "{\"prompt\":\"predict b\",\"data_id\":\"" + own + "\"}", "predict b").all();
        Judge judge = new Judge(planted, Set.of(200, 202));
        List<String> wrong = new ArrayList<>();
        Set<String> named = new HashSet<>();
        for (Hostile.Case input : inputs) {
            RawHttp.Answer answer = RawHttp.send(url.getPort(), input);
            wrong.addAll(judge.complaints(input, answer));
            if (answer.status() == 202) {
                named.add(answer.header("Location").orElse("").replace("/api/v1/runs/", ""));
            }
        }
        assertThat(inputs).hasSizeGreaterThanOrEqualTo(200);
        assertThat(wrong).isEmpty();
        assertThat(all()).isEqualTo(named).hasSizeGreaterThan(50);
        nothingWasRun();
    }

    @Test
    void noInputThatNamesAnothersDataTakesOrTellsThem() throws IOException {
        List<Hostile.Case> inputs = at("/api/v1/runs", "{\"prompt\":\"predict b\",\"data_id\":\"" + planted.dataset() + "\"}", "predict b").all();

        assertThat(inputs).hasSizeGreaterThanOrEqualTo(200);
        assertThat(new Judge(planted, Set.of(200)).complaints(url.getPort(), inputs)).isEmpty();
        assertThat(all()).isEmpty();
    }

    @Test
    void aRequestWhoseEndCanBeReadInTwoWaysIsAnsweredOnce() throws IOException {
        List<String> twice = new ArrayList<>();
        for (Hostile.Case input : at("/api/v1/runs", "{\"prompt\":\"predict b\"}", "predict b").framing()) {
            int answers = RawHttp.answers(url.getPort(), input);
            if (answers != (input.must() == Hostile.Must.NOTHING ? 0 : 1)) {
                twice.add(input.name() + ": " + answers + " answers");
            }
        }
        assertThat(twice).isEmpty();
    }

    @Test
    void everyCallOnWhatIsAnothersIsAnsweredAsIfItWereNowhere() throws IOException {
        List<String> calls = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document().path("paths").properties()) {
            String id = planted.idFor(path.getKey());
            if (id.isEmpty() || !path.getKey().contains("{id}")) {
                continue;
            }
            for (String method : List.of("get", "post", "put", "patch", "delete")) {
                if (path.getValue().has(method)) {
                    calls.add(method + " " + path.getKey());
                    String theirs = asked(method, path.getKey(), id);
                    assertThat(theirs).as(method + " " + path.getKey()).isEqualTo(asked(method, path.getKey(), Planted.nobodys(id))).startsWith("404");
                }
            }
        }
        assertThat(calls).hasSizeGreaterThan(25).contains("get /api/v1/runs/{id}/events", "delete /api/v1/runs/{id}", "get /v1/files/{id}/content", "post /v1/batches/{id}/cancel", "post /v1/responses/{id}/cancel");
        assertThat(Planted.as(planted.key()).get("/api/v1/runs/" + planted.run()).then().statusCode(200).extract().<String>path("status")).isIn("queued", "planning");
    }

    @Test
    void noReferenceAndNoPathLeadsOutside() throws IOException {
        List<Hostile.Case> inputs = new ArrayList<>();
        inputs.addAll(at("/api/v1/datasets", "{\"ref\":\"REF\"}", "REF").outside());
        inputs.addAll(at("/api/v1/runs", "{\"prompt\":\"predict b\",\"data\":\"REF\"}", "REF").outside());
        inputs.addAll(at("/api/v1/runs", "{\"prompt\":\"predict b\",\"data_id\":\"REF\"}", "REF").outside());
        String run = start();
        for (String path : List.of("/api/v1/runs/" + run + "/artifacts", "/api/v1/runs/" + run + "/logs", "/api/v1/runs", "/api/v1/datasets", "/api/v1/datasets/" + own, "/api/v1/attempts/x/files/1", "/api/v1/attempts/x/inputs")) {
            inputs.addAll(at(path, "{}", "").climbing());
        }
        int before = mine().list(Optional.empty(), 100).size();

        assertThat(new Judge(planted, Set.of(200)).complaints(url.getPort(), inputs)).isEmpty();
        assertThat(inputs).hasSizeGreaterThanOrEqualTo(200);
        assertThat(mine().list(Optional.empty(), 100)).hasSize(before);
        assertThat(all()).containsExactly(run);
        upload("../../../../../../../../tmp/tunesmith-hostile.csv", TABLE).then().statusCode(201);
        assertThat(Path.of("/tmp/tunesmith-hostile.csv")).doesNotExist();
    }

    @Test
    void namesColumnsAndCellsThatGiveOrdersAreOnlyText() throws IOException {
        List<Hostile.Case> forms = new ArrayList<>();
        for (String text : Hostile.TEXTS) {
            String plain = text.replace("\\\"", "%22");
            forms.add(form("the file name " + text, plain + ".csv", TABLE));
            forms.add(form("the column " + text, "x.csv", "\"" + text.replace("\"", "\"\"") + "\",b\n1,2\n"));
            forms.add(form("the cell " + text, "x.csv", "a,b\n\"" + text.replace("\"", "\"\"") + "\",2\n"));
        }
        forms.addAll(brokenForms());
        forms.add(at("/api/v1/datasets", "{}", "").form("a part with a long header", "multipart/form-data; boundary=x",
                "--x\r\nX: " + "h".repeat(100_000) + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.csv\"\r\n\r\n" + TABLE + "\r\n--x--\r\n"));

        assertThat(forms).hasSizeGreaterThan(120);
        assertThat(new Judge(planted, Set.of(201)).complaints(url.getPort(), forms)).isEmpty();
        assertThat(all()).isEmpty();
        nothingWasRun();
    }

    private List<Hostile.Case> brokenForms() {
        String part = "Content-Disposition: form-data; name=\"file\"; filename=\"x.csv\"\r\n\r\n";
        return Stream.of("", "--x", "--x--\r\n", "--x\r\n--x--\r\n", "--x\r\n\r\n" + TABLE + "\r\n--x--\r\n", "--x\r\n" + part + TABLE, "--y\r\n" + part + TABLE + "\r\n--y--\r\n", "--x\r\n" + part.replace("file\"", "other\"") + TABLE + "\r\n--x--\r\n",
                        "--x\r\nContent-Disposition: form-data\r\n\r\n" + TABLE + "\r\n--x--\r\n", "--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n" + TABLE + "\r\n--x--\r\n", "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\n\r\n--x--\r\n",
                        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + "n".repeat(10_000) + ".csv\"\r\n\r\n" + TABLE + "\r\n--x--\r\n", 
                        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.csv\"; filename*=UTF-8''..%2f..%2fy.csv\r\n\r\n\r\n--x--\r\n", "--x\r\nContent-Transfer-Encoding: nonsense\r\n" + part + "\r\n--x--\r\n",
                        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../\"\r\n\r\n" + TABLE + "\r\n--x--\r\n", "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"..\"\r\n\r\n" + TABLE + "\r\n--x--\r\n", "\r\n\r\n\r\n", "\u0000", "{}")
                .map(body -> at("/api/v1/datasets", "{}", "").form("the form " + body, "multipart/form-data; boundary=x", body).but(Hostile.Must.REFUSE)).toList();
    }

    private Hostile.Case form(String name, String fileName, String content) {
        String body = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + fileName + "\"\r\nContent-Type: text/csv\r\n\r\n" + content + "\r\n--x--\r\n";
        return at("/api/v1/datasets", "{}", "").form(name, "multipart/form-data; boundary=x", body);
    }

    private Hostile at(String path, String body, String inner) {
        return new Hostile("127.0.0.1:" + url.getPort(), mine, path, body, inner);
    }

    /** The status and the body, without what is different in each answer. */
    private String asked(String method, String path, String id) {
        String target = path.replace("{id}", id).replace("{number}", "0").replace("{kind}", "pareto").replace("{path}", "report.md");
        String body = path.endsWith("/answers") ? "{\"question_id\":\"start\",\"answer\":\"yes\"}" : method.equals("patch") ? "{\"action\":\"cancel\"}" : "{}";
        Response answer = method.equals("get") ? Planted.as(mine).get(target) : Planted.as(mine).contentType("application/json").body(body).request(method.toUpperCase(java.util.Locale.ROOT), target);
        assertThat(answer.asString()).as(target).doesNotContain("quartzfalcon");
        return answer.statusCode() + " " + answer.asString().replace(id, "ID").replaceAll("req_[0-9a-z]{26}", "REQ");
    }

    private JsonNode document() throws IOException {
        return WireJson.MAPPER.readTree(Planted.as(mine).queryParam("format", "json").get("/q/openapi").then().statusCode(200).extract().asString());
    }

    private String start() {
        return Planted.as(mine).contentType("application/json").body("{\"prompt\":\"predict b\",\"data_id\":\"" + own + "\"}").post("/api/v1/runs").then().statusCode(202).extract().path("id");
    }

    private Response upload(String name, String text) {
        return Planted.as(mine).multiPart("file", name, text.getBytes(StandardCharsets.UTF_8)).post("/api/v1/datasets");
    }

    private Set<String> all() {
        Set<String> ids = new HashSet<>();
        runs.as(caller).list(RunQuery.newest(1000)).forEach(run -> ids.add(run.id().value()));
        return ids;
    }

    private Datasets mine() {
        return datasets.as(caller);
    }

    private static void nothingWasRun() {
        assertThat(Path.of("/tmp/tunesmith-hostile")).doesNotExist();
    }
}
