package io.tunesmith.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Many open streams of one run's events, of which the oldest is closed and a new one opened all the time. Thread-safe: one lock guards the list of the open ones. */
final class SseStreams {
    private final HttpClient client;
    private final String path;
    private final String key;
    private final Deque<HttpClientRequest> open = new ArrayDeque<>();
    private final Latencies firstChunk = new Latencies();
    private final Latencies later = new Latencies();
    private final Latencies firstEvent = new Latencies();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private volatile long turn = Long.MAX_VALUE;

    SseStreams(Vertx vertx, ServiceCalls calls, String run, int most) {
        URI url = URI.create(calls.url());
        this.client = vertx.createHttpClient(new HttpClientOptions().setDefaultHost(url.getHost()).setDefaultPort(url.getPort()).setMaxPoolSize(2 * most).setKeepAlive(false).setConnectTimeout(10_000));
        this.path = "/api/v1/runs/" + run + "/events";
        this.key = calls.key();
    }

    void open() {
        long begin = System.nanoTime();
        client.request(HttpMethod.GET, path).compose(request -> {
            request.putHeader("Authorization", "Bearer " + key).putHeader("Accept", "text/event-stream");
            request.exceptionHandler(_ -> {});
            synchronized (open) {
                open.addLast(request);
            }
            Future<?> answer = request.response().onSuccess(response -> read(response, begin));
            request.send();
            return answer;
        }).onFailure(_ -> failed.incrementAndGet());
    }

    private void read(HttpClientResponse response, long begin) {
        if (response.statusCode() != 200) {
            failed.incrementAndGet();
            return;
        }
        boolean[] seen = new boolean[2];
        response.exceptionHandler(_ -> {});
        response.handler(chunk -> {
            long took = System.nanoTime() - begin;
            if (!seen[0]) {
                seen[0] = true;
                firstChunk.add(took);
                if (begin >= turn) {
                    later.add(took);
                }
            }
            if (!seen[1] && chunk.toString().contains("id: ")) {
                seen[1] = true;
                firstEvent.add(took);
            }
            bytes.addAndGet(chunk.length());
        });
    }

    /** Closes the oldest. */
    void closeOne() {
        HttpClientRequest oldest;
        synchronized (open) {
            oldest = open.pollFirst();
        }
        if (oldest != null) {
            oldest.connection().close();
        }
    }

    void close() {
        client.close();
    }

    Latencies firstChunk() {
        return firstChunk;
    }

    /** From now on, openings are counted apart too: all are open. */
    void turn() {
        turn = System.nanoTime();
    }

    Latencies later() {
        return later;
    }

    Latencies firstEvent() {
        return firstEvent;
    }

    int failed() {
        return failed.get();
    }

    long bytes() {
        return bytes.get();
    }
}
