package io.tunesmith.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.tunesmith.app.ServiceTestProfile;
import io.tunesmith.app.StoredKeys;
import io.tunesmith.app.TestKey;
import io.tunesmith.core.RunId;
import io.tunesmith.run.RunStatus;
import io.tunesmith.run.RunStore;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Clients that never read while a run says a lot: nothing is held for them, and the others get all of it. */
@QuarkusTest
@TestProfile(ServiceTestProfile.class)
class SlowReaderTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final int SLOW = 40;
    private static final int EVENTS = 3_000;
    private static final String TEXT = "t".repeat(6_000);
    private final StoredKeys keys;
    private final RunStore store;

    SlowReaderTest(StoredKeys keys, RunStore store) {
        this.keys = keys;
        this.store = store;
    }

    @Test
    void whatIsNotReadIsNotHeld() throws Exception {
        String key = TestKey.of(keys);
        RunId run = started(key);
        append(run, 50);
        long before = memory();
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < SLOW; i++) {
                slow.add(stream(run, key, 4_096));
            }
            CompletableFuture<List<Long>> reader = CompletableFuture.supplyAsync(() -> numbers(run, key), task -> Thread.ofVirtual().start(task));
            append(run, EVENTS);
            long grown = memory() - before;
            store.end(run, RunStatus.CANCELLED, Optional.empty(), NOW, "run.finished", Map.of("text", "cancelled"));
            List<Long> seen = reader.get(60, TimeUnit.SECONDS);
            assertThat(seen).isEqualTo(LongStream.rangeClosed(1, store.lastEvent(run)).boxed().toList());
            assertThat(grown).as("of %d MB that %d clients did not read", SLOW * (long) EVENTS * TEXT.length() >> 20, SLOW).isLessThan(40L << 20);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    /** Heap in use and what the network layer holds. */
    private static long memory() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(100);
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least + PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    }

    private void append(RunId run, int count) {
        for (int i = 0; i < count; i++) {
            store.append(run, "slow-" + store.lastEvent(run), NOW, "log", Map.of("text", TEXT));
        }
    }

    private static List<Long> numbers(RunId run, String key) {
        try (Socket socket = stream(run, key, 65_536); BufferedReader lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            socket.setSoTimeout(30_000);
            List<Long> numbers = new ArrayList<>();
            boolean over = false;
            for (String line = lines.readLine(); line != null && !over; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    numbers.add(Long.valueOf(line.substring(4)));
                }
                over = line.equals("event: run.finished");
            }
            return numbers;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Socket stream(RunId run, String key, int buffer) throws java.io.IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(buffer);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), RestAssured.port));
        socket.getOutputStream().write(("GET /api/v1/runs/" + run + "/events HTTP/1.1\r\nHost: localhost:" + RestAssured.port + "\r\nAccept: text/event-stream\r\nAuthorization: Bearer " + key + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static RunId started(String key) {
        String data = given().header("Authorization", "Bearer " + key).multiPart("file", "x.csv", "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8)).post("/api/v1/datasets").then().statusCode(201).extract().path("id");
        return new RunId(given().header("Authorization", "Bearer " + key).contentType("application/json").body("{\"prompt\":\"x\",\"data_id\":\"" + data + "\"}").post("/api/v1/runs").then().statusCode(202)
                .extract().<String>path("id"));
    }
}
