package io.tunesmith.api.openai;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.tunesmith.api.rest.WireJson;
import io.tunesmith.app.ServiceTestProfile;
import io.tunesmith.app.StoredKeys;
import io.tunesmith.app.TestKey;
import io.tunesmith.core.RunId;
import io.tunesmith.run.Caller;
import io.tunesmith.run.RunQuery;
import io.tunesmith.run.RunService;
import io.tunesmith.run.RunStatus;
import io.tunesmith.run.RunStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ServiceTestProfile.class)
class ChatTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final String CHAT = "/v1/chat/completions";
    private final StoredKeys keys;
    private final RunStore store;
    private final RunService runs;
    private final ChatService service;
    private String key;
    private String data;

    ChatTest(StoredKeys keys, RunStore store, RunService runs, ChatService service) {
        this.keys = keys;
        this.store = store;
        this.runs = runs;
        this.service = service;
    }

    @BeforeEach
    void open() {
        key = TestKey.of(keys);
        data = called().multiPart("file", "x.csv", "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8)).post("/api/v1/datasets").then().statusCode(201).extract().path("id");
    }

    @Test
    void theModelsAreWaysToWork() {
        called().get("/v1/models").then().statusCode(200).body("object", is("list")).body("data.id", contains("tunesmith", "tunesmith-plan", "tunesmith-ask")).body("data[0].object", is("model"));
        called().get("/v1/models/tunesmith").then().statusCode(200).body("id", is("tunesmith")).body("owned_by", is("tunesmith"));
        called().get("/v1/models/gpt-9").then().statusCode(404).body("error.code", is("model_not_found")).body("error.type", is("invalid_request_error"));
    }

    @Test
    void everyErrorBelowV1HasTheFormOfTheOpenAiApi() {
        given().get("/v1/models").then().statusCode(401).contentType(ContentType.JSON).header("x-request-id", startsWith("req_")).body("error.code", is("invalid_api_key")).body("error.type", is("invalid_request_error"));
        for (String path : List.of("/v1", "/v1/nothing", "/v1/chat", "/v1/models/a/b")) {
            called().get(path).then().statusCode(404).contentType(ContentType.JSON).body("error.message", notNullValue());
        }
        called().get(CHAT).then().statusCode(405).contentType(ContentType.JSON).body("error.message", notNullValue());
        called().contentType("text/plain").body("x").post(CHAT).then().statusCode(415).contentType(ContentType.JSON).body("error.param", is("Content-Type"));
        called().multiPart("file", "x", new byte[1]).post(CHAT).then().statusCode(415).contentType(ContentType.JSON).body("error.message", notNullValue());
        called().header("Host", "evil.example").get("/v1/models").then().statusCode(403).body("error.param", is("Host"));
        called().contentType(ContentType.JSON).body("{\"pad\":\"" + "x".repeat(5 << 20) + "\"}").post(CHAT).then().statusCode(413).body("error.code", is("too_large"));
    }

    @Test
    void whatIsWrongWithARequestIsNamed() {
        refused("{", 400, "body");
        refused("[]", 400, "body");
        refused("null", 400, "body");
        refused("{}", 400, "model");
        refused("{\"model\":7}", 400, "model");
        refused("{\"model\":\"gpt-9\",\"messages\":[]}", 404, "model");
        refused("{\"model\":\"tunesmith\"}", 400, "messages");
        refused("{\"model\":\"tunesmith\",\"messages\":{}}", 400, "messages");
        refused("{\"model\":\"tunesmith\",\"messages\":[]}", 400, "messages");
        refused("{\"model\":\"tunesmith\",\"messages\":[5]}", 400, "messages.0");
        refused("{\"model\":\"tunesmith\",\"messages\":[{\"role\":\"boss\",\"content\":\"x\"}]}", 400, "messages.0.role");
        refused("{\"model\":\"tunesmith\",\"messages\":[{\"role\":\"user\",\"content\":5}]}", 400, "messages.0.content");
        refused("{\"model\":\"tunesmith\",\"messages\":[{\"role\":\"user\",\"content\":[5]}]}", 400, "messages.0.content.0");
        refused("{\"model\":\"tunesmith\",\"messages\":[{\"role\":\"assistant\",\"content\":\"x\"}]}", 400, "messages");
        refused(body("hi", "\"stream\":\"yes\""), 400, "stream");
        refused(body("hi", "\"stream_options\":{\"include_usage\":1}"), 400, "stream_options.include_usage");
        refused(body("hi", "\"tunesmith\":{\"daat\":\"x\"}"), 400, "tunesmith.daat");
        refused(body("hi", "\"tunesmith\":{\"budget\":{\"trials\":0}}"), 400, "tunesmith.budget.trials");
        refused(body("hi", "\"tunesmith\":{\"metric\":\"acuracy\"}"), 400, "tunesmith.metric");
        refused(body("x", "\"tunesmith\":{\"data\":\"ds_" + "0".repeat(26) + "\"}"), 404, "data");
        called().contentType(ContentType.JSON).header("Idempotency-Key", "x".repeat(256)).body(body("hi", "\"n\":1")).post(CHAT).then().statusCode(400).body("error.param", is("Idempotency-Key"));
    }

    @Test
    void whatClientsSendBesidesIsLetPass() {
        chat("{\"model\":\"tunesmith\",\"messages\":[{\"role\":\"developer\",\"content\":\"be brief\"},{\"role\":\"user\",\"name\":\"x\",\"content\":[{\"type\":\"text\",\"text\":\"hello\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"x\"}}]}],"
                + "\"n\":3,\"tools\":[{}],\"tool_choice\":\"auto\",\"stop\":[\"x\"],\"logit_bias\":{},\"user\":\"u\",\"parallel_tool_calls\":true,\"metadata\":{},\"service_tier\":\"auto\",\"temperature\":0.3,\"max_tokens\":null}")
                .body("object", is("chat.completion")).body("id", startsWith("chatcmpl-")).body("choices.size()", is(1)).body("choices[0].message.role", is("assistant")).body("choices[0].message.refusal", nullValue())
                .body("choices[0].finish_reason", is("stop")).body("choices[0].logprobs", nullValue()).body("usage.prompt_tokens", notNullValue()).body("choices[0].message.content", containsString("find a model"))
                .body("tunesmith.run_id", nullValue());
    }

    @Test
    void aRequestStartsARunAndTheAnswerSaysHonestlyHowFarItIs() {
        String id = chat(body("predict b from " + data, "\"tunesmith\":{\"budget\":{\"trials\":3},\"seed\":5}")).body("tunesmith.status", org.hamcrest.Matchers.oneOf("queued", "planning")).body("tunesmith.attached", is(false))
                .body("choices[0].message.content", containsString("/api/v1/runs/run_")).extract().path("tunesmith.run_id");
        var run = store.find(new RunId(id)).orElseThrow();
        assertThat(run.request().text()).isEqualTo("predict b from " + data);
        assertThat(run.request().data().value()).isEqualTo(data);
        assertThat(run.request().overrides().trials()).contains(3L);
        assertThat(run.seed()).isEqualTo(5);
        assertThat(run.request().start()).isEqualTo(io.tunesmith.run.Start.ASK);
    }

    @Test
    void theModelThatPlansHoldsAndTheOneThatAnswersMakesNothing() {
        String id = chat("{\"model\":\"tunesmith-plan\",\"messages\":[{\"role\":\"user\",\"content\":\"predict b from " + data + "\"}]}").extract().path("tunesmith.run_id");
        assertThat(store.find(new RunId(id)).orElseThrow().request().start()).isEqualTo(io.tunesmith.run.Start.HOLD);
        int before = count();
        for (String words : List.of("predict b from " + data, "cancel it", "double the budget", "pause", "resume")) {
            chat("{\"model\":\"tunesmith-ask\",\"messages\":[{\"role\":\"user\",\"content\":\"" + words + "\"}]}").body("choices[0].message.content", containsString("tunesmith-ask"));
        }
        assertThat(count()).isEqualTo(before);
        assertThat(store.find(new RunId(id)).orElseThrow().status()).isIn(RunStatus.QUEUED, RunStatus.PLANNING);
        chat("{\"model\":\"tunesmith-ask\",\"messages\":[{\"role\":\"user\",\"content\":\"what is my run doing?\"}]}").body("tunesmith.run_id", is(id));
    }

    @Test
    void aBackgroundCallOfAChatProgramTouchesNoRun() {
        String id = started();
        int before = count();
        String history = "\\n<chat_history>\\nUSER: predict b from " + data + "\\nASSISTANT: run " + id + "\\nUSER: cancel it\\n</chat_history>";
        chat(body("### Task:\\nGenerate a concise, 3-5 word title with an emoji summarizing the chat history.\\nJSON format: { \\\"title\\\": \\\"your concise title here\\\" }" + history, "\"n\":1")).body("choices[0].message.content", startsWith("{\"title\": \"Predict b from"));
        chat(body("### Task:\\nGenerate 1-3 broad tags categorizing the main themes" + history, "\"n\":1")).body("choices[0].message.content", startsWith("{\"tags\": ["));
        chat(body("### Task:\\nSuggest 3-5 relevant follow-up questions or prompts" + history, "\"n\":1")).body("choices[0].message.content", startsWith("{\"follow_ups\": ["));
        chat(body("### Task:\\nYou are an autocompletion system. Continue the text in <text> based on the completion type" + history, "\"n\":1")).body("choices[0].message.content", is("{\"text\": \"\"}"));
        chat(body("### Task:\\nAnalyze the chat history to determine the necessity of generating search queries" + history, "\"n\":1")).body("choices[0].message.content", is("{\"queries\": []}"));
        chat(body("### Task:\\nRespond to the user query using the provided context\\n<context>x</context>\\npredict b from " + data, "\"n\":1")).body("tunesmith.run_id", nullValue());
        chat("{\"model\":\"tunesmith\",\"messages\":[{\"role\":\"user\",\"content\":\"predict b from " + data + "\"},{\"role\":\"assistant\",\"content\":\"run " + id + "\"},{\"role\":\"user\",\"content\":\"Provide a concise, 5-word-or-less title for the conversation, using title case. Only return the title.\"}]}")
                .body("choices[0].message.content", startsWith("Predict b from")).body("tunesmith.run_id", nullValue());
        assertThat(count()).isEqualTo(before);
        assertThat(store.find(new RunId(id)).orElseThrow().status()).isIn(RunStatus.QUEUED, RunStatus.PLANNING);
    }

    @Test
    void aRunIsFoundInTheMessageElseInWhatTheAssistantSaidElseTheNewestOpen() {
        String first = started();
        String second = started();
        chat(body("cancel " + first, "\"n\":1")).body("tunesmith.run_id", is(first)).body("tunesmith.status", is("cancelling"));
        chat("{\"model\":\"tunesmith\",\"messages\":[{\"role\":\"assistant\",\"content\":\"Run " + first + " is accepted\"},{\"role\":\"user\",\"content\":\"what is my run doing?\"}]}").body("tunesmith.run_id", is(first));
        chat(body("how is it going?", "\"n\":1")).body("tunesmith.run_id", is(second));
        chat(body("why trial 3 of " + second.replace("run_", "plan_"), "\"n\":1")).body("tunesmith.run_id", is(second)).body("choices[0].message.content", containsString("no trial 3"));
        chat(body("list my runs", "\"n\":1")).body("choices[0].message.content", containsString(second)).body("choices[0].message.content", containsString(first));
        called().contentType(ContentType.JSON).body(body("cancel run_" + "0".repeat(26), "\"n\":1")).post(CHAT).then().statusCode(404).body("error.code", is("run_not_found"));
    }

    @Test
    void anothersRunAndDataAreNotThere() {
        String id = started();
        Caller other = new Caller("key_other", io.tunesmith.run.Scope.RUN);
        assertThat(service.complete(asked("predict b from " + data), other, new Waiting(Duration.ZERO)).refusal()).isPresent();
        Reply reply = service.complete(new ChatRequest(io.tunesmith.talk.Mode.RUN, new io.tunesmith.talk.Conversation(List.of(new io.tunesmith.talk.Message(io.tunesmith.talk.Message.Role.ASSISTANT, "Run " + id),
                new io.tunesmith.talk.Message(io.tunesmith.talk.Message.Role.USER, "cancel it"))), io.tunesmith.talk.Stated.NOTHING, false, false, Optional.empty(), false), other, new Waiting(Duration.ZERO));
        assertThat(reply.run()).isEmpty();
        assertThat(store.find(new RunId(id)).orElseThrow().status()).isIn(RunStatus.QUEUED, RunStatus.PLANNING);
    }

    @Test
    void whatCannotBeDoneIsToldInWords() {
        chat(body("predict b from ds_" + "0".repeat(26), "\"n\":1")).body("choices[0].message.content", containsString("no data set")).body("tunesmith.error", is("not_found")).body("tunesmith.run_id", nullValue());
        chat(body("predict b", "\"n\":1")).body("choices[0].message.content", containsString("Which data"));
        chat(body("what is the capital of France?", "\"n\":1")).body("choices[0].message.content", containsString("did not understand"));
    }

    @Test
    void aKeyThatOnlyReadsIsToldSoBeforeAnythingBegins() {
        int before = count();
        Caller reader = new Caller("", io.tunesmith.run.Scope.READ);
        for (String words : List.of("predict b from " + data, "cancel it", "10 more trials")) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> service.complete(asked(words), reader, new Waiting(Duration.ZERO))).hasMessageContaining("scope");
        }
        assertThat(service.complete(asked("list my runs"), reader, new Waiting(Duration.ZERO)).text()).isNotBlank();
        assertThat(count()).isEqualTo(before);
    }

    @Test
    void aStreamHasTheFormThatClientsRead() throws Exception {
        String words = "predict b from " + data + " in stream form";
        List<String> lines = new ArrayList<>();
        Thread end = null;
        try (Stream<String> stream = streamed(body(words, "\"stream\":true,\"stream_options\":{\"include_usage\":true}"), Map.of())) {
            var reader = stream.iterator();
            while (reader.hasNext()) {
                String line = reader.next();
                lines.add(line);
                if (end == null && line.contains("run_")) {
                    RunId run = new RunId(line.replaceAll("(?s).*?(run_[0-9a-z]{26}).*", "$1"));
                    store.append(run, "t", NOW, "trial.finished", Map.of("text", "trial 0 finished <b>|accuracy</b>"));
                    end = Thread.ofVirtual().start(() -> store.end(run, RunStatus.CANCELLED, Optional.empty(), NOW, "run.finished", Map.of("text", "cancelled", "status", "cancelled")));
                }
            }
        }
        assertThat(lines).noneMatch(line -> line.startsWith("event:")).allMatch(line -> line.isEmpty() || line.startsWith("data: ") || line.equals(": keep-alive"));
        assertThat(lines.stream().filter(line -> !line.isEmpty()).toList().getLast()).isEqualTo("data: [DONE]");
        List<JsonNode> chunks = chunks(lines);
        assertThat(chunks.stream().map(chunk -> chunk.path("id").asText()).distinct()).hasSize(1);
        assertThat(chunks).allMatch(chunk -> chunk.path("object").asText().equals("chat.completion.chunk"));
        assertThat(chunks.getFirst().at("/choices/0/delta").toString()).contains("\"role\":\"assistant\"").contains("\"content\":\"\"");
        assertThat(chunks.get(1).at("/choices/0/delta/content").asText()).startsWith("Run run_").contains("http://");
        assertThat(chunks.stream().map(chunk -> chunk.at("/choices/0/delta/reasoning_content").asText()).filter(text -> !text.isEmpty())).singleElement().asString().contains("trial 0").doesNotContain("<b>");
        JsonNode last = chunks.get(chunks.size() - 2);
        assertThat(last.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(last.at("/choices/0/delta").isEmpty()).isTrue();
        assertThat(last.at("/tunesmith/status").asText()).isEqualTo("cancelled");
        assertThat(chunks.getLast().path("choices")).isEmpty();
        assertThat(chunks.getLast().at("/usage/total_tokens").asLong()).isPositive();
        assertThat(chunks.subList(0, chunks.size() - 1)).allMatch(chunk -> chunk.has("usage") && chunk.path("usage").isNull());
    }

    @Test
    void withoutBeingAskedNoChunkSpeaksOfUsage() throws Exception {
        try (Stream<String> stream = streamed(body("hello", "\"stream\":true"), Map.of())) {
            assertThat(chunks(stream.toList())).isNotEmpty().noneMatch(chunk -> chunk.has("usage"));
        }
    }

    @Test
    void theHeadersOfAStreamKeepProxiesFromHoldingItBack() throws Exception {
        called().contentType(ContentType.JSON).body(body("hello", "\"stream\":true")).post(CHAT).then().statusCode(200).contentType(startsWith("text/event-stream")).header("Cache-Control", "no-cache").header("X-Accel-Buffering", "no");
    }

    @Test
    void whatGoesWrongInAStreamIsAnErrorWithinIt() throws Exception {
        try (Stream<String> stream = streamed(body("x", "\"stream\":true,\"tunesmith\":{\"data\":\"ds_" + "0".repeat(26) + "\"}"), Map.of())) {
            List<String> lines = stream.filter(line -> !line.isEmpty()).toList();
            assertThat(lines.get(0)).contains("\"role\":\"assistant\"");
            assertThat(WireJson.MAPPER.readTree(lines.get(1).substring(6)).at("/error/code").asText()).isEqualTo("not_found");
            assertThat(lines.getLast()).isEqualTo("data: [DONE]");
        }
    }

    @Test
    void twentyRequestsThatAreTheSameAtOnceMakeOneRun() {
        String words = body("predict b from " + data + ", one of twenty", "\"n\":1");
        List<CompletableFuture<String>> answers = IntStream.range(0, 20).mapToObj(_ -> CompletableFuture.supplyAsync(() -> chat(words).extract().<String>path("tunesmith.run_id"))).toList();
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).orTimeout(60, TimeUnit.SECONDS).join();
        assertThat(answers.stream().map(CompletableFuture::join).distinct()).hasSize(1);
        chat(words).body("tunesmith.attached", is(true)).body("choices[0].message.content", containsString("same message before"));
    }

    @Test
    void theSameRequestAfterItsRunHasEndedMakesAnotherUnlessTheClientSaysThatItIsARetry() {
        String words = body("predict b from " + data + " once more", "\"n\":1");
        String first = chat(words).extract().path("tunesmith.run_id");
        store.end(new RunId(first), RunStatus.CANCELLED, Optional.empty(), NOW, "run.finished", Map.of("text", "x", "status", "cancelled"));
        called().contentType(ContentType.JSON).header("x-stainless-retry-count", "1").body(words).post(CHAT).then().statusCode(200).body("tunesmith.run_id", is(first)).body("tunesmith.attached", is(true));
        chat(words).body("tunesmith.run_id", not(equalTo(first))).body("tunesmith.attached", is(false));
        String keyed = called().contentType(ContentType.JSON).header("Idempotency-Key", "k1").body(words).post(CHAT).then().statusCode(200).extract().path("tunesmith.run_id");
        called().contentType(ContentType.JSON).header("Idempotency-Key", "k1").body(words).post(CHAT).then().statusCode(200).body("tunesmith.run_id", is(keyed));
        called().contentType(ContentType.JSON).header("Idempotency-Key", "k1").body(body("predict a from " + data, "\"n\":1")).post(CHAT).then().statusCode(409).header("x-should-retry", "false").body("error.code", is("idempotency_conflict"));
    }

    @Test
    void aReaderThatGoesAwayCancelsNothing() throws Exception {
        Stream<String> stream = streamed(body("predict b from " + data + " and leave", "\"stream\":true"), Map.of());
        String line = stream.filter(text -> text.contains("run_")).findFirst().orElseThrow();
        stream.close();
        RunId run = new RunId(line.replaceAll("(?s).*?(run_[0-9a-z]{26}).*", "$1"));
        store.append(run, "t", NOW, "trial.finished", Map.of("text", "x"));
        Thread.sleep(1500);
        assertThat(store.find(run).orElseThrow().status()).isIn(RunStatus.QUEUED, RunStatus.PLANNING);
    }

    private String started() {
        return chat(body("predict b from " + data, "\"tunesmith\":{\"seed\":" + System.nanoTime() + "}")).extract().path("tunesmith.run_id");
    }

    private int count() {
        return runs.as(Caller.OPERATOR).list(RunQuery.newest(1000)).size();
    }

    private static ChatRequest asked(String words) {
        return ChatRequest.read(body(words, "\"n\":1").getBytes(StandardCharsets.UTF_8), Optional.empty(), false);
    }

    private static String body(String words, String more) {
        return "{\"model\":\"tunesmith\",\"messages\":[{\"role\":\"user\",\"content\":\"" + words + "\"}]," + more + "}";
    }

    private ValidatableResponse chat(String body) {
        return called().contentType(ContentType.JSON).body(body).post(CHAT).then().statusCode(200).contentType(ContentType.JSON);
    }

    private void refused(String body, int status, String param) {
        called().contentType(ContentType.JSON).body(body).post(CHAT).then().statusCode(status).contentType(ContentType.JSON).body("error.param", is(param)).body("error.type", is("invalid_request_error")).body("error.message", notNullValue());
    }

    private Stream<String> streamed(String body, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + io.restassured.RestAssured.port + CHAT)).header("Authorization", "Bearer " + key).header("Content-Type", "application/json").timeout(Duration.ofSeconds(30));
        headers.forEach(request::header);
        return HttpClient.newHttpClient().send(request.POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofLines()).body();
    }

    private static List<JsonNode> chunks(List<String> lines) throws Exception {
        List<JsonNode> chunks = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("data: {")) {
                chunks.add(WireJson.MAPPER.readTree(line.substring(6)));
            }
        }
        return chunks;
    }

    private RequestSpecification called() {
        return given().header("Authorization", "Bearer " + key);
    }
}
