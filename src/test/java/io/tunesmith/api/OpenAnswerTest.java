package io.tunesmith.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that do not read, or read slowly, on real connections. */
class OpenAnswerTest {
    private static final String KILOBYTES = "é".repeat(20_000);
    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong sent = new AtomicLong();
    private final CompletableFuture<Throwable> ended = new CompletableFuture<>();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void whoNeverReadsStopsTheSenderAndIsCutOff() throws Exception {
        HttpServer server = server(Duration.ofMillis(700), 5_000);
        try (Socket client = client(server, 8_192)) {
            assertThat(ended.get(30, TimeUnit.SECONDS)).isInstanceOf(IOException.class).hasMessageContaining("took nothing");
            assertThat(sent.get()).as("what the kernel holds, and no more").isLessThan(16L << 20);
            client.setSoTimeout(5_000);
            assertThat(cutOff(client.getInputStream())).isTrue();
        }
    }

    @Test
    void whoReadsSlowlyGetsAll() throws Exception {
        HttpServer server = server(Duration.ofSeconds(5), 100);
        try (Socket client = client(server, 65_536)) {
            long read = 0;
            byte[] some = new byte[65_536];
            InputStream in = client.getInputStream();
            client.setSoTimeout(5_000);
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                read += n;
                Thread.sleep(5);
            }
            assertThat(ended.get(10, TimeUnit.SECONDS)).hasMessage("all sent");
            assertThat(read).isGreaterThanOrEqualTo(100L * KILOBYTES.getBytes(StandardCharsets.UTF_8).length);
        }
    }

    @Test
    void whoGoesAwayEndsTheSender() throws Exception {
        HttpServer server = server(Duration.ofSeconds(30), 5_000);
        client(server, 8_192).close();
        assertThat(ended.get(10, TimeUnit.SECONDS)).isInstanceOf(IOException.class).hasMessageContaining("gone");
    }

    private static boolean cutOff(InputStream in) {
        try {
            return in.readAllBytes().length >= 0;
        } catch (IOException e) {
            return e.getMessage().contains("reset");
        }
    }

    private HttpServer server(Duration patience, int texts) throws Exception {
        return vertx.createHttpServer().requestHandler(request -> Thread.ofVirtual().start(() -> {
            try {
                OpenAnswer answer = new OpenAnswer(request.response().setChunked(true), patience);
                for (int i = 0; i < texts; i++) {
                    answer.send(KILOBYTES);
                    sent.addAndGet(KILOBYTES.length());
                }
                request.response().end();
                ended.complete(new Exception("all sent"));
            } catch (IOException | RuntimeException e) {
                ended.complete(e);
            }
        })).listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static Socket client(HttpServer server, int buffer) throws IOException {
        Socket client = new Socket();
        client.setReceiveBufferSize(buffer);
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.actualPort()));
        client.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return client;
    }
}
