package io.tunesmith.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tunesmith.api.rest.KeyView;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.Ids;
import io.tunesmith.core.RunId;
import io.tunesmith.doors.Hostile;
import io.tunesmith.doors.RawHttp;
import io.tunesmith.run.Allowance;
import io.tunesmith.run.Caller;
import io.tunesmith.run.More;
import io.tunesmith.run.Question;
import io.tunesmith.run.Run;
import io.tunesmith.run.RunService;
import io.tunesmith.run.RunStatus;
import io.tunesmith.run.RunStore;
import io.tunesmith.run.Runs;
import io.tunesmith.run.Scope;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The limits of keys, where what is not said is what the service is built with; a JSON body may have two kilobytes. */
@QuarkusTest
@TestProfile(LimitsTest.Usual.class)
@Timeout(120)
class LimitsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final int BODY = 2048;
    private final StoredKeys keys;
    private final RunService service;
    private final RunStore runs;
    private final Ids ids;

    @TestHTTPResource
    URL url;

    LimitsTest(StoredKeys keys, RunService service, RunStore runs, Ids ids) {
        this.keys = keys;
        this.service = service;
        this.runs = runs;
        this.ids = ids;
    }

    /** Nothing but the body's size is set. */
    public static final class Usual implements QuarkusTestProfile {
        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(FakeDispatch.class);
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("tunesmith.limits.json-bytes", Integer.toString(BODY));
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(PostgresResource.class));
        }
    }

    @Test
    void sixHundredRequestsAMinuteUnlessSaidOtherwise() {
        String key = keys.make("busy", Scope.RUN).key();
        Response answer = as(key).get("/v1/nothing");
        assertThat(answer.header("x-ratelimit-limit-requests")).isEqualTo("600");
        int asked = 1;
        while (answer.statusCode() != 429 && asked < 2000) {
            answer = as(key).get("/v1/nothing");
            asked++;
        }
        assertThat(asked).as("600 at once, and those of the time it took").isBetween(601, 1500);
        answer.then().statusCode(429).header("Retry-After", "1").header("x-ratelimit-remaining-requests", "0").body("error.type", is("rate_limit_error"));
        assertThat(Integer.parseInt(answer.header("retry-after-ms"))).isBetween(1, 1000);
        assertThat(as(TestKey.of(keys)).get("/v1/nothing").header("x-ratelimit-limit-requests")).as("the operator's").isNull();
    }

    @Test
    void runsInLineAreCountedAndThoseThatRestAreNot() {
        Owner owner = owner(1, 1);
        RunId first = start(owner, "now");
        runs.move(first, RunStatus.RUNNING);
        RunId second = start(owner, "now");
        wanted(owner, "now").then().statusCode(429).header("Retry-After", "30").body("code", is("rate_limited")).body("detail", containsString("queued_runs"));
        service.as(owner.caller()).pause(second);
        RunId third = start(owner, "now");
        wanted(owner, "now").then().statusCode(429);
        end(third);
        start(owner, "now");
    }

    @Test
    void heldRunsCannotBeLetGoTogether() {
        Owner owner = owner(5, 2);
        RunId[] held = new RunId[3];
        for (int i = 0; i < held.length; i++) {
            held[i] = start(owner, "hold");
            runs.move(held[i], RunStatus.PLANNING);
            runs.ask(held[i], new Question(Question.START, "start?", List.of("yes", "no"), Optional.empty()), NOW, Map.of("text", "start?"));
        }
        answer(owner, held[0], "yes").then().statusCode(200);
        answer(owner, held[1], "yes").then().statusCode(200);
        answer(owner, held[2], "yes").then().statusCode(429).header("Retry-After", notNullValue()).body("detail", containsString("queued_runs"));
        assertThat(runs.find(held[2]).orElseThrow().status()).isEqualTo(RunStatus.WAITING_INPUT);
        assertThat(runs.questions(held[2]).getFirst().answer()).as("a refusal answers nothing").isEmpty();
        answer(owner, held[2], "no").then().statusCode(200);
        assertThat(runs.find(held[2]).orElseThrow().status()).as("it is let go, and may have ended already").isIn(RunStatus.CANCELLING, RunStatus.CANCELLED);
    }

    @Test
    void pausedRunsCannotBeResumedBeyondTheLimit() {
        Owner owner = owner(1, 1);
        RunId rests = start(owner, "now");
        service.as(owner.caller()).pause(rests);
        runs.move(start(owner, "now"), RunStatus.RUNNING);
        RunId inLine = start(owner, "now");
        patch(owner, rests, "resume").then().statusCode(429).body("detail", containsString("queued_runs"));
        assertThat(runs.find(rests).orElseThrow().status()).isIn(RunStatus.PAUSED, RunStatus.PAUSING);
        end(inLine);
        assertThat(patch(owner, rests, "resume").statusCode()).isBetween(200, 202);
    }

    @Test
    void aRunThatGoesOnFromAnEndedOneIsCountedAsOne() {
        Owner owner = owner(5, 1);
        RunId ended = start(owner, "now");
        end(ended);
        Runs own = service.as(owner.caller());
        More more = new More(Optional.of(5L), Optional.empty());
        Run next = own.extend(ended, more);
        assertThat(next.id()).isNotEqualTo(ended);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> own.extend(ended, more)).isInstanceOf(FailureException.class).hasMessageContaining("queued_runs");
        assertThat(runs.find(next.id())).isPresent();
    }

    @Test
    void ofManyAtOnceOnlyAsManyGetInAsThereIsRoom() throws Exception {
        Owner owner = owner(5, 3);
        int let = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> asked = threads.invokeAll(java.util.Collections.nCopies(16, (Callable<Boolean>) () -> created(owner)), 60, TimeUnit.SECONDS);
            for (Future<Boolean> one : asked) {
                let += one.get() ? 1 : 0;
            }
        }
        assertThat(let).isEqualTo(3);
    }

    @Test
    void aBodyThatDoesNotSayItsLengthIsCounted() throws IOException {
        String key = keys.make("big", Scope.RUN).key();
        for (String path : new String[] {"/api/v1/runs", "/api/v1/plans", "/v1/chat/completions", "/v1/responses", "/v1/batches", "/mcp"}) {
            String large = "{\"x\":\"" + "a".repeat(BODY) + "\"}";
            for (String framing : new String[] {"Content-Length: " + large.length() + "\r\n\r\n" + large, "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(large.length()) + "\r\n" + large + "\r\n0\r\n\r\n"}) {
                String request = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key + "\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\n" + framing;
                RawHttp.Answer answer = RawHttp.send(url.getPort(), new Hostile.Case("a body in chunks", Hostile.Must.REFUSE, request.getBytes(StandardCharsets.UTF_8)));
                assertThat(answer.status()).as(path + " " + framing.substring(0, 17) + ": " + answer.whole()).isEqualTo(413);
                assertThat(answer.body()).contains("too large");
            }
        }
    }

    private record Owner(String key, Caller caller, String data) {}

    private Owner owner(int concurrent, int queued) {
        KeyView.Made made = keys.make(new KeyView.Wanted(Optional.of("limited"), Optional.of("run"), Optional.empty(), Optional.empty(),
                Optional.of(new Allowance(Optional.empty(), Optional.of(concurrent), Optional.of(queued), Optional.empty(), Optional.empty()))));
        String data = as(made.key()).multiPart("file", "x.csv", "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8)).post("/api/v1/datasets").then().statusCode(201).extract().path("id");
        return new Owner(made.key(), keys.open(made.key()).orElseThrow().caller(), data);
    }

    private static Response wanted(Owner owner, String start) {
        return as(owner.key()).contentType(ContentType.JSON).body("{\"prompt\":\"predict b\",\"start\":\"" + start + "\",\"data_id\":\"" + owner.data() + "\"}").post("/api/v1/runs");
    }

    private static RunId start(Owner owner, String start) {
        return new RunId(wanted(owner, start).then().statusCode(202).extract().<String>path("id"));
    }

    private static Response answer(Owner owner, RunId run, String answer) {
        return as(owner.key()).contentType(ContentType.JSON).body("{\"question_id\":\"start\",\"answer\":\"" + answer + "\"}").post("/api/v1/runs/" + run + "/answers");
    }

    private static Response patch(Owner owner, RunId run, String action) {
        return as(owner.key()).contentType(ContentType.JSON).body("{\"action\":\"" + action + "\"}").patch("/api/v1/runs/" + run);
    }

    private void end(RunId run) {
        assertThat(runs.end(run, RunStatus.CANCELLED, Optional.empty(), NOW, "run.finished", Map.of("text", "ended"))).isTrue();
    }

    private boolean created(Owner owner) {
        Run like = new Run(ids.run(), owner.caller().owner(), request(owner), RunStatus.QUEUED, 1, NOW, Duration.ZERO, Optional.empty(), Optional.empty());
        try {
            runs.create(like, "run.created", Map.of("text", "made"));
            return true;
        } catch (FailureException full) {
            return false;
        }
    }

    private static io.tunesmith.run.RunRequest request(Owner owner) {
        return io.tunesmith.run.RunRequest.now("predict b", new io.tunesmith.core.DatasetId(owner.data()), io.tunesmith.task.Overrides.NONE);
    }

    private static RequestSpecification as(String key) {
        return given().header("Authorization", "Bearer " + key);
    }
}
