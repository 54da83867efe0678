package io.tunesmith.doors;

import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import io.tunesmith.app.StoredKeys;
import io.tunesmith.app.TestKey;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What another key owns, one of each kind, with words in it that stand nowhere else: no answer to anybody but that key may have one of them, nor an id that
 * the asker did not name.
 */
public record Planted(String key, String dataset, String run, String file, String batch, String response) {
    /** In the other's prompt, names, columns, cells, lines, metadata and conversation. */
    static final String WORD = "quartzfalcon";

    /** Makes them, through the doors. */
    public static Planted by(StoredKeys keys) {
        String key = TestKey.plenty(keys, "other", "run");
        String dataset = as(key).multiPart("file", WORD + ".csv", ("a," + WORD + "_column\n" + WORD + "_cell,2\n").getBytes(StandardCharsets.UTF_8)).post("/api/v1/datasets").then().statusCode(201).extract().path("id");
        String run = json(key).body("{\"prompt\":\"predict " + WORD + "_column, " + WORD + "\",\"data_id\":\"" + dataset + "\"}").post("/api/v1/runs").then().statusCode(202).extract().path("id");
        String line = "{\"custom_id\":\"" + WORD + "\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":{\"model\":\"tunesmith\",\"messages\":[{\"role\":\"user\",\"content\":\"" + WORD + "\"}]}}";
        String file = as(key).multiPart("file", WORD + ".jsonl", line.getBytes(StandardCharsets.UTF_8)).multiPart("purpose", "batch").post("/v1/files").then().statusCode(200).extract().path("id");
        String batch = json(key).body("{\"input_file_id\":\"" + file + "\",\"endpoint\":\"/v1/chat/completions\",\"completion_window\":\"24h\",\"metadata\":{\"note\":\"" + WORD + "\"}}").post("/v1/batches").then()
                .statusCode(200).extract().path("id");
        String response = json(key).body("{\"model\":\"tunesmith\",\"input\":\"what is " + WORD + "?\",\"instructions\":\"" + WORD + "\"}").post("/v1/responses").then().statusCode(200).extract().path("id");
        return new Planted(key, dataset, run, file, batch, response);
    }

    public List<String> ids() {
        return List.of(dataset, run, file, batch, response);
    }

    /** For what is written {@code {id}} in a path. */
    public String idFor(String path) {
        String kind = path.replaceFirst("^/(api/)?v1/", "").replaceFirst("/.*", "");
        return switch (kind) {
            case "runs" -> run;
            case "plans" -> run.replace("run_", "plan_");
            case "datasets" -> dataset;
            case "files" -> file;
            case "batches" -> batch;
            case "responses" -> response;
            default -> "";
        };
    }

    /** An id of the same kind under which there is nothing. */
    public static String nobodys(String id) {
        return id.replaceFirst("[^_-]*$", "0".repeat(26));
    }

    public static RequestSpecification as(String key) {
        return RestAssured.given().header("Authorization", "Bearer " + key);
    }

    static RequestSpecification json(String key) {
        return as(key).contentType("application/json");
    }
}
