package io.tunesmith.api.openai;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.tunesmith.app.ServiceTestProfile;
import io.tunesmith.app.StoredKeys;
import io.tunesmith.batch.BatchService;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.run.FilePurpose;
import io.tunesmith.run.FileStore;
import io.tunesmith.run.RunStatus;
import io.tunesmith.run.RunStore;
import io.tunesmith.run.Scope;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Files and batches over HTTP. */
@QuarkusTest
@TestProfile(ServiceTestProfile.class)
class BatchRestTest extends BatchScene {
    private final FileStore files;

    BatchRestTest(StoredKeys keys, RunStore runs, BatchService batches, FileStore files) {
        super(keys, runs, batches);
        this.files = files;
    }

    @Test
    void aFileComesBackAsItWas() {
        String text = "=1+1\r\n\uFEFFx\u0000";
        String id = upload(text, "../../etc/pass wd.bin", "user_data");
        called().get("/v1/files/" + id).then().statusCode(200).body("object", is("file")).body("bytes", is(text.getBytes(StandardCharsets.UTF_8).length)).body("filename", is("pass wd.bin")).body("status", is("processed"))
                .body("purpose", is("user_data")).body("$", org.hamcrest.Matchers.not(org.hamcrest.Matchers.hasKey("expires_at")));
        byte[] back = called().accept("application/binary").get("/v1/files/" + id + "/content").then().statusCode(200).header("Content-Disposition", is("attachment; filename=\"pass_wd.bin\""))
                .header("Content-Security-Policy", containsString("sandbox")).extract().asByteArray();
        assertThat(back).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
        called().delete("/v1/files/" + id).then().statusCode(200).body("deleted", is(true)).body("id", is(id));
        called().get("/v1/files/" + id).then().statusCode(404);
        called().get("/v1/files/" + id + "/content").then().statusCode(404);
        called().delete("/v1/files/" + id).then().statusCode(404);
    }

    @Test
    void filesAreListedInPages() {
        List<String> ids = List.of(upload("1", "a", "evals"), upload("2", "b", "evals"), upload("3", "c", "vision"));
        called().get("/v1/files").then().statusCode(200).body("data.id", equalTo(ids.reversed())).body("has_more", is(false)).body("first_id", is(ids.get(2))).body("last_id", is(ids.get(0)));
        called().get("/v1/files?limit=2&order=asc").then().body("data.id", equalTo(ids.subList(0, 2))).body("has_more", is(true)).body("last_id", is(ids.get(1)));
        called().get("/v1/files?limit=2&order=asc&after=" + ids.get(1)).then().body("data.id", equalTo(ids.subList(2, 3))).body("has_more", is(false));
        called().get("/v1/files?purpose=vision").then().body("data.id", equalTo(ids.subList(2, 3)));
        for (String bad : List.of("limit=0", "limit=10001", "limit=-1", "limit=x", "limit=99999999999999999999", "order=up", "purpose=spying")) {
            called().get("/v1/files?" + bad).then().statusCode(400);
        }
        called().get("/v1/files?after=../../x").then().statusCode(404);
    }

    @Test
    void aFileExpires() {
        String id = called().multiPart("file", "a", "x".getBytes()).multiPart("purpose", "batch").multiPart("expires_after[anchor]", "created_at").multiPart("expires_after[seconds]", "3600").post("/v1/files").then().statusCode(200)
                .extract().path("id");
        long created = called().get("/v1/files/" + id).then().extract().jsonPath().getLong("created_at");
        assertThat(called().get("/v1/files/" + id).then().extract().jsonPath().getLong("expires_at")).isEqualTo(created + 3600);
        for (String seconds : List.of("3599", "2592001", "-3600", "3600.5", "1e4", "", "x", "0x1000", "99999999999999999999")) {
            called().multiPart("file", "a", "x".getBytes()).multiPart("purpose", "batch").multiPart("expires_after[anchor]", "created_at").multiPart("expires_after[seconds]", seconds).post("/v1/files").then().statusCode(400);
        }
        called().multiPart("file", "a", "x".getBytes()).multiPart("purpose", "batch").multiPart("expires_after[seconds]", "3600").post("/v1/files").then().statusCode(400);
        called().multiPart("file", "a", "x".getBytes()).multiPart("purpose", "batch").multiPart("expires_after[anchor]", "now").multiPart("expires_after[seconds]", "3600").post("/v1/files").then().statusCode(400);
        Instant later = Instant.ofEpochSecond(created + 3601);
        io.tunesmith.core.FileId file = new io.tunesmith.core.FileId(id);
        assertThat(files.find(file, later)).isEmpty();
        files.expire(later);
        assertThat(files.path(file)).doesNotExist();
        called().get("/v1/files/" + id).then().statusCode(404);
    }

    @Test
    void whatIsNoUploadIsRefused() {
        called().multiPart("purpose", "batch").post("/v1/files").then().statusCode(400);
        called().multiPart("file", "a", "x".getBytes()).post("/v1/files").then().statusCode(400);
        called().multiPart("file", "a", "x".getBytes()).multiPart("purpose", "batch_output").post("/v1/files").then().statusCode(400);
        called().multiPart("file", "a", new byte[0]).multiPart("purpose", "batch").post("/v1/files").then().statusCode(400);
        called().contentType(ContentType.JSON).body("{}").post("/v1/files").then().statusCode(415);
    }

    @Test
    void aBatchRunsItsLinesAndWritesWhatTheyCameTo() throws Exception {
        String data = data();
        String id = batch(line("one", "predict b", data) + line("two", "predict b please", data) + line("three", "predict b", "ds_" + "0".repeat(26)));
        JsonPath going = until(id, view -> view.getString("status").equals("in_progress") && view.getInt("request_counts.failed") == 1 && mine().size() == 2);
        assertThat(going.getInt("request_counts.total")).isEqualTo(3);
        assertThat(going.getString("output_file_id")).isNull();
        assertThat(mine()).extracting(run -> run.request().text()).containsExactlyInAnyOrder("predict b", "predict b please");
        mine().forEach(run -> runs.end(run.id(), RunStatus.FAILED, Optional.of(Failure.BadRequest.of(FailureCode.DATA_UNUSABLE, "data", "one class")), Instant.now(), "run.finished", Map.of("text", "ended")));

        JsonPath done = until(id, view -> view.getString("status").equals("completed"));

        assertThat(done.getInt("request_counts.failed")).isEqualTo(3);
        assertThat(done.getString("output_file_id")).as("no line was answered").isNull();
        assertThat(done.getLong("completed_at")).isPositive();
        String[] lines = called().get("/v1/files/" + done.getString("error_file_id") + "/content").then().statusCode(200).extract().asString().split("\n");
        assertThat(lines).hasSize(3);
        assertThat(JsonPath.from(lines[0])).satisfies(line -> {
            assertThat(line.getString("custom_id")).isEqualTo("one");
            assertThat(line.getInt("response.status_code")).isEqualTo(422);
            assertThat(line.getString("response.body.error.code")).isEqualTo("data_unusable");
            assertThat(line.getString("response.body.tunesmith.run_id")).startsWith("run_");
        });
        assertThat(JsonPath.from(lines[2]).getInt("response.status_code")).isEqualTo(404);
        called().noContentType().post("/v1/batches/" + id + "/cancel").then().statusCode(409).header("x-should-retry", "false");
        called().get("/v1/files/" + done.getString("error_file_id")).then().body("purpose", is(FilePurpose.BATCH_OUTPUT.wire()));
    }

    @Test
    void anUploadedFileIsDataForALine() throws Exception {
        String table = "a,b\n" + "1,2\n2,3\n".repeat(50);
        String id = batch(line("one", "predict b", upload(table, "t.csv", "user_data")));
        until(id, _ -> mine().size() == 1);
        String other = keys.make("other", Scope.RUN).key();
        String theirs = given().header("Authorization", "Bearer " + other).multiPart("file", "t.csv", table.getBytes(StandardCharsets.UTF_8)).multiPart("purpose", "user_data").post("/v1/files").then().statusCode(200).extract().path("id");
        String refused = batch(line("one", "predict b", theirs));
        JsonPath done = until(refused, view -> view.getString("status").equals("completed"));
        assertThat(called().get("/v1/files/" + done.getString("error_file_id") + "/content").then().extract().jsonPath().getInt("response.status_code")).isEqualTo(404);
    }

    @Test
    void aBatchIsCancelledWithoutABody() throws Exception {
        String id = batch(line("one", "predict b", data()));
        until(id, view -> view.getString("status").equals("in_progress") && mine().size() == 1);

        called().noContentType().post("/v1/batches/" + id + "/cancel").then().statusCode(200).body("status", is("cancelling"));
        called().noContentType().post("/v1/batches/" + id + "/cancel").then().statusCode(200);
        until(id, _ -> mine().getFirst().status() == RunStatus.CANCELLING || mine().getFirst().status() == RunStatus.CANCELLED);
        if (!mine().getFirst().status().terminal()) {
            runs.end(mine().getFirst().id(), RunStatus.CANCELLED, Optional.empty(), Instant.now(), "run.finished", Map.of("text", "cancelled"));
        }
        JsonPath done = until(id, view -> view.getString("status").equals("cancelled"));

        assertThat(called().get("/v1/files/" + done.getString("error_file_id") + "/content").then().extract().jsonPath().getString("error.code")).isEqualTo("batch_cancelled");
        called().noContentType().post("/v1/batches/" + id + "/cancel").then().statusCode(200).body("status", is("cancelled"));
    }

    @Test
    void aFileOfRequestsIsRefusedByItsLines() throws Exception {
        String id = batch(line("a", "predict b", "ds_1") + "{\n" + line("a", "predict b", "ds_1"));
        JsonPath failed = until(id, view -> view.getString("status").equals("failed"));

        assertThat(failed.getString("errors.object")).isEqualTo("list");
        assertThat(failed.getList("errors.data.line")).isEqualTo(List.of(2, 3));
        assertThat(failed.getList("errors.data.code")).isEqualTo(List.of("invalid_json_line", "duplicate_custom_id"));
        assertThat(mine()).isEmpty();
    }

    @Test
    void aBatchThatCannotBeIsRefusedByItsField() {
        String file = upload(line("a", "predict b", "ds_1"), "r.jsonl", "batch");
        String good = "{\"input_file_id\":\"" + file + "\",\"endpoint\":\"/v1/chat/completions\",\"completion_window\":\"24h\"";
        refused(good.replace("24h", "1h") + "}", 400, "completion_window");
        refused(good.replace(",\"completion_window\":\"24h\"", "") + "}", 400, "completion_window");
        refused(good.replace("chat/completions", "embeddings") + "}", 400, "endpoint");
        refused(good.replace(file, "file-" + "0".repeat(26)) + "}", 404, "file_id");
        refused(good.replace(file, "../../service.json") + "}", 404, "file_id");
        refused(good.replace(file, upload("x", "x", "evals")) + "}", 400, "input_file_id");
        refused(good + ",\"metadata\":{\"k\":7}}", 400, "metadata");
        refused(good + ",\"metadata\":{\"" + "k".repeat(65) + "\":\"v\"}}", 400, "metadata");
        refused(good + ",\"metadata\":{\"k\":\"" + "v".repeat(513) + "\"}}", 400, "metadata.k");
        refused(good + ",\"metadata\":{\"max_seconds\":\"many\"}}", 400, "max_seconds");
        refused(good + ",\"metadata\":{\"max_seconds\":\"1\"}}", 400, "max_seconds");
        refused(good + ",\"tunesmith\":{\"max_seconds\":999999}}", 400, "max_seconds");
        refused(good + ",\"tunesmith\":{\"max_trials\":1.5}}", 400, "max_trials");
        refused(good + ",\"output_expires_after\":{\"anchor\":\"created_at\",\"seconds\":1}}", 400, "output_expires_after.seconds");
        refused("[]", 400, "body");
        refused("{", 400, "body");
        refused("[".repeat(5_000), 400, "body");
        refused("\"" + "x".repeat(300_000) + "\"", 413, "body");
    }

    private void refused(String body, int status, String field) {
        String answer = called().contentType(ContentType.JSON).body(body).post("/v1/batches").then().statusCode(status).extract().asString();
        assertThat(answer).contains("\"" + field + "\"");
    }

    @Test
    void anotherKeySeesNothingOfIt() {
        String file = upload(line("a", "predict b", "ds_1"), "r.jsonl", "batch");
        String id = batch(line("a", "predict b", "ds_1"));
        key = keys.make("other", Scope.RUN).key();

        called().get("/v1/files/" + file).then().statusCode(404);
        called().get("/v1/files/" + file + "/content").then().statusCode(404);
        called().delete("/v1/files/" + file).then().statusCode(404);
        called().get("/v1/files").then().body("data.size()", is(0)).body("has_more", is(false)).body("first_id", nullValue());
        called().get("/v1/batches/" + id).then().statusCode(404);
        called().noContentType().post("/v1/batches/" + id + "/cancel").then().statusCode(404);
        called().get("/v1/batches").then().body("data.size()", is(0)).body("has_more", is(false));
        refused("{\"input_file_id\":\"" + file + "\",\"endpoint\":\"/v1/chat/completions\",\"completion_window\":\"24h\"}", 404, "file_id");
        key = keys.make("reader", Scope.READ).key();
        called().multiPart("file", "a", "x".getBytes()).multiPart("purpose", "batch").post("/v1/files").then().statusCode(403);
    }

    @Test
    void batchesAreListedInPages() {
        List<String> ids = List.of(batch("x"), batch("x"), batch("x"));
        called().get("/v1/batches?limit=2").then().body("data.id", equalTo(ids.reversed().subList(0, 2))).body("has_more", is(true)).body("last_id", is(ids.get(1)));
        called().get("/v1/batches?limit=2&after=" + ids.get(1)).then().body("data.id", equalTo(ids.subList(0, 1))).body("has_more", is(false));
        called().get("/v1/batches?limit=101").then().statusCode(400);
        called().get("/v1/batches/batch_1").then().statusCode(404);
    }
}
