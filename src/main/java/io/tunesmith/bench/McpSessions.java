package io.tunesmith.bench;

import io.tunesmith.core.Excerpt;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Sessions of the MCP door, over Streamable HTTP: each begins as the protocol says and calls {@code list_runs} now and then. Thread-safe. */
final class McpSessions {
    private static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"bench","version":"1"}}}""";
    private static final String INITIALIZED = """
            {"jsonrpc":"2.0","method":"notifications/initialized"}""";
    private static final String CALL = """
            {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"list_runs","arguments":{}}}""";
    private static final String SESSION = "Mcp-Session-Id";
    private final HttpClient client;
    private final String key;
    private final List<String> sessions = new CopyOnWriteArrayList<>();
    private final Latencies begins = new Latencies();
    private final Latencies calls = new Latencies();
    private final AtomicInteger failed = new AtomicInteger();
    private volatile String why = "";

    McpSessions(Vertx vertx, ServiceCalls service, int most) {
        URI url = URI.create(service.url());
        this.client = vertx.createHttpClient(new HttpClientOptions().setDefaultHost(url.getHost()).setDefaultPort(url.getPort()).setMaxPoolSize(most).setKeepAliveTimeout(120).setConnectTimeout(10_000));
        this.key = service.key();
    }

    void begin() {
        long begin = System.nanoTime();
        post(INITIALIZE, "").compose(answer -> {
            String session = answer.session();
            if (answer.status() != 200 || session == null) {
                return Future.failedFuture("initialize answered " + answer.status() + (session == null ? " without " + SESSION : ""));
            }
            begins.add(System.nanoTime() - begin);
            return post(INITIALIZED, session).onSuccess(_ -> sessions.add(session));
        }).onFailure(this::failed);
    }

    void call(int number) {
        long begin = System.nanoTime();
        post(CALL, sessions.get(number % sessions.size())).compose(answer -> {
            if (answer.status() != 200 || !answer.body().contains("\"result\"") || answer.body().contains("\"isError\":true")) {
                return Future.failedFuture("list_runs, call " + number + ", answered " + answer.status() + ": " + Excerpt.of(answer.body(), 200));
            }
            return Future.succeededFuture();
        }).onSuccess(_ -> calls.add(System.nanoTime() - begin)).onFailure(this::failed);
    }

    /** The reader of the answer is there before the request goes out: this thread may stand still for as long as the answer takes, and what nobody reads is dropped. */
    private Future<Answer> post(String message, String session) {
        return client.request(HttpMethod.POST, "/mcp").compose(request -> {
            request.putHeader("Authorization", "Bearer " + key).putHeader("Content-Type", "application/json").putHeader("Accept", "application/json, text/event-stream");
            if (!session.isEmpty()) {
                request.putHeader(SESSION, session).putHeader("Mcp-Protocol-Version", "2025-06-18");
            }
            Future<Answer> answer = request.response().compose(response -> response.body().map(body -> new Answer(response.statusCode(), response.getHeader(SESSION), body.toString())));
            request.send(Buffer.buffer(message));
            return answer;
        });
    }

    private record Answer(int status, String session, String body) {}

    private void failed(Throwable reason) {
        failed.incrementAndGet();
        why = String.valueOf(reason.getMessage());
    }

    void close() {
        client.close();
    }

    int open() {
        return sessions.size();
    }

    Latencies begins() {
        return begins;
    }

    Latencies calls() {
        return calls;
    }

    int failed() {
        return failed.get();
    }

    /** Of the last failure. */
    String why() {
        return why;
    }
}
