package io.tunesmith.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.tunesmith.app.ServiceTestProfile;
import io.tunesmith.app.StoredKeys;
import io.tunesmith.app.TestKey;
import io.tunesmith.core.Sha256;
import io.tunesmith.run.KeptAnswers;
import io.tunesmith.run.KeptAnswers.Answer;
import io.tunesmith.run.KeptAnswers.Name;
import io.tunesmith.run.RunQuery;
import io.tunesmith.run.Caller;
import io.tunesmith.run.RunService;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ServiceTestProfile.class)
class IdempotencyTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private final StoredKeys keys;
    private final KeptAnswers answers;
    private final RunService runs;
    private String key;

    IdempotencyTest(StoredKeys keys, KeptAnswers answers, RunService runs) {
        this.keys = keys;
        this.answers = answers;
        this.runs = runs;
    }

    @BeforeEach
    void open() {
        key = TestKey.of(keys);
    }

    @Test
    void theSameRequestAgainGetsTheSameAnswerAndStartsNothing() {
        String body = wish("predict b", uploaded());
        String name = fresh();
        int before = count();
        Response first = asked(name, body);
        first.then().statusCode(202).header("Idempotent-Replay", nullValue());
        Response second = asked(name, body);
        second.then().statusCode(202).header("Idempotent-Replay", is("true")).header("Location", is(first.header("Location")));
        assertThat(second.asString()).isEqualTo(first.asString());
        assertThat(count()).isEqualTo(before + 1);
        asked(name, body.replace("predict b", "predict a")).then().statusCode(409).body("code", is("idempotency_conflict")).body("errors[0].field", is("Idempotency-Key"))
                .header("x-should-retry", "false");
        asked(fresh(), body).then().statusCode(202);
        assertThat(count()).isEqualTo(before + 2);
    }

    @Test
    void whatWasRefusedIsNotKept() {
        String name = fresh();
        asked(name, wish("", uploaded())).then().statusCode(400);
        asked(name, wish("predict b", uploaded())).then().statusCode(202).header("Idempotent-Replay", nullValue());
    }

    @Test
    void aKeyOfAnotherFormIsRefused() {
        for (String wrong : new String[] {"x".repeat(256), "two words", "ümlaut"}) {
            asked(wrong, wish("predict b", "ds_x")).then().statusCode(400).body("errors[0].field", is("Idempotency-Key"));
        }
    }

    @Test
    void manyAtOnceMakeOneRun() {
        String body = wish("predict b", uploaded());
        String name = fresh();
        int before = count();
        List<CompletableFuture<Response>> calls = IntStream.range(0, 8).mapToObj(_ -> CompletableFuture.supplyAsync(() -> asked(name, body)).orTimeout(60, TimeUnit.SECONDS)).toList();
        List<Response> all = calls.stream().map(CompletableFuture::join).toList();
        assertThat(all.stream().map(Response::statusCode)).containsOnly(202);
        assertThat(all.stream().map(answer -> answer.<String>path("id")).distinct()).hasSize(1);
        assertThat(all.stream().filter(answer -> answer.header("Idempotent-Replay") == null)).hasSize(1);
        assertThat(count()).isEqualTo(before + 1);
    }

    @Test
    void aRequestThatWasTornOffIsDoneAgainWithTheSameDraw() {
        Name name = new Name("somebody", fresh());
        Sha256 request = Sha256.of("body".getBytes(StandardCharsets.UTF_8));
        assertThat(answers.take(name, request, "a", NOW, NOW.minusSeconds(1)).draw()).isEqualTo("a");
        assertThat(answers.take(name, request, "b", NOW, NOW.minusSeconds(1))).isEqualTo(new KeptAnswers.Kept(request, "a", Optional.empty()));
        answers.keep(name, new Answer(201, Map.of("Location", "/x"), "{}"));
        answers.keep(name, new Answer(500, Map.of(), "second"));
        answers.free(name);
        assertThat(answers.take(name, request, "c", NOW, NOW.minusSeconds(1)).answer()).contains(new Answer(201, Map.of("Location", "/x"), "{}"));
    }

    @Test
    void afterADayTheKeyIsFreeAgain() {
        Name name = new Name("somebody", fresh());
        Sha256 request = Sha256.of("body".getBytes(StandardCharsets.UTF_8));
        Duration day = Duration.ofHours(24);
        answers.take(name, request, "a", NOW, NOW.minus(day));
        answers.keep(name, new Answer(201, Map.of(), "{}"));
        Instant later = NOW.plus(day);
        assertThat(answers.take(name, request, "b", later, later.minus(day)).draw()).isEqualTo("a");
        Instant next = later.plusMillis(1);
        assertThat(answers.take(name, request, "b", next, next.minus(day))).isEqualTo(new KeptAnswers.Kept(request, "b", Optional.empty()));
        answers.forget(next.plusMillis(1));
        assertThat(answers.take(name, request, "c", next, next.minus(day)).draw()).isEqualTo("c");
    }

    @Test
    void anotherOwnersKeyIsAnother() {
        String name = fresh();
        Sha256 request = Sha256.of("body".getBytes(StandardCharsets.UTF_8));
        answers.take(new Name("a", name), request, "a", NOW, NOW);
        assertThat(answers.take(new Name("b", name), request, "b", NOW, NOW).draw()).isEqualTo("b");
    }

    private Response asked(String name, String body) {
        return given().header("Authorization", "Bearer " + key).header("Idempotency-Key", name).contentType(ContentType.JSON).body(body).post("/api/v1/runs");
    }

    private int count() {
        return runs.as(Caller.OPERATOR).list(RunQuery.newest(1000)).size();
    }

    private String uploaded() {
        return given().header("Authorization", "Bearer " + key).multiPart("file", "x.csv", "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8)).post("/api/v1/datasets").then().statusCode(201).extract().path("id");
    }

    private static String wish(String prompt, String data) {
        return "{\"prompt\":\"" + prompt + "\",\"data_id\":\"" + data + "\"}";
    }

    private static String fresh() {
        return UUID.randomUUID().toString();
    }
}
