package io.tunesmith.trainer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tunesmith.contract.Callback;
import io.tunesmith.contract.Outcome;
import io.tunesmith.contract.Report;
import io.tunesmith.contract.Wire;
import io.tunesmith.contract.WorkerEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The service's three calls, as scripted by a test. */
final class FakeService implements AutoCloseable {
    final List<WorkerEvent> events = new ArrayList<>();
    final List<Outcome> outcomes = new ArrayList<>();
    final List<String> tokens = new ArrayList<>();
    int claims;

    /** The status and body of the answer to a claim or a report. */
    record Answer(int status, Object body) {}

    Answer toClaim = new Answer(200, new io.tunesmith.contract.Claim.Answer.Granted(3));
    Function<Report, Answer> toEvents = report -> new Answer(200, Report.Answer.GO_ON);
    private final HttpServer server;

    FakeService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/attempts/", this::answer);
        server.start();
    }

    Callback callback(String key) {
        return new Callback("http://127.0.0.1:" + server.getAddress().getPort() + "/api/v1/attempts/" + key);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
        String path = exchange.getRequestURI().getPath();
        Answer answer = path.endsWith("/claim") ? claim() : path.endsWith("/events") ? report(Wire.read(body, Report.class)) : outcome(Wire.read(body, Outcome.class));
        byte[] bytes = Wire.write(answer.body()).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Answer claim() {
        claims++;
        return toClaim;
    }

    private Answer report(Report report) {
        Answer answer = toEvents.apply(report);
        if (answer.status() == 200) {
            events.addAll(report.events());
        }
        return answer;
    }

    private Answer outcome(Outcome outcome) {
        outcomes.add(outcome);
        return new Answer(200, List.of());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
