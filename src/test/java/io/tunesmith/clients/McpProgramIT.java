package io.tunesmith.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tunesmith.faults.ServiceProcess;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code tunesmith mcp} while what is behind it changes: the service ends and comes back elsewhere, or the key is revoked. */
@ExtendWith(LiveService.Rest.class)
class McpProgramIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The program, spoken to line by line. */
    private record Program(Process process, BufferedWriter to, BufferedReader from) implements AutoCloseable {

        static Program start(Map<String, String> environment, String... arguments) throws IOException {
            Path app = Path.of("target/quarkus-app").toAbsolutePath();
            List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m", "-Dtunesmith.home=" + app,
                    "-cp", app + "/app/*:" + app + "/lib/main/*:" + app + "/lib/boot/*", "io.tunesmith.cli.Tunesmith", "mcp"));
            command.addAll(List.of(arguments));
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().putAll(environment);
            Process process = builder.start();
            return new Program(process, process.outputWriter(), process.inputReader());
        }

        JsonNode ask(int id, String method, String params) throws Exception {
            say("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + params + "}");
            String line = CompletableFuture.supplyAsync(this::line).orTimeout(60, TimeUnit.SECONDS).join();
            JsonNode answer = JSON.readTree(line);
            assertThat(answer.path("id").asInt()).as(line).isEqualTo(id);
            return answer;
        }

        void say(String message) throws IOException {
            to.write(message + "\n");
            to.flush();
        }

        private String line() {
            try {
                return from.readLine();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        Program greeted() throws Exception {
            assertThat(ask(1, "initialize", "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}").path("result").path("serverInfo").path("name").asText()).isEqualTo("tunesmith");
            say("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
            return this;
        }

        JsonNode runs(int id) throws Exception {
            return ask(id, "tools/call", "{\"name\":\"list_runs\",\"arguments\":{}}").path("result");
        }

        @Override
        public void close() throws Exception {
            to.close();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("it does not end with its input");
            }
        }
    }

    @Test
    void aServiceThatWasStartedAgainElsewhereIsFound(@TempDir Path folder) throws Exception {
        try (ServiceProcess service = new ServiceProcess(folder, "--port", "0"); Program program = Program.start(Map.of(), "--data-dir", service.start().dataDir().toString()).greeted()) {
            String before = service.url();
            assertThat(program.runs(2).path("isError").asBoolean()).isFalse();
            service.kill();
            service.start();
            assertThat(service.url()).isNotEqualTo(before);
            JsonNode after = program.runs(3);
            assertThat(after.path("isError").asBoolean()).as(after.toString()).isFalse();
            assertThat(after.path("structuredContent").path("runs").isArray()).isTrue();
        }
    }

    @Test
    void aKeyThatWasRevokedIsToldToTheModel() throws Exception {
        LiveService service = LiveService.get();
        JsonNode made = service.made("run");
        try (Program program = Program.start(Map.of("TUNESMITH_API_KEY", made.path("key").asText()), "--server", service.url()).greeted()) {
            assertThat(program.runs(2).path("isError").asBoolean()).isFalse();
            service.revoke(made.path("id").asText());
            Thread.sleep(2500);
            JsonNode after = program.runs(3);
            assertThat(after.path("isError").asBoolean()).as(after.toString()).isTrue();
            assertThat(after.path("content").path(0).path("text").asText()).contains("refuses the key", "TUNESMITH_API_KEY");
            assertThat(program.ask(4, "tools/list", "{}").path("error").path("message").asText()).contains("refuses the key");
        }
    }
}
