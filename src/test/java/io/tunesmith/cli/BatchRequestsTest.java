package io.tunesmith.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of requests and prompt files: all of it is taken, or all that is wrong is said by file, line and field. */
class BatchRequestsTest {
    private static final String BODY = "{\"model\":\"tunesmith\",\"messages\":[{\"role\":\"user\",\"content\":\"predict y\"}],\"tunesmith\":{\"data\":\"t.csv\"}}";
    @TempDir
    Path folder;

    @BeforeEach
    void data() throws IOException {
        Files.writeString(folder.resolve("t.csv"), "x,y\n1,2\n");
        Files.writeString(folder.resolve("t.exe"), "x,y\n1,2\n");
    }

    static Stream<Arguments> wrongLines() {
        return Stream.of(
                Arguments.of("{", "line: this is not JSON"),
                Arguments.of("[]", "line: this is no JSON object"),
                Arguments.of("{\"prompt\":\"a\",\"prompt\":\"b\",\"data\":\"t.csv\"}", "line: this is not JSON"),
                Arguments.of("{\"prompt\":\"a\",\"data\":\"t.csv\"} x", "line: this is not JSON"),
                Arguments.of("{\"prompt\":" + "[".repeat(3000) + "]".repeat(3000) + "}", "line: this is not JSON"),
                Arguments.of("{\"prompt\":\"a\",\"data\":\"t.csv\",\"seed\":" + "9".repeat(2000) + "}", "line: this is not JSON"),
                Arguments.of("{\"data\":\"t.csv\"}", "prompt: the request has 0 characters"),
                Arguments.of("{\"prompt\":7,\"data\":\"t.csv\"}", "prompt: 7 is no text"),
                Arguments.of("{\"prompt\":\"a\"}", "data: no data are named"),
                Arguments.of("{\"prompt\":\"a\",\"data\":\"absent.csv\"}", "data: there is no readable file"),
                Arguments.of("{\"prompt\":\"a\",\"data\":\"../absent.csv\"}", "data: there is no readable file"),
                Arguments.of("{\"prompt\":\"a\",\"data\":\".\"}", "data: there is no readable file"),
                Arguments.of("{\"prompt\":\"a\",\"data\":\"t.exe\"}", "data: t.exe has no ending"),
                Arguments.of("{\"prompt\":\"a\",\"data\":\"x\\u0000y\"}", "data: this is no path"),
                Arguments.of("{\"prompt\":\"a\",\"data\":\"http://127.0.0.1/x.csv\"}", "data: there is no readable file"),
                Arguments.of("{\"prompt\":\"a\",\"data\":\"ds_1\"}", "data: there is no readable file"),
                Arguments.of("{\"prompt\":\"a\",\"data\":\"t.csv\",\"metric\":\"acuracy\"}", "metric: there is no metric"),
                Arguments.of("{\"prompt\":\"a\",\"data\":\"t.csv\",\"fast\":true}", "fast: there is no such field"),
                Arguments.of("{\"prompt\":\"a\",\"data\":\"t.csv\",\"budget\":60}", "budget: it must hold"),
                Arguments.of("{\"prompt\":\"a\",\"data\":\"t.csv\",\"budget\":{\"minutes\":1}}", "budget.minutes: there is no such field"),
                Arguments.of("{\"prompt\":\"a\",\"data\":\"t.csv\",\"budget\":{\"trials\":0}}", "budget.trials: 0 is out of range"),
                Arguments.of("{\"prompt\":\"a\",\"data\":\"t.csv\",\"budget\":{\"trials\":1.5}}", "budget.trials: 1.5 is no whole number"),
                Arguments.of("{\"prompt\":\"a\",\"data\":\"t.csv\",\"budget\":{\"seconds\":1}}", "budget.seconds: 1 is out of range"),
                Arguments.of("{\"prompt\":\"a\",\"data\":\"t.csv\",\"budget\":{\"seconds\":1e999}}", "budget.seconds: 1E+999 is out of range"),
                Arguments.of("{\"prompt\":\"a\",\"data\":\"t.csv\",\"seed\":\"7\"}", "seed: \"7\" is no whole number"),
                Arguments.of("{\"custom_id\":\"\",\"prompt\":\"a\",\"data\":\"t.csv\"}", "custom_id: it must be a text"),
                Arguments.of("{\"custom_id\":\"a\\nb\",\"prompt\":\"a\",\"data\":\"t.csv\"}", "custom_id: it must be a text"),
                Arguments.of("{\"custom_id\":\"first\",\"prompt\":\"a\",\"data\":\"t.csv\"}", "custom_id: \"first\" is at"),
                Arguments.of("{\"custom_id\":\"a\",\"method\":\"GET\",\"url\":\"/v1/chat/completions\",\"body\":" + BODY + "}", "method: it must be POST"),
                Arguments.of("{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/keys\",\"body\":" + BODY + "}", "url: it must be one of"),
                Arguments.of("{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":7}", "body: it is no JSON object"),
                Arguments.of("{\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":" + BODY + "}", "custom_id: it must be a text"),
                Arguments.of("{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":" + BODY.replace("{\"model\"", "{\"stream\":true,\"model\"") + "}", "body.stream: a batch does not stream"),
                Arguments.of("{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":" + BODY.replace("t.csv", "absent.csv") + "}", "body.tunesmith.data: there is no readable file"),
                Arguments.of("{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":" + BODY.replace("user", "assistant") + "}", "body.messages: the request has 0 characters"));
    }

    @ParameterizedTest
    @MethodSource("wrongLines")
    void aWrongLineIsSaidByFileLineAndField(String line, String complaint) throws IOException {
        Path file = Files.writeString(folder.resolve("r.jsonl"), "{\"custom_id\":\"first\",\"prompt\":\"a\",\"data\":\"t.csv\"}\n" + line + "\n");

        List<String> complaints = BatchRequests.read(file).complaints();

        assertThat(complaints).anySatisfy(text -> assertThat(text).startsWith(file + ":2: " + complaint));
    }

    static Stream<Arguments> wrongPrompts() {
        return Stream.of(
                Arguments.of("predict y", "front matter: the file does not begin"),
                Arguments.of("---\ndata: t.csv\npredict y", "front matter: the front matter has no end"),
                Arguments.of("---\ndata: t.csv\n---\n\n", "prompt: the request has 0 characters"),
                Arguments.of("---\n---\npredict y", "front matter: the front matter has no fields"),
                Arguments.of("---\n- data\n---\npredict y", "front matter: the front matter has no fields"),
                Arguments.of("---\ndata: [t.csv\n---\npredict y", "front matter: this is not YAML"),
                Arguments.of("---\ndata: t.csv\ndata: u.csv\n---\npredict y", "front matter: this is not YAML"),
                Arguments.of("---\nbudget: &b {trials: 3}\ndata: t.csv\n---\npredict y", "front matter: anchors"),
                Arguments.of("---\ndata: *b\n---\npredict y", "front matter: anchors"),
                Arguments.of("---\ndata: !!java.io.File [t.csv]\n---\npredict y", "front matter: anchors"),
                Arguments.of("---\na: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: [*b,*b,*b]\n---\npredict y", "front matter: anchors"),
                Arguments.of("---\nprompt: other\ndata: t.csv\n---\npredict y", "prompt: the request is the text"),
                Arguments.of("---\ndata: t.csv\n" + "#".repeat(20_000) + "\n---\npredict y", "front matter: the front matter is longer"),
                Arguments.of("---\ndata: t.csv\nspeed: fast\n---\npredict y", "speed: there is no such field"));
    }

    @ParameterizedTest
    @MethodSource("wrongPrompts")
    void aWrongPromptFileIsSaid(String text, String complaint) throws IOException {
        Path file = Files.writeString(folder.resolve("p.md"), text);

        assertThat(BatchRequests.read(folder).complaints()).anySatisfy(said -> assertThat(said).startsWith(file + ":").contains(" " + complaint));
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() throws IOException {
        Path file = Files.writeString(folder.resolve("r.jsonl"), "{\n{\"prompt\":\"\",\"data\":\"absent.csv\",\"metric\":\"x\"}\n");

        assertThat(BatchRequests.read(file).complaints()).hasSize(4);
    }

    @Test
    void linesOfBothFormsAreTaken() throws IOException {
        Path file = Files.writeString(folder.resolve("r.jsonl"), "\uFEFF{\"prompt\":\"=predict y\",\"data\":\"t.csv\",\"target\":\"y\",\"metric\":\"mae\",\"budget\":{\"trials\":3,\"seconds\":20},\"seed\":7}\r\n\r\n{\"custom_id\":\"b\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":" + BODY + "}");
        BatchRequests.Reading reading = BatchRequests.read(file);

        assertThat(reading.complaints()).isEmpty();
        assertThat(reading.items()).extracting(BatchItem::customId).containsExactly("line-1", "b");
        assertThat(reading.items().getFirst()).satisfies(item -> {
            assertThat(item.prompt()).isEqualTo("=predict y");
            assertThat(item.file()).contains(folder.resolve("t.csv"));
            assertThat(item.seconds()).contains(20.0);
            assertThat(item.trials()).contains(3L);
            assertThat(item.seed()).contains(7L);
        });
        assertThat(reading.items().getLast().target()).isEqualTo(Optional.empty());
    }

    @Test
    void aFolderOfPromptFilesIsTakenInTheOrderOfNames() throws IOException {
        Files.writeString(folder.resolve("b.md"), "---\r\ndata: t.csv\r\nbudget:\r\n  trials: 3\r\n---\r\n\r\npredict y\r\n");
        Files.writeString(folder.resolve("a.md"), "---\ndata: ds_00000000000000000000000000\ntarget: y\n---\nWhat is y?\n\n---\nnot a fence\n");
        BatchRequests.Reading reading = BatchRequests.read(folder);

        assertThat(reading.complaints()).isEmpty();
        assertThat(reading.items()).extracting(BatchItem::customId, BatchItem::prompt).containsExactly(org.assertj.core.groups.Tuple.tuple("a", "What is y?\n\n---\nnot a fence"), org.assertj.core.groups.Tuple.tuple("b", "predict y"));
        assertThat(reading.items().getFirst().file()).isEmpty();
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        assertThat(BatchRequests.read(Files.writeString(folder.resolve("r.jsonl"), "\n")).complaints()).singleElement().asString().contains("there is no request");
    }

    @Test
    void whatIsNotUtf8IsRefused() throws IOException {
        assertThat(BatchRequests.read(Files.write(folder.resolve("r.jsonl"), new byte[] {'{', (byte) 0xff})).complaints()).singleElement().asString().contains("not UTF-8");
    }

    @Test
    void aRequestHasOneKeyInOneBatchAndAnotherIdWhenItChanges() throws IOException {
        Path file = Files.writeString(folder.resolve("r.jsonl"), "{\"custom_id\":\"a\",\"prompt\":\"a\",\"data\":\"t.csv\"}\n{\"custom_id\":\"b\",\"prompt\":\"a\",\"data\":\"t.csv\"}");
        BatchItem first = BatchRequests.read(file).items().getFirst();
        BatchItem other = BatchRequests.read(file).items().getLast();

        assertThat(first.key("x")).isEqualTo(BatchRequests.read(file).items().getFirst().key("x")).isNotEqualTo(first.key("y")).isNotEqualTo(other.key("x")).hasSizeLessThan(255);
        assertThat(first.id()).matches("batch_req_[0-9a-hjkmnp-tv-z]{26}").isNotEqualTo(other.id());
    }
}
