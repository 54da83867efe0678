package io.tunesmith.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code tunesmith batch} against a service that trains: killed in the middle, given again, refused whole. */
@ExtendWith(LiveService.Rest.class)
class BatchCommandIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path APP = Path.of("target/quarkus-app").toAbsolutePath();
    @TempDir
    Path folder;
    private Path out;

    @BeforeEach
    void data() throws Exception {
        Files.copy(Path.of("eval/examples/penguins.csv"), folder.resolve("penguins.csv"));
        out = folder.resolve("results.jsonl");
    }

    private List<String> command(Path requests, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m",
                "-cp", String.join(File.pathSeparator, APP + "/app/*", APP + "/lib/main/*", APP + "/lib/boot/*"), "io.tunesmith.cli.Tunesmith", "batch", requests.toString(), "--out", out.toString(),
                "--data-dir", LiveService.get().dataDir().toString()));
        command.addAll(List.of(more));
        return command;
    }

    private List<JsonNode> lines() throws Exception {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.exists(out) ? Files.readAllLines(out) : List.<String>of()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private int runs(String words) throws Exception {
        return Client.run(List.of("curl", "-s", "-H", "Authorization: Bearer " + LiveService.get().adminKey(), LiveService.get().url() + "/api/v1/runs?limit=200"), Map.of()).out().split(words, -1).length - 1;
    }

    @Test
    void aCommandThatIsKilledGoesOnAndEachRequestHasOneRunAndOneLine() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            text.append("{\"custom_id\":\"r").append(i).append("\",\"prompt\":\"Predict the species for batch ").append(System.nanoTime()).append(" killed-batch.\",\"data\":\"penguins.csv\",\"target\":\"species\",\"budget\":{\"trials\":2,\"seconds\":300},\"seed\":").append(i).append("}\n");
        }
        Path requests = Files.writeString(folder.resolve("requests.jsonl"), text);
        Process first = new ProcessBuilder(command(requests, "--concurrency", "2")).redirectErrorStream(true).redirectOutput(folder.resolve("first.log").toFile()).start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(240);
        while (!Files.exists(out) || Files.size(out) == 0) {
            assertThat(System.nanoTime()).as(Files.readString(folder.resolve("first.log"))).isLessThan(end);
            assertThat(first.isAlive()).as(Files.readString(folder.resolve("first.log"))).isTrue();
            Thread.sleep(20);
        }
        first.destroyForcibly().waitFor();
        String kept = Files.readAllLines(out).getFirst();
        Files.writeString(out, "{\"id\":\"torn", java.nio.file.StandardOpenOption.APPEND);

        Client.Outcome second = Client.run(command(requests, "--concurrency", "2", "--json"), Map.of()).passed();

        assertThat(JSON.readTree(second.out()).path("request_counts")).hasToString("{\"total\":4,\"completed\":4,\"failed\":0}");
        assertThat(Files.readAllLines(out)).hasSize(4).contains(kept);
        assertThat(lines()).extracting(line -> line.path("custom_id").asText()).containsExactlyInAnyOrder("r0", "r1", "r2", "r3");
        Set<String> ids = new HashSet<>();
        for (JsonNode line : lines()) {
            assertThat(line.path("response").path("status_code").asInt()).isEqualTo(200);
            assertThat(line.path("response").path("body").path("metric").path("test").isNumber()).isTrue();
            ids.add(line.path("response").path("body").path("run_id").asText());
        }
        assertThat(ids).hasSize(4);
        assertThat(runs("killed-batch")).isEqualTo(4);
        assertThat(folder.resolve("results.jsonl.batch")).doesNotExist();

        Client.Outcome third = Client.run(command(requests), Map.of()).passed();
        assertThat(third.out()).contains("4 were done before");
        assertThat(runs("killed-batch")).as("nothing is started again").isEqualTo(4);
    }

    @Test
    void oneThatCannotBeTrainedIsALineAndTheExitSaysSo() throws Exception {
        Files.writeString(folder.resolve("constant.csv"), "a,b\n" + "1,7\n2,7\n3,7\n".repeat(20));
        Files.writeString(folder.resolve("bad.md"), "---\ndata: constant.csv\ntarget: b\nbudget: {trials: 2, seconds: 30}\n---\nPredict b.\n");
        Files.writeString(folder.resolve("dear.md"), "---\ndata: penguins.csv\nbudget: {seconds: 600}\n---\nPredict the species.\n");

        Client.Outcome outcome = Client.run(command(folder, "--max-minutes", "1"), Map.of());

        assertThat(outcome.exit()).as(outcome.out() + outcome.err()).isEqualTo(1);
        assertThat(lines()).extracting(line -> line.path("custom_id").asText()).containsExactlyInAnyOrder("bad", "dear");
        for (JsonNode line : lines()) {
            if (line.path("custom_id").asText().equals("dear")) {
                assertThat(line.path("error").path("code").asText()).isEqualTo("budget_exceeded");
                assertThat(line.path("response").isNull()).isTrue();
            } else {
                assertThat(line.path("response").path("status_code").asInt()).isEqualTo(422);
                assertThat(line.path("response").path("body").path("error").path("code").asText()).isNotBlank();
            }
        }
    }

    @Test
    void whatIsWrongIsSaidBeforeAnythingStarts() throws Exception {
        Path requests = Files.writeString(folder.resolve("requests.jsonl"), "{\"prompt\":\"never-started\",\"data\":\"penguins.csv\"}\n{\"prompt\":\"x\",\"data\":\"absent.csv\"}\n");

        Client.Outcome outcome = Client.run(command(requests), Map.of());

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err()).contains("requests.jsonl:2: data: there is no readable file");
        assertThat(out).doesNotExist();
        assertThat(runs("never-started")).isZero();
    }
}
