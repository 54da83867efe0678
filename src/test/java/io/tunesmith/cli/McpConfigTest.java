package io.tunesmith.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.tunesmith.api.rest.ServiceFile;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is printed for each client is the file that it reads: it parses, and names the program or the address that works. */
class McpConfigTest {
    @TempDir
    Path folder;

    private record Printed(int exit, String out, String err) {}

    @ParameterizedTest
    @CsvSource({"cursor,mcpServers,", "vscode,servers,stdio", "claude-code,mcpServers,stdio", "claude-desktop,mcpServers,", "jetbrains,mcpServers,", "continue,mcpServers,stdio"})
    void theProgramIsNamedWithItsDataFolder(String client, String root, String type) throws Exception {
        JsonNode entry = entry(client, root, print(client));

        assertThat(entry.path("command").asText()).isEqualTo("tunesmith");
        assertThat(texts(entry.path("args"))).containsExactly("mcp", "--data-dir", folder.toString());
        assertThat(entry.path("type").asText(null)).isEqualTo(type);
        assertThat(entry.has("env")).as("no key has to be handled").isFalse();
    }

    @ParameterizedTest
    @CsvSource({"cursor,mcpServers,${env:TUNESMITH_API_KEY}", "vscode,servers,${input:tunesmith-key}", "claude-code,mcpServers,${TUNESMITH_API_KEY}", "claude-desktop,mcpServers,tsk_YOUR_KEY",
        "jetbrains,mcpServers,tsk_YOUR_KEY", "continue,mcpServers,${{ secrets.TUNESMITH_API_KEY }}"})
    void aServiceElsewhereIsNamedWithAPlaceForItsKey(String client, String root, String key) throws Exception {
        Printed printed = print(client, "--server", "https://tunesmith.example:8443/mcp");
        JsonNode entry = entry(client, root, printed);

        assertThat(texts(entry.path("args"))).containsExactly("mcp", "--server", "https://tunesmith.example:8443/mcp");
        assertThat(entry.path("env").path("TUNESMITH_API_KEY").asText()).isEqualTo(key);
        assertThat(printed.err()).contains("tunesmith key create --label " + client);
    }

    @ParameterizedTest
    @CsvSource({"cursor,mcpServers,,${env:TUNESMITH_API_KEY}", "vscode,servers,http,${input:tunesmith-key}", "claude-code,mcpServers,http,${TUNESMITH_API_KEY}", "jetbrains,mcpServers,,tsk_YOUR_KEY",
        "continue,mcpServers,streamable-http,${{ secrets.TUNESMITH_API_KEY }}"})
    void overHttpTheAddressOfTheServiceIsNamed(String client, String root, String type, String key) throws Exception {
        new ServiceFile(Optional.of("http://127.0.0.1:7171"), Optional.empty(), "tsk_secret").write(folder);
        Printed printed = print(client, "--http");
        JsonNode entry = entry(client, root, printed);

        assertThat(entry.path("url").asText()).isEqualTo("http://127.0.0.1:7171/mcp");
        assertThat(entry.path("type").asText(null)).isEqualTo(type);
        JsonNode headers = entry.has("headers") ? entry.path("headers") : entry.path("requestOptions").path("headers");
        assertThat(headers.path("Authorization").asText()).isEqualTo("Bearer " + key);
        assertThat(printed.out() + printed.err()).doesNotContain("tsk_secret");
    }

    @Test
    void whatAsksForTheKeyIsDeclared() throws Exception {
        JsonNode asked = Json.MAPPER.readTree(print("vscode", "--server", "https://tunesmith.example").out()).path("inputs").path(0);

        assertThat(asked.path("id").asText()).isEqualTo("tunesmith-key");
        assertThat(asked.path("password").asBoolean()).isTrue();
    }

    @Test
    void aClientThatCannotOrIsNotKnownIsRefused() {
        assertThat(print("claude-desktop", "--http").exit()).isNotZero();
        Printed unknown = print("curser");
        assertThat(unknown.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(unknown.err()).contains("did you mean cursor?");
        assertThat(unknown.out()).isEmpty();
    }

    private static JsonNode entry(String client, String root, Printed printed) throws Exception {
        assertThat(printed.exit()).as(printed.err()).isZero();
        assertThat(printed.err()).startsWith("Paste into ");
        if (client.equals("continue")) {
            JsonNode only = new ObjectMapper(new YAMLFactory()).readTree(printed.out()).path(root).path(0);
            assertThat(only.path("name").asText()).isEqualTo("tunesmith");
            return only;
        }
        return Json.MAPPER.readTree(printed.out()).path(root).path("tunesmith");
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    private Printed print(String client, String... more) {
        List<String> arguments = new ArrayList<>(List.of("mcp", "config", "--client", client, "--data-dir", folder.toString()));
        arguments.addAll(List.of(more));
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
        try {
            int exit = Tunesmith.execute(arguments.toArray(String[]::new));
            return new Printed(exit, said.toString(StandardCharsets.UTF_8), told.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
