package io.tunesmith.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which local files a call of {@code tunesmith mcp} brings to the service: the same that every other door takes. */
class McpFilesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    @TempDir
    Path folder;
    private final List<String> uploads = new CopyOnWriteArrayList<>();
    private HttpServer service;
    private McpFiles files;

    @BeforeEach
    void listen() throws Exception {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            uploads.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            byte[] answer = "{\"id\":\"ds_brought\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(201, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        service.start();
        files = new McpFiles(McpServer.named(URI.create("http://127.0.0.1:" + service.getAddress().getPort()), Map.of("TUNESMITH_API_KEY", "k")), folder);
    }

    @AfterEach
    void end() {
        service.stop(0);
    }

    private String sent(String tool, String data) throws Exception {
        JsonNode message = JSON.readTree("{\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool + "\",\"arguments\":{\"data\":\"" + data + "\"}}}");
        files.replace(message);
        return message.at("/params/arguments/data").asText();
    }

    @ParameterizedTest
    @ValueSource(strings = {"t.csv", "t.TSV", "t.txt", "t.parquet", "t.pq", "t.csv.gz", "t.pq.gz", "t.zip", "T.CSV.ZIP"})
    void aTableIsBroughtWhateverItIsPackedIn(String name) throws Exception {
        Files.writeString(folder.resolve(name), "a,b\n1,2\n");

        assertThat(sent("start_run", name)).isEqualTo("ds_brought");
        assertThat(uploads).singleElement().satisfies(upload -> assertThat(upload).contains(name, "a,b\n1,2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"t.json", "id_rsa", "t.xlsx", "t.csv.bak", "gz", "zip"})
    void whatIsNoTableStaysWhereItIs(String name) throws Exception {
        Files.writeString(folder.resolve(name), "a,b\n1,2\n");

        assertThat(sent("start_run", name)).isEqualTo(name);
        assertThat(uploads).isEmpty();
    }

    @Test
    void onlyCallsThatTakeDataAreLookedAt() throws Exception {
        Files.writeString(folder.resolve("t.pq"), "x");

        assertThat(sent("get_run", "t.pq")).isEqualTo("t.pq");
        assertThat(sent("start_run", "ds_00000000000000000000000000")).startsWith("ds_0");
        assertThat(sent("profile_dataset", "https://example.com/t.csv")).startsWith("https");
        assertThat(uploads).isEmpty();
    }
}
