package io.tunesmith.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The clients that IDEs are built on, against a live service: over HTTP and through the program that clients start. */
@ExtendWith(LiveService.Rest.class)
class McpClientsIT {

    @Test
    void theOlderJavaScriptClientWalksARunToItsEnd() throws Exception {
        LiveService service = LiveService.get();
        assertThat(Client.node("mcp_sdk.mjs", service.environment(service.adminKey(), "DATASET", service.penguins(), "TARGET", "species")).passed().out()).contains("succeeded", "ok");
    }

    @Test
    void theOlderJavaScriptClientWalksARunToItsEndThroughTheProgram() throws Exception {
        LiveService service = LiveService.get();
        assertThat(Client.node("mcp_sdk.mjs", service.environment(service.adminKey(), "LAUNCH", launch(service), "TARGET", "species")).passed().out()).contains("succeeded", "ok");
    }

    @Test
    void aQuestionIsPutToThePersonWhereTheClientCanAndElseWaitsForTheTool() throws Exception {
        LiveService service = LiveService.get();
        for (String elicit : List.of("accept", "decline", "")) {
            assertThat(Client.node("mcp_sdk.mjs", service.environment(service.adminKey(), "DATASET", service.penguins(), "PROMPT", "Train a model.", "ANSWER", "species", "ELICIT", elicit)).passed().out())
                    .as(elicit).contains("succeeded", "ok");
        }
    }

    @Test
    void theNewerJavaScriptClientComesToTheVersionThatIsSpoken() throws Exception {
        LiveService service = LiveService.get();
        assertThat(Client.node("mcp_client.mjs", service.environment(service.adminKey())).passed().out()).contains("default", "auto", "pin 2026-07-28 refused");
    }

    @Test
    void theClientInPythonWalksARunToItsEnd() throws Exception {
        LiveService service = LiveService.get();
        assertThat(Client.python("mcp_python.py", service.environment(service.adminKey(), "DATASET", service.penguins())).passed().out()).contains("succeeded", "ok");
    }

    @Test
    void theClientInPythonWalksARunToItsEndThroughTheProgram() throws Exception {
        LiveService service = LiveService.get();
        assertThat(Client.python("mcp_python.py", service.environment(service.adminKey(), "LAUNCH", launch(service))).passed().out()).contains("succeeded", "ok");
    }

    /** {@code tunesmith mcp} as its launcher starts it. */
    private static String launch(LiveService service) throws Exception {
        Path app = Path.of("target/quarkus-app").toAbsolutePath();
        return new ObjectMapper().writeValueAsString(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m", "-Dtunesmith.home=" + app,
                "-cp", app + "/app/*:" + app + "/lib/main/*:" + app + "/lib/boot/*", "io.tunesmith.cli.Tunesmith", "mcp", "--data-dir", service.dataDir().toString()));
    }
}
