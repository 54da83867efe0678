package io.tunesmith.api.mcp;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkiverse.mcp.server.runtime.ConnectionManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.tunesmith.app.ServiceTestProfile;
import io.tunesmith.app.StoredKeys;
import io.tunesmith.app.TestKey;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Sessions that nobody uses: what they hold, and how long. A session is forgotten after {@value #IDLE_SECONDS} seconds here, else after thirty minutes. */
@QuarkusTest
@TestProfile(McpSessionsTest.Profile.class)
class McpSessionsTest {
    private static final int IDLE_SECONDS = 20;
    private static final int SESSIONS = 1000;
    private final StoredKeys keys;
    private final ConnectionManager sessions;
    private final HttpClient http = HttpClient.newHttpClient();

    McpSessionsTest(StoredKeys keys, ConnectionManager sessions) {
        this.keys = keys;
        this.sessions = sessions;
    }

    /** That of the others, with short sessions. */
    public static final class Profile implements QuarkusTestProfile {
        private final ServiceTestProfile others = new ServiceTestProfile();

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return others.getEnabledAlternatives();
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> all = new HashMap<>(others.getConfigOverrides());
            all.put("quarkus.mcp.server.connection-idle-timeout", IDLE_SECONDS + "S");
            return all;
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return others.testResources();
        }
    }

    @Test
    void aThousandIdleSessionsHoldLittleWhateverTheirClientsSayOfThemselvesAndAreForgotten() throws Exception {
        TestKey.of(keys);
        String key = TestKey.plenty(keys, "one", "run");
        // The first ones load what all need.
        IntStream.range(0, 50).forEach(_ -> begun(key, "warm"));
        long before = held();
        String talkative = "x".repeat(20_000);
        List<String> ids = IntStream.range(0, SESSIONS).mapToObj(i -> begun(key, i + talkative)).toList();
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(StreamSupport.stream(sessions.spliterator(), false).count()).as("they are there").isGreaterThan(SESSIONS / 2);
        assertThat(held() - before).as("what %d MB of introductions leave", SESSIONS * 80_000L >> 20).isLessThan(10L << 20);
        String first = ids.getFirst();

        long end = System.nanoTime() + Duration.ofSeconds(3 * IDLE_SECONDS).toNanos();
        while (ids.stream().anyMatch(sessions::has)) {
            assertThat(System.nanoTime()).as("%d are left", StreamSupport.stream(sessions.spliterator(), false).count()).isLessThan(end);
            Thread.sleep(200);
        }
        Response gone = given().header("Authorization", "Bearer " + key).header("Accept", "application/json, text/event-stream").header("Content-Type", "application/json").header("Mcp-Session-Id", first)
                .body("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}").post("/mcp");
        assertThat(gone.statusCode()).as("a call under one that is gone is answered").isEqualTo(200);
        assertThat(gone.asString()).contains("start_run");
    }

    private String begun(String key, String says) {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"elicitation\":{\"form\":{\"why\":\"" + says + "\"}},\"experimental\":{\"x\":{\"y\":\"" + says
                + "\"}}},\"clientInfo\":{\"name\":\"" + says + "\",\"version\":\"1\",\"title\":\"" + says + "\"}}}";
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + "/mcp")).timeout(Duration.ofSeconds(20)).header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json").header("Accept", "application/json, text/event-stream").POST(HttpRequest.BodyPublishers.ofString(body)).build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return answer.headers().firstValue("Mcp-Session-Id").orElseThrow();
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static long held() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(100);
            least = Math.min(least, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }
}
