package io.tunesmith.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tunesmith.core.FailureException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Carries messages, one a line, between standard input and output and the service's MCP door. Calls go side by side, each with a virtual thread; what
 * comes within a call (progress, questions to the person) is passed on as it comes. If the service ends meanwhile it is found or started again, and the
 * handshake repeated unseen. Nothing but the protocol goes to standard output.
 */
final class McpBridge {
    private static final int MOST_CHARACTERS = 4 << 20;
    private static final long LAST_ANSWERS_SECONDS = 60;
    private final McpServer service;
    private final McpFiles files;
    private final PrintStream out;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile Optional<Client> client = Optional.empty();
    private volatile Optional<JsonNode> handshake = Optional.empty();
    private volatile Optional<String> session = Optional.empty();
    private volatile String version = "";

    McpBridge(McpServer service, McpFiles files, PrintStream out) {
        this.service = service;
        this.files = files;
        this.out = out;
    }

    /** Until the input ends; answers under way are still written. */
    void pump(InputStream in) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank()) {
                    take(line);
                }
            }
            threads.shutdown();
            threads.awaitTermination(LAST_ANSWERS_SECONDS, TimeUnit.SECONDS);
            session.ifPresent(_ -> client.ifPresent(to -> to.endMcp(session)));
        } catch (IOException e) {
            System.err.println("tunesmith mcp: the input broke off: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(String line) {
        JsonNode message;
        try {
            message = line.length() > MOST_CHARACTERS ? null : Json.MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            message = null;
        }
        if (message == null || !message.isObject()) {
            write(error(null, -32700, message == null ? "the line is not JSON, or longer than " + MOST_CHARACTERS + " characters" : "the line is no JSON-RPC message").toString());
            return;
        }
        JsonNode taken = message;
        // What comes before the handshake has been answered, and what needs its order kept, is not run side by side.
        if (taken.path("method").asText().equals("initialize") || !taken.has("id")) {
            carry(taken);
        } else {
            threads.execute(() -> carry(taken));
        }
    }

    private void carry(JsonNode message) {
        JsonNode id = message.get("id");
        try {
            if (message.path("method").asText().equals("initialize")) {
                handshake = Optional.of(message);
                session = Optional.empty();
                version = "";
            }
            files.replace(message);
            deliver(message, true);
        } catch (FailureException e) {
            refuse(message, id, e.failure().message());
        } catch (IOException e) {
            refuse(message, id, "the service cannot be reached: " + e.getMessage());
        } catch (RuntimeException e) {
            refuse(message, id, "something went wrong inside tunesmith mcp: " + e.getMessage());
        }
    }

    /** A tool that cannot be reached is a result that the model can read; anything else the protocol's error; a notification has no answer. */
    private void refuse(JsonNode message, JsonNode id, String why) {
        System.err.println("tunesmith mcp: " + Terminal.safe(why));
        if (id == null || !message.has("method")) {
            return;
        }
        if (message.path("method").asText().equals("tools/call")) {
            ObjectNode answer = Json.MAPPER.createObjectNode().put("jsonrpc", "2.0");
            answer.set("id", id);
            answer.putObject("result").put("isError", true).putArray("content").addObject().put("type", "text").put("text", why);
            write(answer.toString());
        } else {
            write(error(id, -32603, why).toString());
        }
    }

    private void deliver(JsonNode message, boolean again) throws IOException {
        Client to = client.orElseGet(this::attach);
        HttpResponse<InputStream> response;
        try {
            response = to.mcp(message.toString(), session, version);
        } catch (IOException e) {
            if (!again) {
                throw e;
            }
            reconnect(to);
            deliver(message, false);
            return;
        }
        if (message.path("method").asText().equals("initialize")) {
            session = response.headers().firstValue("Mcp-Session-Id");
        }
        try (InputStream body = response.body()) {
            pass(message, response, body);
        }
    }

    private synchronized Client attach() {
        if (client.isEmpty()) {
            client = Optional.of(service.client());
        }
        return client.get();
    }

    /** The service has ended, or another took its place: the same client begins anew with it, so that questions can be asked again. */
    private synchronized void reconnect(Client lost) throws IOException {
        if (client.filter(known -> known != lost).isPresent()) {
            return;
        }
        client = Optional.of(service.client());
        if (handshake.isPresent() && session.isPresent()) {
            HttpResponse<InputStream> response = client.get().mcp(handshake.get().toString(), Optional.empty(), "");
            response.body().readAllBytes();
            session = response.headers().firstValue("Mcp-Session-Id");
            client.get().mcp("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", session, version).body().readAllBytes();
        }
    }

    private void pass(JsonNode message, HttpResponse<InputStream> response, InputStream body) throws IOException {
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (type.startsWith("text/event-stream")) {
            events(message, body);
            return;
        }
        String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
        if (response.statusCode() >= 400) {
            refused(message, response.statusCode(), text);
        } else if (!text.isBlank()) {
            answer(message, text);
        }
    }

    private void events(JsonNode message, InputStream body) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        StringBuilder data = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("data:")) {
                data.append(data.isEmpty() ? "" : "\n").append(line.substring(5).stripLeading());
            } else if (line.isEmpty() && !data.isEmpty()) {
                answer(message, data.toString());
                data.setLength(0);
            }
        }
    }

    private void answer(JsonNode message, String text) throws IOException {
        JsonNode answer = Json.MAPPER.readTree(text);
        if (message.path("method").asText().equals("initialize") && answer.has("result")) {
            version = answer.path("result").path("protocolVersion").asText();
        }
        write(answer.toString());
    }

    private void refused(JsonNode message, int status, String text) {
        String why = text;
        try {
            JsonNode body = Json.MAPPER.readTree(text);
            why = body.path("error").path("message").asText(body.path("detail").asText(text));
        } catch (JsonProcessingException e) {
            // It is said as it came.
        }
        refuse(message, message.get("id"), status == 401 ? "the service refuses the key (" + why + "); set TUNESMITH_API_KEY, or leave --server out" : why);
    }

    private static ObjectNode error(JsonNode id, int code, String why) {
        ObjectNode answer = Json.MAPPER.createObjectNode().put("jsonrpc", "2.0");
        answer.set("id", id);
        answer.putObject("error").put("code", code).put("message", why);
        return answer;
    }

    private synchronized void write(String line) {
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
