package io.tunesmith.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command line refuses by itself: with --json one object on standard output, the field named, the exit code of the contract. */
class CommandLineTest {
    @TempDir
    Path folder;

    private record Answer(int exit, JsonNode error) {}

    @ParameterizedTest
    @CsvSource({"--trials,0,trials", "--trials,-3,trials", "--minutes,0,minutes", "--minutes,NaN,minutes", "--metric,acuracy,metric"})
    void aValueThatIsNotAllowedIsRefusedByItsFieldWithWhatIsAllowed(String option, String value, String field) throws IOException {
        Answer answer = json("run", "predict y", "--data", table().toString(), option, value);

        assertThat(answer.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(answer.error().path("code").asText()).isEqualTo("invalid_request");
        assertThat(answer.error().path("field").asText()).isEqualTo(field);
        assertThat(answer.error().path("allowed").asText()).isNotBlank();
    }

    @Test
    void aFileThatIsNotThereIsNotFound() throws IOException {
        Answer answer = json("run", "predict y", "--data", folder.resolve("absent.csv").toString());

        assertThat(answer.exit()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(answer.error().path("field").asText()).isEqualTo("data");
        assertThat(answer.error().path("hint").asText()).isNotBlank();
    }

    @Test
    void wordsThatAreNoCommandOrOptionAreUsage() throws IOException {
        assertThat(json("frobnicate").exit()).isEqualTo(ExitCode.USAGE);
        assertThat(json("run", "predict y", "--data", table().toString(), "--trials", "many").exit()).isEqualTo(ExitCode.USAGE);
        assertThat(json("run", "predict y").error().path("message").asText()).contains("--data");
    }

    @Test
    void anEmptyRequestIsRefused() throws IOException {
        assertThat(json("run", " ", "--data", table().toString()).error().path("field").asText()).isEqualTo("TEXT");
    }

    @Test
    void controlCharactersFromElsewhereDoNotReachTheTerminal() {
        assertThat(Terminal.safe("a\u001b[31mred\r\nb")).doesNotContain("\u001b").doesNotContain("\r").contains("\nb");
    }

    @Test
    void stopWithoutAServiceSaysSo() throws IOException {
        assertThat(output("stop", "--data-dir", folder.toString())).contains("no service runs");
    }

    private Path table() throws IOException {
        return Files.writeString(folder.resolve("table.csv"), "x,y\n1,2\n");
    }

    private static Answer json(String... arguments) throws IOException {
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--json";
        int[] exit = new int[1];
        String out = captured(() -> exit[0] = Tunesmith.execute(all));
        assertThat(out.lines()).as("one object and nothing else").hasSize(1);
        return new Answer(exit[0], Json.MAPPER.readTree(out).path("error"));
    }

    private static String output(String... arguments) {
        return captured(() -> Tunesmith.execute(arguments));
    }

    private static String captured(Runnable action) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
