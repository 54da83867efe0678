package io.tunesmith.api.openai;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import io.netty.buffer.PooledByteBufAllocator;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.tunesmith.api.rest.KeyView;
import io.tunesmith.app.ServiceTestProfile;
import io.tunesmith.app.StoredKeys;
import io.tunesmith.app.TestKey;
import io.tunesmith.core.RunId;
import io.tunesmith.run.Allowance;
import io.tunesmith.run.RunStatus;
import io.tunesmith.run.RunStore;
import io.tunesmith.talk.Answered;
import io.tunesmith.talk.Memory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a conversation may take, for how long a stream may stand open, and how long answers are kept. */
@QuarkusTest
@TestProfile(ServiceTestProfile.class)
class OpenStreamsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final int SLOW = 20;
    private static final int EVENTS = 10_000;
    private final StoredKeys keys;
    private final RunStore store;
    private final Answered answered;
    private final Memory memory;
    private final Clock clock;

    OpenStreamsTest(StoredKeys keys, RunStore store, Answered answered, Memory memory, Clock clock) {
        this.keys = keys;
        this.store = store;
        this.answered = answered;
        this.memory = memory;
        this.clock = clock;
    }

    @Test
    void aKeyThatHasUsedItsTokensOfTheDayIsRefusedBeforeAnythingBegins() {
        Allowance few = new Allowance(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(60L));
        String key = keys.make(new KeyView.Wanted(Optional.empty(), Optional.of("run"), Optional.empty(), Optional.empty(), Optional.of(few))).key();
        // The answer takes more than is left: it is told to its end, and counted.
        said(key, "/v1/chat/completions", chat("hello", false)).statusCode(200);
        said(key, "/v1/chat/completions", chat("hello", false)).statusCode(429).header("Retry-After", notNullValue()).body("error.code", is("rate_limited")).body("error.message", containsString("60 tokens"));
        said(key, "/v1/chat/completions", chat("hello", true)).statusCode(429).contentType(ContentType.JSON).body("error.type", is("rate_limit_error"));
        said(key, "/v1/responses", "{\"model\":\"tunesmith\",\"input\":\"hello\"}").statusCode(429);
        String other = TestKey.plenty(keys, "other", "run");
        said(other, "/v1/chat/completions", chat("hello", false)).statusCode(200);
    }

    @Test
    void theTokensOfAStreamAndOfAResponseAreCounted() {
        Allowance few = new Allowance(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(60L));
        String streaming = keys.make(new KeyView.Wanted(Optional.empty(), Optional.of("run"), Optional.empty(), Optional.empty(), Optional.of(few))).key();
        said(streaming, "/v1/chat/completions", chat("hello", true)).statusCode(200).extract().asString();
        said(streaming, "/v1/chat/completions", chat("hello", true)).statusCode(429);
        String responding = keys.make(new KeyView.Wanted(Optional.empty(), Optional.of("run"), Optional.empty(), Optional.empty(), Optional.of(few))).key();
        said(responding, "/v1/responses", "{\"model\":\"tunesmith\",\"input\":\"hello\"}").statusCode(200);
        said(responding, "/v1/responses", "{\"model\":\"tunesmith\",\"input\":\"hello\"}").statusCode(429);
    }

    @Test
    @Timeout(60)
    void aStreamEndsWhenItsKeyIsRevoked() throws Exception {
        for (String path : List.of("/v1/chat/completions", "/v1/responses")) {
            KeyView.Made made = keys.make(new KeyView.Wanted(Optional.of("s"), Optional.of("run"), Optional.empty(), Optional.empty(), Optional.empty()));
            String words = "predict b from " + data(made.key());
            String body = path.endsWith("responses") ? "{\"model\":\"tunesmith\",\"stream\":true,\"input\":\"" + words + "\"}" : chat(words, true);
            try (Socket socket = sent(path, body, made.key(), 65_536); BufferedReader lines = lines(socket)) {
                RunId run = run(lines, made.key());
                assertThat(keys.revoke(made.id())).isTrue();
                long before = System.nanoTime();
                String rest = "";
                for (String line = lines.readLine(); line != null && !line.equals("0"); line = lines.readLine()) {
                    rest += line + "\n";
                }
                assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(18));
                assertThat(rest).as(path).contains("invalid_api_key", "was revoked");
                assertThat(store.find(run).orElseThrow().status()).isIn(RunStatus.QUEUED, RunStatus.PLANNING);
            }
        }
    }

    @Test
    @Timeout(120)
    void whatIsNotReadIsNotHeld() throws Exception {
        String key = TestKey.plenty(keys, "slow", "run");
        String data = data(key);
        List<Socket> slow = new ArrayList<>();
        try {
            RunId run = started(key, data);
            long before = held();
            for (int i = 0; i < SLOW; i++) {
                slow.add(sent("/v1/chat/completions", chat("predict b from " + data, true), key, 4_096));
            }
            for (int i = 0; i < EVENTS; i++) {
                store.append(run, "slow-" + i, NOW, "trial.finished", Map.of("text", "t".repeat(390)));
            }
            long grown = held() - before;
            assertThat(grown).as("of %d MB that %d clients did not read", SLOW * (long) EVENTS * 600 >> 20, SLOW).isLessThan(40L << 20);
            assertThat(store.find(run).orElseThrow().status()).isIn(RunStatus.QUEUED, RunStatus.PLANNING);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void answersAreKeptForThirtyDays() {
        Instant now = clock.instant();
        answered.keep(new Answered.Kept("resp_old", "key_x", now.minus(Duration.ofDays(31)), "{}"));
        answered.keep(new Answered.Kept("resp_new", "key_x", now.minus(Duration.ofDays(29)), "{}"));
        memory.tick();
        assertThat(answered.find("resp_old")).isEmpty();
        assertThat(answered.find("resp_new")).isPresent();
        answered.delete("resp_new");
    }

    /** Heap in use and what the network layer holds. */
    private static long held() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(100);
            least = Math.min(least, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least + PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    }

    private static RunId run(BufferedReader lines, String key) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.matches(".*run_[0-9a-z]{26}.*") || line.contains("output_item.added")) {
                return new RunId(given().header("Authorization", "Bearer " + key).get("/api/v1/runs").then().statusCode(200).extract().<String>path("items[0].id"));
            }
        }
        throw new AssertionError("no run is named");
    }

    /** The same words as those of the streams, so that these attach to it. */
    private static RunId started(String key, String data) throws IOException {
        try (Socket socket = sent("/v1/chat/completions", chat("predict b from " + data, true), key, 65_536); BufferedReader lines = lines(socket)) {
            return run(lines, key);
        }
    }

    private static ValidatableResponse said(String key, String path, String body) {
        return given().header("Authorization", "Bearer " + key).contentType(ContentType.JSON).body(body).post(path).then();
    }

    private static String chat(String words, boolean stream) {
        return "{\"model\":\"tunesmith\",\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":\"" + words + "\"}]}";
    }

    private static String data(String key) {
        return given().header("Authorization", "Bearer " + key).multiPart("file", "x.csv", "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8)).post("/api/v1/datasets").then().statusCode(201).extract().path("id");
    }

    private static BufferedReader lines(Socket socket) throws IOException {
        socket.setSoTimeout(30_000);
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private static Socket sent(String path, String body, String key, int buffer) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(buffer);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), RestAssured.port));
        socket.getOutputStream().write(("POST " + path + " HTTP/1.1\r\nHost: localhost:" + RestAssured.port + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\nAuthorization: Bearer " + key + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
