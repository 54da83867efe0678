package io.tunesmith.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.Claim;
import io.tunesmith.contract.Wire;
import io.tunesmith.contract.agent.Poll;
import io.tunesmith.contract.agent.Registration;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.dispatch.AttemptStore;
import io.tunesmith.dispatch.Uploads;
import io.tunesmith.dispatch.agent.AgentBackend;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

/** The service's calls for agents and their attempts, over HTTP, on the real backend and in-memory stores. */
final class SmallService implements AutoCloseable {
    static final String TOKEN = "tsk_agent";
    private final HttpServer server;
    private final AgentBackend backend;
    private final AttemptStore attempts;
    private final Uploads uploads;
    private volatile Optional<String> leader = Optional.empty();

    SmallService(AgentBackend backend, AttemptStore attempts) throws IOException {
        this.backend = backend;
        this.attempts = attempts;
        this.uploads = new Uploads(attempts, backend::folder);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/api/v1/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on another leads. */
    void follows(String url) {
        leader = Optional.of(url);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            handleOpen(exchange);
        }
    }

    private void handleOpen(HttpExchange exchange) throws IOException {
        try {
            if (leader.isPresent()) {
                exchange.getResponseHeaders().add("Tunesmith-Leader", leader.get());
                answer(exchange, 503, "{}");
                return;
            }
            answer(exchange, 200, answer(exchange));
        } catch (FailureException e) {
            int status = switch (e.failure().code()) {
                case INVALID_API_KEY -> 401;
                case NOT_FOUND -> 404;
                case REFUSED -> 409;
                case TOO_LARGE -> 413;
                default -> 400;
            };
            answer(exchange, status, Wire.write(Map.of("detail", e.getMessage())));
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private String answer(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().substring("/api/v1/".length()).split("/", 4);
        String token = exchange.getRequestHeaders().getFirst("Authorization").substring("Bearer ".length());
        if (path[0].equals("agents")) {
            if (!token.equals(TOKEN)) {
                throw Failure.BadRequest.of(FailureCode.INVALID_API_KEY, "Authorization", "this key is not known here").asException();
            }
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            return Wire.write(path.length == 1 ? backend.register(Wire.read(body, Registration.class)) : backend.poll(path[1], Wire.read(body, Poll.class)));
        }
        return attempt(exchange, new AttemptKey(path[1]), token, path[2], path.length < 4 ? "" : path[3]);
    }

    private String attempt(HttpExchange exchange, AttemptKey key, String token, String call, String rest) throws IOException {
        return switch (call) {
            case "claim" -> attempts.claim(key, Wire.read(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8), Claim.class), Instant.now()) instanceof Claim.Answer.Granted granted
                    ? Wire.write(granted) : refuse();
            case "inputs" -> Files.readString(uploads.input(key, token, "inputs/" + rest));
            case "files" -> {
                uploads.put(key, token, Integer.parseInt(rest.split("/")[0]), rest.substring(rest.indexOf('/') + 1), exchange.getRequestHeaders().getFirst("Tunesmith-Sha256"), exchange.getRequestBody());
                yield "{}";
            }
            case "log" -> {
                String[] query = exchange.getRequestURI().getQuery().split("[=&]");
                yield "{\"size\":" + uploads.append(key, token, Integer.parseInt(query[1]), Long.parseLong(query[3]), exchange.getRequestBody().readAllBytes()) + "}";
            }
            default -> throw Failure.BadRequest.of(FailureCode.NOT_FOUND, "path", call).asException();
        };
    }

    private static String refuse() {
        throw Failure.BadRequest.of(FailureCode.REFUSED, "nonce", "another process has it").asException();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
