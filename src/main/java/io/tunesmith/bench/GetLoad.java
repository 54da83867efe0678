package io.tunesmith.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One GET after the other on each of some connections that stay open. It reads no more of an answer than it must to know that it is whole: its status, its
 * Content-Length and so many bytes; so the generator takes little of the processors that it shares. Thread-safe.
 */
final class GetLoad {
    private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private final Latencies times = new Latencies();
    private final AtomicInteger failed = new AtomicInteger();
    private final Buffer request;
    private final URI url;
    private volatile boolean over;

    GetLoad(String url, String path, String key) {
        this.url = URI.create(url);
        this.request = Buffer.buffer("GET " + path + " HTTP/1.1\r\nHost: " + this.url.getAuthority() + "\r\nAccept: application/json\r\nAuthorization: Bearer " + key + "\r\n\r\n");
    }

    /** @return requests a second */
    double play(Vertx vertx, int connections, double seconds) throws InterruptedException {
        NetClient client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
        long begin = System.nanoTime();
        for (int i = 0; i < connections; i++) {
            client.connect(url.getPort(), url.getHost()).onSuccess(socket -> new Line(socket).begin()).onFailure(_ -> failed.incrementAndGet());
        }
        Thread.sleep(Math.round(TimeUnit.SECONDS.toMillis(1) * seconds));
        over = true;
        double rate = times.count() / ((System.nanoTime() - begin) / 1e9);
        Thread.sleep(200);
        client.close();
        return rate;
    }

    Latencies times() {
        return times;
    }

    int failed() {
        return failed.get();
    }

    /** One connection; for its event loop. */
    private final class Line {
        private final NetSocket socket;
        private Buffer read = Buffer.buffer();
        private int length = -1;
        private long sent;

        Line(NetSocket socket) {
            this.socket = socket;
        }

        void begin() {
            socket.handler(this::take).exceptionHandler(_ -> {});
            send();
        }

        private void send() {
            read = Buffer.buffer();
            length = -1;
            sent = System.nanoTime();
            socket.write(request.copy());
        }

        private void take(Buffer more) {
            read.appendBuffer(more);
            if (length < 0) {
                length = length();
            }
            if (length >= 0 && read.length() >= length) {
                times.add(System.nanoTime() - sent);
                if (!over) {
                    send();
                }
            }
        }

        /** Of the whole answer; negative while the head is not read. */
        private int length() {
            String head = read.getString(0, Math.min(read.length(), 4_096), "ISO-8859-1");
            int end = head.indexOf("\r\n\r\n");
            if (end < 0) {
                return -1;
            }
            if (!head.startsWith("HTTP/1.1 200")) {
                failed.incrementAndGet();
            }
            String lower = head.substring(0, end).toLowerCase(java.util.Locale.ROOT);
            int at = lower.indexOf("content-length: ");
            if (at < 0) {
                failed.incrementAndGet();
                return end + END.length;
            }
            int stop = lower.indexOf('\r', at);
            return end + END.length + Integer.parseInt(lower.substring(at + "content-length: ".length(), stop < 0 ? lower.length() : stop).strip());
        }
    }
}
