package io.tunesmith.api.openai;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.tunesmith.app.ServiceTestProfile;
import io.tunesmith.app.StoredKeys;
import io.tunesmith.app.TestKey;
import io.tunesmith.core.RunId;
import io.tunesmith.run.Caller;
import io.tunesmith.run.RunStatus;
import io.tunesmith.run.RunStore;
import io.tunesmith.run.Scope;
import io.tunesmith.run.Usage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ServiceTestProfile.class)
class ResponsesTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final String RESPONSES = "/v1/responses";
    private final StoredKeys keys;
    private final RunStore store;
    private final ResponseService service;
    private final Usage usage;
    private String key;
    private String data;

    ResponsesTest(StoredKeys keys, RunStore store, ResponseService service, Usage usage) {
        this.keys = keys;
        this.store = store;
        this.service = service;
        this.usage = usage;
    }

    @BeforeEach
    void open() {
        key = TestKey.of(keys);
        data = called().multiPart("file", "x.csv", "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8)).post("/api/v1/datasets").then().statusCode(201).extract().path("id");
    }

    @Test
    void inTheBackgroundItIsAnsweredAtOnceAndFollowsItsRun() {
        ValidatableResponse made = background("one");
        String id = made.body("object", is("response")).body("status", oneOf("queued", "in_progress")).body("background", is(true)).body("error", nullValue()).body("output.size()", is(0)).extract().path("id");
        RunId run = new RunId(made.extract().path("tunesmith.run_id"));
        called().get(RESPONSES + "/" + id).then().statusCode(200).body("status", oneOf("queued", "in_progress"));
        store.append(run, "t", NOW, "trial.finished", Map.of("text", "trial 0 finished"));
        store.end(run, RunStatus.SUCCEEDED, Optional.empty(), NOW, "run.finished", Map.of("text", "finished", "status", "succeeded"));
        called().get(RESPONSES + "/" + id).then().body("status", is("completed")).body("output[0].type", is("message")).body("output[0].content[0].text", containsString(run + " is done")).body("usage.total_tokens", notNullValue());
    }

    @Test
    void aStreamIsTakenUpWhereItBrokeOffAndTellsTheSame() {
        ValidatableResponse made = background("two");
        String id = made.extract().path("id");
        RunId run = new RunId(made.extract().path("tunesmith.run_id"));
        for (int i = 0; i < 5; i++) {
            store.append(run, "t" + i, NOW, "trial.finished", Map.of("text", "trial " + i + " finished"));
        }
        store.end(run, RunStatus.CANCELLED, Optional.empty(), NOW, "run.finished", Map.of("text", "cancelled", "status", "cancelled"));
        String whole = called().queryParam("stream", true).get(RESPONSES + "/" + id).then().statusCode(200).contentType(startsWith("text/event-stream")).extract().asString();
        List<String> numbers = Pattern.compile("\"sequence_number\":(\\d+)").matcher(whole).results().map(match -> match.group(1)).toList();
        assertThat(numbers).isEqualTo(java.util.stream.IntStream.range(0, numbers.size()).mapToObj(String::valueOf).toList());
        assertThat(whole).startsWith("event: response.created\ndata: {\"type\":\"response.created\"").contains("event: response.reasoning_summary_text.delta", "trial 3 finished", "event: response.output_text.delta", "event: response.completed");
        String rest = called().queryParam("stream", true).queryParam("starting_after", 6).get(RESPONSES + "/" + id).then().extract().asString();
        assertThat(rest).isEqualTo(whole.substring(whole.indexOf("event:", whole.indexOf("\"sequence_number\":6}"))));
    }

    @Test
    void theTokensOfTheClosingTextAreCountedWhenItIsToldFirstAndNeverAgain() {
        key = TestKey.plenty(keys, "counted", "run");
        data = called().multiPart("file", "x.csv", "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8)).post("/api/v1/datasets").then().statusCode(201).extract().path("id");
        Caller caller = keys.open(key).orElseThrow().caller();
        ValidatableResponse made = background("six");
        String id = made.extract().path("id");
        RunId run = new RunId(made.extract().path("tunesmith.run_id"));
        long begun = usage.left(caller, Usage.Kind.TOKENS);
        called().get(RESPONSES + "/" + id).then().statusCode(200);
        assertThat(usage.left(caller, Usage.Kind.TOKENS)).as("nothing more was told").isEqualTo(begun);
        store.end(run, RunStatus.SUCCEEDED, Optional.empty(), NOW, "run.finished", Map.of("text", "finished", "status", "succeeded"));
        String text = called().get(RESPONSES + "/" + id).then().statusCode(200).extract().path("output[0].content[0].text");
        String closing = text.substring(text.indexOf("**Run "));
        assertThat(begun - usage.left(caller, Usage.Kind.TOKENS)).isEqualTo(Tokens.count(closing)).isPositive();
        long told = usage.left(caller, Usage.Kind.TOKENS);
        called().get(RESPONSES + "/" + id).then().statusCode(200);
        called().queryParam("stream", true).get(RESPONSES + "/" + id).then().statusCode(200).extract().asString();
        assertThat(usage.left(caller, Usage.Kind.TOKENS)).as("told again, counted once").isEqualTo(told);
        called().get(RESPONSES + "/" + id.replace("resp_", "told_")).then().statusCode(404);
    }

    @Test
    void itIsCancelledOnlyWhereItWorksInTheBackground() {
        String id = background("three").extract().path("id");
        String run = called().contentType(ContentType.JSON).body("{}").post(RESPONSES + "/" + id + "/cancel").then().statusCode(200).extract().path("tunesmith.run_id");
        assertThat(store.find(new RunId(run)).orElseThrow().status()).isIn(RunStatus.CANCELLING, RunStatus.CANCELLED);
        String said = create("{\"model\":\"tunesmith\",\"input\":\"hello\"}").extract().path("id");
        called().contentType(ContentType.JSON).body("{}").post(RESPONSES + "/" + said + "/cancel").then().statusCode(400).body("error.param", is("response_id"));
    }

    @Test
    void aQuestionEndsTheAnswerAndTheNextOneGoesOnByItsId() {
        ValidatableResponse made = background("four");
        String id = made.extract().path("id");
        String run = made.extract().path("tunesmith.run_id");
        store.append(new RunId(run), "q", NOW, "question.asked", Map.of("text", "Which column?", "question_id", "target", "options", List.of("a", "b"), "assumed", "b"));
        called().get(RESPONSES + "/" + id).then().body("status", is("completed")).body("output[0].content[0].text", containsString("1. a"));
        create("{\"model\":\"tunesmith\",\"input\":\"what is my run doing?\",\"previous_response_id\":\"" + id + "\"}").body("tunesmith.run_id", is(run)).body("previous_response_id", is(id)).body("status", is("completed"));
    }

    @Test
    void anothersAnswerIsNotThere() {
        String id = background("five").extract().path("id");
        Assertions.assertThatThrownBy(() -> service.find("response_id", id, new Caller("key_other", Scope.RUN))).hasMessageContaining("no response");
        called().get(RESPONSES + "/resp_nope").then().statusCode(404).body("error.param", is("response_id"));
        called().delete(RESPONSES + "/" + id).then().statusCode(200).body("deleted", is(true));
        called().get(RESPONSES + "/" + id).then().statusCode(404);
    }

    @Test
    void inputsOfAllFormsAreReadAndMisfitsNamed() {
        create("{\"model\":\"tunesmith\",\"instructions\":\"be brief\",\"input\":[{\"type\":\"message\",\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"hello\"}]},{\"type\":\"function_call_output\",\"output\":\"cancel it\"}]}").body("status", is("completed")).body("output[0].role", is("assistant"));
        refused("{\"model\":\"tunesmith\"}", "input");
        refused("{\"model\":\"tunesmith\",\"input\":5}", "input");
        refused("{\"model\":\"tunesmith\",\"input\":[5]}", "input.0");
        refused("{\"model\":\"tunesmith\",\"input\":\"x\",\"background\":true,\"store\":false}", "store");
        refused("{\"model\":\"tunesmith\",\"input\":\"x\",\"background\":\"yes\"}", "background");
    }

    private ValidatableResponse background(String mark) {
        return create("{\"model\":\"tunesmith\",\"background\":true,\"input\":\"predict b from " + data + ", " + mark + "\"}");
    }

    private ValidatableResponse create(String body) {
        return called().contentType(ContentType.JSON).body(body).post(RESPONSES).then().statusCode(200).contentType(ContentType.JSON).body("id", startsWith("resp_"));
    }

    private void refused(String body, String param) {
        called().contentType(ContentType.JSON).body(body).post(RESPONSES).then().statusCode(400).body("error.param", is(param));
    }

    private RequestSpecification called() {
        return given().header("Authorization", "Bearer " + key);
    }
}
