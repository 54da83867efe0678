package io.tunesmith.run;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.Claim;
import io.tunesmith.contract.Outcome;
import io.tunesmith.contract.Report;
import io.tunesmith.contract.Wire;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureException;
import io.tunesmith.dispatch.Dispatcher;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** Where training processes claim and report, over a real loopback. Thread-safe: immutable. */
final class AttemptServer implements AutoCloseable {
    private final Dispatcher dispatcher;
    private final HttpServer server;

    AttemptServer(Dispatcher dispatcher) throws IOException {
        this.dispatcher = dispatcher;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/attempts/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/attempts";
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String[] parts = exchange.getRequestURI().getPath().split("/");
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String token = exchange.getRequestHeaders().getFirst("Authorization").replaceFirst("^Bearer ", "");
        try {
            reply(exchange, 200, Wire.write(handle(new AttemptKey(parts[2]), token, parts[3], body)));
        } catch (FailureException e) {
            reply(exchange, 409, "{}");
        }
    }

    private Object handle(AttemptKey key, String token, String what, String body) {
        return switch (what) {
            case "claim" -> switch (dispatcher.claim(key, token, Wire.read(body, Claim.class))) {
                case Claim.Answer.Granted granted -> granted;
                case Claim.Answer.Refused refused -> throw new Failure.Defect(refused.reason()).asException();
            };
            case "events" -> dispatcher.events(key, token, Wire.read(body, Report.class));
            default -> {
                dispatcher.result(key, token, Wire.read(body, Outcome.class));
                yield Report.Answer.GO_ON;
            }
        };
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
