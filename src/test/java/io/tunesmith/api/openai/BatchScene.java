package io.tunesmith.api.openai;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import io.tunesmith.app.StoredKeys;
import io.tunesmith.app.TestKey;
import io.tunesmith.batch.BatchService;
import io.tunesmith.run.Caller;
import io.tunesmith.run.Run;
import io.tunesmith.run.RunQuery;
import io.tunesmith.run.RunStore;
import io.tunesmith.run.Scope;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;

/** A key's files and batches over HTTP on a real PostgreSQL; runs are ended by hand. */
abstract class BatchScene {
    final StoredKeys keys;
    final RunStore runs;
    final BatchService batches;
    String key;

    BatchScene(StoredKeys keys, RunStore runs, BatchService batches) {
        this.keys = keys;
        this.runs = runs;
        this.batches = batches;
    }

    @BeforeEach
    void open() {
        TestKey.of(keys);
        key = keys.make("mine", Scope.RUN).key();
    }

    RequestSpecification called() {
        return given().header("Authorization", "Bearer " + key);
    }

    String upload(String text, String name, String purpose) {
        return called().multiPart("file", name, text.getBytes(StandardCharsets.UTF_8), "application/octet-stream").multiPart("purpose", purpose).post("/v1/files").then().statusCode(200).extract().path("id");
    }

    String data() {
        return called().multiPart("file", "t.csv", ("a,b\n" + "1,2\n2,3\n".repeat(50) + "9," + System.nanoTime() + "\n").getBytes(StandardCharsets.UTF_8)).post("/api/v1/datasets").then().statusCode(201).extract().path("id");
    }

    static String line(String id, String words, String data) {
        return "{\"custom_id\":\"" + id + "\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":{\"model\":\"tunesmith\",\"messages\":[{\"role\":\"user\",\"content\":\"" + words + "\"}],\"tunesmith\":{\"data\":\"" + data + "\"}}}\n";
    }

    String batch(String lines) {
        return called().contentType(ContentType.JSON).body("{\"input_file_id\":\"" + upload(lines, "requests.jsonl", "batch") + "\",\"endpoint\":\"/v1/chat/completions\",\"completion_window\":\"24h\",\"metadata\":{\"who\":\"me\"}}")
                .post("/v1/batches").then().statusCode(200).body("object", is("batch")).body("id", startsWith("batch_")).body("metadata.who", is("me")).extract().path("id");
    }

    JsonPath view(String id) {
        return called().get("/v1/batches/" + id).then().statusCode(200).extract().jsonPath();
    }

    JsonPath until(String id, Predicate<JsonPath> wanted) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        JsonPath view = view(id);
        while (!wanted.test(view)) {
            assertThat(System.nanoTime()).as(view.prettify()).isLessThan(end);
            batches.tick();
            Thread.sleep(50);
            view = view(id);
        }
        return view;
    }

    List<Run> mine() {
        String owner = keys.open(key).orElseThrow().caller().owner();
        return runs.list(RunQuery.newest(10), new Caller(owner, Scope.RUN));
    }
}
