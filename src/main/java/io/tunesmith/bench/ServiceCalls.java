package io.tunesmith.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Calls to a service that may be away for a while: questions are asked again until they are answered. */
record ServiceCalls(String url, String key, HttpClient http) {
    static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration AWAY = Duration.ofMinutes(3);

    ServiceCalls(String url, String key) {
        this(url, key, HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build());
    }

    /** With the address and the key of the data folder's {@code service.json}. */
    static ServiceCalls of(Path dataDir) throws IOException {
        JsonNode file = JSON.readTree(Files.readString(dataDir.resolve("service.json")));
        return new ServiceCalls(file.path("url").asText(), file.path("key").asText());
    }

    boolean ready() throws InterruptedException {
        try {
            return http.send(request("/q/health/ready").GET().build(), BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Asks until there is an answer. */
    JsonNode get(String path) throws InterruptedException {
        String last = "";
        for (long end = System.nanoTime() + AWAY.toNanos(); System.nanoTime() < end; Thread.sleep(200)) {
            try {
                HttpResponse<String> response = http.send(request(path).GET().build(), BodyHandlers.ofString());
                if (response.statusCode() == 200) {
                    return JSON.readTree(response.body());
                }
                last = response.statusCode() + " " + response.body();
            } catch (IOException e) {
                last = e.toString();
            }
        }
        throw new IllegalStateException("GET " + path + " got no answer in " + AWAY.toSeconds() + " s: " + last);
    }

    JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
        return answered(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body.toString())));
    }

    void delete(String path) throws IOException, InterruptedException {
        answered(request(path).DELETE());
    }

    /** @return the id of the data set */
    String upload(Path file) throws IOException, InterruptedException {
        String boundary = "tunesmith-bench-boundary";
        String body = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + file.getFileName() + "\"\r\nContent-Type: text/csv\r\n\r\n" + Files.readString(file)
                + "\r\n--" + boundary + "--\r\n";
        return answered(request("/api/v1/datasets").header("Content-Type", "multipart/form-data; boundary=" + boundary).POST(BodyPublishers.ofString(body))).path("id").asText();
    }

    /** Starts a run of the example. @return its id */
    String run(String dataset, int trials, long seed, Duration limit) throws IOException, InterruptedException {
        ObjectNode body = JSON.createObjectNode().put("prompt", "Predict the species of a penguin from its measurements. I care about balanced accuracy.").put("data_id", dataset).put("seed", seed);
        body.putObject("budget").put("trials", trials).put("seconds", limit.toSeconds());
        return post("/api/v1/runs", body).path("id").asText();
    }

    /** Planned, and not begun: it waits. */
    String plan(String dataset) throws IOException, InterruptedException {
        ObjectNode body = JSON.createObjectNode().put("prompt", "Predict the species of a penguin from its measurements. I care about balanced accuracy.").put("data_id", dataset);
        return "run_" + post("/api/v1/plans", body).path("plan_id").asText().replaceFirst("^[a-z]+_", "");
    }

    String status(String run) throws InterruptedException {
        return get("/api/v1/runs/" + run).path("status").asText();
    }

    /** All trials of a run, however many parts they come in. */
    List<JsonNode> trials(String run) throws InterruptedException {
        List<JsonNode> all = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = get("/api/v1/runs/" + run + "/trials?limit=200" + next);
            page.path("items").forEach(all::add);
            next = page.path("next_cursor").isTextual() ? "&cursor=" + page.path("next_cursor").asText() : "";
        } while (!next.isEmpty());
        return all;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).header("Authorization", "Bearer " + key).timeout(PATIENCE);
    }

    private JsonNode answered(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() >= 400) {
            throw new IOException(request.build().uri() + " answered " + response.statusCode() + ": " + response.body());
        }
        return response.body().isBlank() ? JSON.createObjectNode() : JSON.readTree(response.body());
    }
}
