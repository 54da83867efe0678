package io.tunesmith.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.api.openai.ConversationLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A file is taken whole or refused whole, and each refusal names its line; bodies are read as the service reads them. */
class BatchFileTest {
    private static final String DATA = "ds_00000000000000000000000000";
    private static final String GOOD = line("a", "POST", "/v1/chat/completions", body("predict y", DATA));
    @TempDir
    Path folder;

    static String body(String words, String data) {
        return "{\"model\":\"tunesmith\",\"messages\":[{\"role\":\"user\",\"content\":\"" + words + "\"}],\"tunesmith\":{\"data\":\"" + data + "\"}}";
    }

    static String line(String id, String method, String url, String body) {
        return "{\"custom_id\":\"" + id + "\",\"method\":\"" + method + "\",\"url\":\"" + url + "\",\"body\":" + body + "}";
    }

    private static String with(String body) {
        return line("a", "POST", "/v1/chat/completions", body);
    }

    private static String ours(String fields) {
        return with("{\"model\":\"tunesmith\",\"messages\":[{\"role\":\"user\",\"content\":\"predict y\"}],\"tunesmith\":{" + fields + "}}");
    }

    private static String said(String messages) {
        return with("{\"model\":\"tunesmith\",\"messages\":" + messages + ",\"tunesmith\":{\"data\":\"" + DATA + "\"}}");
    }

    /** What the line is, the line, the code, the field. */
    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("no JSON", "{", "invalid_json_line", ""),
                Arguments.of("words", "predict y", "invalid_json_line", ""),
                Arguments.of("a list", "[]", "invalid_json_line", ""),
                Arguments.of("a text", "\"x\"", "invalid_json_line", ""),
                Arguments.of("null", "null", "invalid_json_line", ""),
                Arguments.of("two objects", GOOD + " " + GOOD, "invalid_json_line", ""),
                Arguments.of("a name twice", "{\"custom_id\":\"a\",\"custom_id\":\"b\",\"method\":\"POST\"}", "invalid_json_line", ""),
                Arguments.of("a NUL", "{\"custom_id\":\"a\u0000\"}", "invalid_json_line", ""),
                Arguments.of("too deep", with("{\"x\":" + "[".repeat(5000) + "]".repeat(5000) + "}"), "invalid_json_line", ""),
                Arguments.of("a giant number", with("{\"x\":" + "9".repeat(10_000) + "}"), "invalid_json_line", ""),
                Arguments.of("not a number", with("{\"x\":NaN}"), "invalid_json_line", ""),
                Arguments.of("a comment", "{/* x */}", "invalid_json_line", ""),
                Arguments.of("single quotes", "{'custom_id':'a'}", "invalid_json_line", ""),
                Arguments.of("no custom id", "{\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":" + body("predict y", DATA) + "}", "missing_custom_id", "custom_id"),
                Arguments.of("an empty custom id", GOOD.replace("\"a\"", "\"\""), "invalid_custom_id", "custom_id"),
                Arguments.of("a blank custom id", GOOD.replace("\"a\"", "\"  \""), "invalid_custom_id", "custom_id"),
                Arguments.of("a number as custom id", GOOD.replace("\"a\"", "7"), "invalid_custom_id", "custom_id"),
                Arguments.of("a null custom id", GOOD.replace("\"a\"", "null"), "invalid_custom_id", "custom_id"),
                Arguments.of("a long custom id", GOOD.replace("\"a\"", "\"" + "a".repeat(513) + "\""), "invalid_custom_id", "custom_id"),
                Arguments.of("a custom id with a line break", GOOD.replace("\"a\"", "\"a\\nb\""), "invalid_custom_id", "custom_id"),
                Arguments.of("another method", GOOD.replace("POST", "GET"), "invalid_method", "method"),
                Arguments.of("a method in small letters", GOOD.replace("POST", "post"), "invalid_method", "method"),
                Arguments.of("no method", GOOD.replace("\"method\":\"POST\",", ""), "invalid_method", "method"),
                Arguments.of("another endpoint", GOOD.replace("/v1/chat/completions", "/v1/responses"), "invalid_url", "url"),
                Arguments.of("a path trick", GOOD.replace("/v1/chat/completions", "/v1/chat/../keys"), "invalid_url", "url"),
                Arguments.of("a whole address", GOOD.replace("/v1/chat/completions", "https://evil.example/v1/chat/completions"), "invalid_url", "url"),
                Arguments.of("no url", GOOD.replace("\"url\":\"/v1/chat/completions\",", ""), "invalid_url", "url"),
                Arguments.of("no body", "{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\"}", "invalid_body", "body"),
                Arguments.of("a text as body", with("\"predict y\""), "invalid_body", "body"),
                Arguments.of("a stream", GOOD.replace("{\"model\"", "{\"stream\":true,\"model\""), "invalid_body", "body.stream"),
                Arguments.of("a stream by another word", GOOD.replace("{\"model\"", "{\"stream\":\"yes\",\"model\""), "invalid_body", "body.stream"),
                Arguments.of("no model", GOOD.replace("\"model\":\"tunesmith\",", ""), "invalid_body", "body.model"),
                Arguments.of("another model", GOOD.replace("\"tunesmith\",", "\"gpt-4o\","), "invalid_body", "body.model"),
                Arguments.of("no messages", with("{\"model\":\"tunesmith\"}"), "invalid_body", "body.messages"),
                Arguments.of("an empty conversation", said("[]"), "invalid_body", "body.messages"),
                Arguments.of("nobody asks", said("[{\"role\":\"assistant\",\"content\":\"predict y\"}]"), "invalid_body", "body.messages"),
                Arguments.of("an empty request", said("[{\"role\":\"user\",\"content\":\"  \"}]"), "invalid_body", "body.messages"),
                Arguments.of("an unknown role", said("[{\"role\":\"root\",\"content\":\"predict y\"}]"), "invalid_body", "body.messages.0.role"),
                Arguments.of("content that is a number", said("[{\"role\":\"user\",\"content\":7}]"), "invalid_body", "body.messages.0.content"),
                Arguments.of("an unknown field of ours", ours("\"data\":\"" + DATA + "\",\"fast\":true"), "invalid_body", "body.tunesmith.fast"),
                Arguments.of("an unknown metric", ours("\"data\":\"" + DATA + "\",\"metric\":\"acuracy\""), "invalid_body", "body.tunesmith.metric"),
                Arguments.of("no trials", ours("\"data\":\"" + DATA + "\",\"budget\":{\"trials\":0}"), "invalid_body", "body.tunesmith.budget.trials"),
                Arguments.of("half a trial", ours("\"data\":\"" + DATA + "\",\"budget\":{\"trials\":1.5}"), "invalid_body", "body.tunesmith.budget.trials"),
                Arguments.of("no time", ours("\"data\":\"" + DATA + "\",\"budget\":{\"seconds\":0}"), "invalid_body", "body.tunesmith.budget.seconds"),
                Arguments.of("time without end", ours("\"data\":\"" + DATA + "\",\"budget\":{\"seconds\":1e400}"), "invalid_body", "body.tunesmith.budget.seconds"),
                Arguments.of("time as a word", ours("\"data\":\"" + DATA + "\",\"budget\":{\"seconds\":\"60\"}"), "invalid_body", "body.tunesmith.budget.seconds"),
                Arguments.of("a budget that is a number", ours("\"data\":\"" + DATA + "\",\"budget\":60"), "invalid_body", "body.tunesmith.budget"),
                Arguments.of("a seed that is a word", ours("\"data\":\"" + DATA + "\",\"seed\":\"7\""), "invalid_body", "body.tunesmith.seed"),
                Arguments.of("a giant seed", ours("\"data\":\"" + DATA + "\",\"seed\":99999999999999999999"), "invalid_body", "body.tunesmith.seed"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void aLineThatIsWrongIsRefusedByItsNumberAndField(String what, String bad, String code, String field) throws IOException {
        List<BatchError> errors = errors(file(good("first") + "\n" + bad + "\n" + good("last") + "\n"));

        assertThat(errors).as(what).isNotEmpty().allSatisfy(error -> assertThat(error.line()).isEqualTo(OptionalInt.of(2)));
        assertThat(errors).extracting(BatchError::code).contains(code);
        assertThat(errors.stream().filter(error -> error.code().equals(code)).findFirst().orElseThrow().param().orElse("")).isEqualTo(field);
    }

    @Test
    void everyErrorOfAFileIsSaidAndNotOnlyTheFirst() throws IOException {
        List<BatchError> errors = errors(file("{\n" + GOOD + "\n" + GOOD + "\n" + line("c", "GET", "/v1/models", "{}") + "\n"));

        assertThat(errors).extracting(error -> error.line().orElse(0) + " " + error.code())
                .containsExactly("1 invalid_json_line", "3 duplicate_custom_id", "4 invalid_method", "4 invalid_url", "4 invalid_body");
    }

    @Test
    void blankLinesWindowsLinesAndAByteOrderMarkAreTaken() throws IOException {
        Path file = file("\uFEFF" + good("a") + "\r\n\r\n  \n" + good("b"));

        assertThat(errors(file)).isEmpty();
        assertThat(requests(file)).extracting(request -> request.line() + request.customId()).containsExactly("1a", "4b");
    }

    @Test
    void whatIsNotUtf8IsRefusedByItsLine() throws IOException {
        byte[] bad = GOOD.getBytes(StandardCharsets.UTF_8);
        bad[30] = (byte) 0xff;
        Path file = Files.write(folder.resolve("bad.jsonl"), bad);

        assertThat(errors(file)).extracting(BatchError::code).containsExactly("invalid_encoding");
    }

    @Test
    void aLineThatIsTooLongIsRefusedWithoutBeingKept() throws IOException {
        Path file = file(good("a") + "\n" + "x".repeat(2_000_000) + "\n" + good("b"));

        assertThat(errors(file)).extracting(error -> error.code() + error.line().orElse(0)).containsExactly("line_too_long2");
    }

    @Test
    void tooManyLinesAreCountedAndRefused() throws IOException {
        Path file = file(IntStream.range(0, 12).mapToObj(i -> good("id" + i)).collect(Collectors.joining("\n")));
        BatchFile small = new BatchFile(file, BatchEndpoint.CHAT_COMPLETIONS, new BatchFile.Limits(10, 1 << 20));

        assertThat(small.errors(_ -> { })).extracting(BatchError::code).containsExactly("too_many_requests");
        assertThat(new BatchFile(file, BatchEndpoint.CHAT_COMPLETIONS, new BatchFile.Limits(12, 1 << 20)).errors(_ -> { })).isEmpty();
    }

    @Test
    void aFileWithoutARequestIsRefused() throws IOException {
        assertThat(errors(file("\n \r\n"))).extracting(BatchError::code).containsExactly("empty_file");
    }

    @Test
    void atMostAHundredErrorsAreSaid() throws IOException {
        assertThat(errors(file("{\n".repeat(5000)))).hasSize(100);
    }

    @Test
    void fiftyThousandLinesTakeSeconds() throws IOException {
        Path file = file(IntStream.range(0, 50_000).mapToObj(i -> good("id" + i)).collect(Collectors.joining("\n")));
        int[] count = {0};

        assertThat(new BatchFile(file, BatchEndpoint.CHAT_COMPLETIONS, BatchFile.Limits.USUAL).errors(_ -> count[0]++)).isEmpty();
        assertThat(count[0]).isEqualTo(50_000);
    }

    @Test
    void theOtherEndpointTakesAnInput() throws IOException {
        String body = "{\"model\":\"tunesmith\",\"input\":\"predict y\",\"tunesmith\":{\"data\":\"" + DATA + "\"}}";
        Path file = file(line("a", "POST", "/v1/responses", body) + "\n" + line("b", "POST", "/v1/responses", body.replace("\"predict y\"", "[{\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"predict y\"}]}]")));

        assertThat(new BatchFile(file, BatchEndpoint.RESPONSES, BatchFile.Limits.USUAL).errors(text -> ConversationLines.most(BatchEndpoint.RESPONSES, text))).isEmpty();
    }

    @Test
    void whatALineMayspendIsStatedOrReadInItsWordsOrTheUsual() {
        assertThat(spend(body("predict y", DATA))).isEqualTo(new Spend(300, java.util.Optional.of(50L)));
        assertThat(spend(body("predict y in at most 10 minutes", DATA))).isEqualTo(new Spend(600, java.util.Optional.empty()));
        assertThat(spend(body("predict y with 7 trials", DATA))).isEqualTo(new Spend(300, java.util.Optional.of(7L)));
        assertThat(spend(body("predict y in at most 10 minutes", DATA + "\",\"budget\":{\"seconds\":30},\"target\":\"y"))).isEqualTo(new Spend(30, java.util.Optional.empty()));
    }

    @Test
    void theUsersOwnWordsMayNameTheData() {
        assertThat(spend("{\"model\":\"tunesmith\",\"messages\":[{\"role\":\"user\",\"content\":\"predict y from " + DATA + ".\"}]}").seconds()).isEqualTo(300);
    }

    private static Spend spend(String body) {
        return ConversationLines.most(BatchEndpoint.CHAT_COMPLETIONS, body);
    }

    private static String good(String id) {
        return line(id, "POST", "/v1/chat/completions", body("predict y", DATA));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("requests.jsonl"), text);
    }

    private static List<BatchError> errors(Path file) throws IOException {
        return new BatchFile(file, BatchEndpoint.CHAT_COMPLETIONS, BatchFile.Limits.USUAL).errors(body -> ConversationLines.most(BatchEndpoint.CHAT_COMPLETIONS, body));
    }

    private static List<BatchFile.Request> requests(Path file) throws IOException {
        List<BatchFile.Request> all = new ArrayList<>();
        new BatchFile(file, BatchEndpoint.CHAT_COMPLETIONS, BatchFile.Limits.USUAL).requests(all::add);
        return all;
    }
}
