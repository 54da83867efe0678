package io.tunesmith.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tunesmith.data.fetch.S3Server;
import io.tunesmith.faults.ServiceProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs whose data come by reference into a packaged service: from a folder that {@code --allow-root} names, and from a server that speaks S3. */
@Timeout(600)
class DataReferencesIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path APP = Path.of("target/quarkus-app").toAbsolutePath();
    @TempDir
    static Path home;
    @TempDir
    Path folder;
    private static S3Server s3;
    private static ServiceProcess service;

    @BeforeAll
    static void start() throws Exception {
        Path tables = Files.createDirectories(home.resolve("tables"));
        Files.copy(ServiceProcess.PENGUINS, tables.resolve("penguins.csv"));
        Files.copy(ServiceProcess.PENGUINS, home.resolve("private.csv"));
        Files.createSymbolicLink(tables.resolve("way-out.csv"), home.resolve("private.csv"));
        s3 = new S3Server(home);
        s3.bucket("mine");
        s3.put("mine", "dir/penguins.csv.gz", gzip(Files.readAllBytes(ServiceProcess.PENGUINS)));
        service = new ServiceProcess(home, "--slots", "1", "--allow-root", tables.toString()).start("tunesmith.data.s3.endpoint=" + s3.endpoint(), "tunesmith.data.s3.access-key=" + S3Server.ID, "tunesmith.data.s3.secret=" + S3Server.SECRET);
    }

    @AfterAll
    static void stop() throws Exception {
        if (service != null) {
            service.close();
        }
        if (s3 != null) {
            s3.close();
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private Client.Outcome tunesmith(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m", "-Dtunesmith.home=" + APP,
                "-cp", APP + "/app/*:" + APP + "/lib/main/*:" + APP + "/lib/boot/*", "io.tunesmith.cli.Tunesmith"));
        command.addAll(List.of(arguments));
        return Client.run(command, Map.of("TUNESMITH_HOME", service.dataDir().toString()));
    }

    private static HttpResponse<String> run(String reference) throws Exception {
        return service.post("/api/v1/runs", JSON.writeValueAsString(Map.of("prompt", "Predict the species.", "target", "species", "data", reference, "seed", 1, "budget", Map.of("trials", 2, "seconds", 300))));
    }

    private static JsonNode json(String path) throws Exception {
        HttpResponse<String> answer = service.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static JsonNode ended(String run) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(240);
        JsonNode view = json("/api/v1/runs/" + run);
        while (!List.of("succeeded", "failed", "cancelled", "budget_exhausted").contains(view.path("status").asText())) {
            assertThat(System.nanoTime()).as(view + "\n" + service.said()).isLessThan(end);
            Thread.sleep(200);
            view = json("/api/v1/runs/" + run);
        }
        return view;
    }

    @Test
    void aRunLearnsFromAFileBelowAnAllowedFolder() throws Exception {
        HttpResponse<String> answer = run("penguins.csv");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        JsonNode started = JSON.readTree(answer.body());
        // What happens to the file afterwards changes nothing.
        Files.writeString(home.resolve("tables/penguins.csv"), "changed\n");

        assertThat(ended(started.path("id").asText()).path("status").asText()).as(service.said()).isEqualTo("succeeded");
        JsonNode dataset = json("/api/v1/datasets/" + started.path("data_id").asText());
        assertThat(dataset.path("name").asText()).isEqualTo("penguins.csv");
        assertThat(dataset.path("bytes").asLong()).isEqualTo(Files.size(ServiceProcess.PENGUINS));
        assertThat(Client.run(List.of("cmp", ServiceProcess.PENGUINS.toString(), service.dataDir().resolve("datasets").resolve(dataset.path("id").asText()).toString()), Map.of()).exit()).isZero();
    }

    @Test
    void theCommandLineHasTheServiceFetchFromS3() throws Exception {
        Client.Outcome ran = tunesmith("run", "Predict the species.", "--data", "s3://mine/dir/penguins.csv.gz", "--target", "species", "--trials", "2", "--minutes", "5", "--seed", "1", "--out", folder.resolve("out").toString(), "--quiet");

        assertThat(ran.exit()).as(ran.out() + ran.err() + service.said()).isZero();
        assertThat(folder.resolve("out/report.html")).exists();
        JsonNode dataset = json("/api/v1/datasets/" + json("/api/v1/runs?limit=1").path("items").path(0).path("data_id").asText());
        assertThat(dataset.path("name").asText()).isEqualTo("penguins.csv");
        assertThat(dataset.path("bytes").asLong()).isEqualTo(Files.size(ServiceProcess.PENGUINS));
        Client.Outcome again = tunesmith("run", "Predict the species.", "--data", dataset.path("id").asText(), "--target", "species", "--trials", "1", "--minutes", "5", "--out", folder.resolve("again").toString(), "--quiet");
        assertThat(again.exit()).as("the same by its id: " + again.out() + again.err()).isZero();
    }

    @Test
    void theCommandLineSaysWhatWasNotFetched() throws Exception {
        Client.Outcome absent = tunesmith("run", "Predict the species.", "--data", "s3://mine/none.csv");
        assertThat(absent.exit()).isEqualTo(3);
        assertThat(absent.err()).contains("nothing at s3://mine/none.csv");
        Client.Outcome inner = tunesmith("run", "Predict the species.", "--data", "https://127.0.0.1:1/t.csv");
        assertThat(inner.exit()).isNotZero();
        assertThat(inner.err()).contains("not on the public internet");
    }

    @Test
    void nothingOutsideOfTheFolderIsRead() throws Exception {
        for (String reference : List.of(home.resolve("private.csv").toString(), "file://" + home.resolve("private.csv"), "way-out.csv", home.resolve("data/service.json").toString() + ".csv", "https://localhost/t.csv")) {
            HttpResponse<String> answer = run(reference);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            JsonNode problem = JSON.readTree(answer.body());
            assertThat(problem.path("code").asText()).isEqualTo("ref_not_allowed");
            assertThat(problem.path("errors").path(0).path("field").asText()).isEqualTo("data");
        }
    }

    @Test
    void theKeyOfS3IsInNoAnswerAndNoLog() throws Exception {
        HttpResponse<String> answer = run("s3://nobucket/t.csv");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).doesNotContain(S3Server.SECRET).doesNotContain(S3Server.ID);
        assertThat(service.get("/api/v1/doctor").body()).doesNotContain(S3Server.SECRET);
        String log = Files.readString(home.resolve("service.log")).lines().filter(line -> !line.contains(" started [")).reduce("", (all, line) -> all + line + "\n");
        assertThat(log).isNotEmpty().doesNotContain(S3Server.SECRET);
    }
}
