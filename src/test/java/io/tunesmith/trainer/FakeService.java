package io.tunesmith.trainer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tunesmith.contract.Callback;
import io.tunesmith.contract.Outcome;
import io.tunesmith.contract.Report;
import io.tunesmith.contract.Wire;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.core.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The service's calls, as scripted by a test. */
final class FakeService implements AutoCloseable {
    final List<WorkerEvent> events = new ArrayList<>();
    final List<Outcome> outcomes = new ArrayList<>();
    final List<String> tokens = new ArrayList<>();
    /** What was handed in, by its path behind {@code files/}. */
    final Map<String, byte[]> files = new LinkedHashMap<>();
    /** Each call in order: {@code claim}, an event's type, a file's path, {@code result}. */
    final List<String> calls = new ArrayList<>();
    int claims;

    /** The status and body of the answer to a claim or a report. */
    record Answer(int status, Object body, Map<String, String> headers) {
        Answer(int status, Object body) {
            this(status, body, Map.of());
        }
    }

    Answer toClaim = new Answer(200, new io.tunesmith.contract.Claim.Answer.Granted(3));
    Function<Report, Answer> toEvents = report -> new Answer(200, Report.Answer.GO_ON);
    Function<String, Answer> toFiles = path -> new Answer(200, Map.of());
    private final HttpServer server;

    FakeService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/attempts/", this::answer);
        server.start();
    }

    String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    Callback callback(String key) {
        return new Callback(base() + "/api/v1/attempts/" + key);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
        Answer answer = answer(exchange, body);
        byte[] bytes = Wire.write(answer.body()).getBytes(StandardCharsets.UTF_8);
        answer.headers().forEach(exchange.getResponseHeaders()::add);
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Answer answer(HttpExchange exchange, byte[] body) {
        String path = exchange.getRequestURI().getPath();
        if (exchange.getRequestMethod().equals("PUT")) {
            return file(path.replaceFirst(".*/files/", ""), body, exchange.getRequestHeaders().getFirst("Tunesmith-Sha256"));
        }
        String text = new String(body, StandardCharsets.UTF_8);
        return path.endsWith("/claim") ? claim() : path.endsWith("/events") ? report(Wire.read(text, Report.class)) : outcome(Wire.read(text, Outcome.class));
    }

    private Answer file(String path, byte[] body, String sha256) {
        Answer answer = toFiles.apply(path);
        if (answer.status() == 200) {
            calls.add(path);
            files.put(path, body);
        }
        return Sha256.of(body).hex().equals(sha256) ? answer : new Answer(422, Map.of());
    }

    private Answer claim() {
        claims++;
        calls.add("claim");
        return toClaim;
    }

    private Answer report(Report report) {
        Answer answer = toEvents.apply(report);
        if (answer.status() == 200) {
            events.addAll(report.events());
            report.events().forEach(event -> calls.add(event.getClass().getSimpleName()));
        }
        return answer;
    }

    private Answer outcome(Outcome outcome) {
        outcomes.add(outcome);
        calls.add("result");
        return new Answer(200, List.of());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
