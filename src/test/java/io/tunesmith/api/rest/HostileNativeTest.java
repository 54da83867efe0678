package io.tunesmith.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import io.tunesmith.app.ServiceTestProfile;
import io.tunesmith.app.StoredKeys;
import io.tunesmith.app.TestKey;
import io.tunesmith.doors.Hostile;
import io.tunesmith.doors.RawHttp;
import io.tunesmith.run.Scope;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What nobody sends by accident, at the native door. */
@QuarkusTest
@TestProfile(ServiceTestProfile.class)
class HostileNativeTest {
    private static final int PATIENCE_MILLIS = 1500;
    private static final String SECRET = "a prompt that only its owner may read";
    /** Lines that are no whole request yet, and an upgrade that has no other side: the service waits for more until its line is idle for too long. */
    private static final Set<String> NO_REQUEST = Set.of("the line GET / HTTP/9.9\\d\\a\\d\\a", "the line \\d\\a\\d\\a\\d\\a", "the line PRI * HTTP/2.0\\d\\a\\d\\aSM\\d\\a\\d\\a", "the line \\16\\3\\1\\2\\0\\1",
            "the line \\0\\0\\0\\0\\d\\a\\d\\a");
    private final StoredKeys keys;
    private final List<String> wrong = new ArrayList<>();
    private String other;
    private String mine;
    private String own;
    private String foreign;

    @TestHTTPResource
    URL url;

    HostileNativeTest(StoredKeys keys) {
        this.keys = keys;
    }

    @BeforeEach
    void open() {
        other = keys.make("other", Scope.RUN).key();
        mine = TestKey.plenty(keys, "mine", "run");
        own = upload(mine, "a,b\n1,2\n");
        foreign = upload(other, "a,\"" + SECRET + "\"\n1,2\n");
        as(other).contentType("application/json").body("{\"prompt\":\"" + SECRET + "\",\"data_id\":\"" + foreign + "\"}").post("/api/v1/runs").then().statusCode(202);
    }

    /** On data of its own, so that whoever starts a run by the way would be seen: each was started by the call that said so, and answered with its id. */
    @Test
    void nothingBreaksAndOnlyWhatIsAnsweredWithARunStartsOne() throws IOException {
        int started = 0;
        List<Hostile.Case> cases = corpus(own).all();
        assertThat(cases).hasSizeGreaterThan(400);
        for (Hostile.Case one : cases) {
            RawHttp.Answer answer = RawHttp.send(url.getPort(), one.bytes(), PATIENCE_MILLIS);
            complaint(one, answer).ifPresent(what -> wrong.add(one.name() + ": " + what));
            if (answer.status() == 202) {
                assertThat(answer.header("Location").orElse("")).as(one.name()).matches("/api/v1/runs/run_[0-9a-z]{26}");
                started++;
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(Path.of("/tmp/tunesmith-hostile")).doesNotExist();
        assertThat(runs()).isEqualTo(started).isGreaterThan(50);
    }

    @Test
    void nothingOfAnotherIsTakenOrTold() throws IOException {
        Hostile corpus = corpus(foreign);
        for (Hostile.Case one : Stream.of(corpus.texts(), corpus.json(), corpus.paths(), corpus.types(), corpus.queries()).flatMap(List::stream).toList()) {
            RawHttp.Answer answer = RawHttp.send(url.getPort(), one.bytes(), PATIENCE_MILLIS);
            complaint(one, answer).ifPresent(what -> wrong.add(one.name() + ": " + what));
            if (answer.status() == 202) {
                wrong.add(one.name() + " started a run on another's data");
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(runs()).isZero();
    }

    private Hostile corpus(String data) {
        return new Hostile("127.0.0.1:" + url.getPort(), mine, "/api/v1/runs", "{\"prompt\":\"predict b\",\"data_id\":\"" + data + "\"}", "predict b");
    }

    private int runs() {
        int count = 0;
        for (String cursor = ""; cursor != null;) {
            JsonPath page = as(mine).queryParam("limit", 100).queryParams(cursor.isEmpty() ? Map.of() : Map.of("cursor", cursor)).get("/api/v1/runs").then().statusCode(200).extract().jsonPath();
            count += page.getList("items").size();
            cursor = page.getString("next_cursor");
        }
        return count;
    }

    @Test
    void aNameThatGivesOrdersIsAName() throws IOException {
        for (String text : Hostile.TEXTS) {
            String form = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + text.replace("\\\"", "%22") + ".csv\"\r\nContent-Type: text/csv\r\n\r\n" + "a,b\n1,2\n" + "\r\n--x--\r\n";
            byte[] bytes = form.getBytes(StandardCharsets.UTF_8);
            String head = "POST /api/v1/datasets HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + mine + "\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: " + bytes.length + "\r\n\r\n";
            RawHttp.Answer answer = RawHttp.send(url.getPort(), (head + form).getBytes(StandardCharsets.UTF_8), PATIENCE_MILLIS);
            complaint(new Hostile.Case(text, bytes), answer).ifPresent(what -> wrong.add(text + ": " + what));
        }
        assertThat(wrong).isEmpty();
        assertThat(Path.of("/tmp/tunesmith-hostile")).doesNotExist();
        assertThat(runs()).isZero();
    }

    /** What is wrong with an answer: there is one, no 5xx, an error is a problem, and nothing of the host or of others is in it. */
    private static Optional<String> complaint(Hostile.Case one, RawHttp.Answer answer) {
        boolean unanswered = answer.closed() ? one.name().startsWith("the chunk ") : NO_REQUEST.contains(one.name());
        if (answer.status() == 0 && !unanswered || answer.status() >= 500 || answer.status() == 101) {
            return Optional.of(answer.status() + ": " + answer.whole());
        }
        if (answer.whole().contains(SECRET) || answer.whole().contains("root:x:0") || answer.header("X-Evil").isPresent() || answer.whole().contains("\tat io.")) {
            return Optional.of("tells too much: " + answer.whole());
        }
        if (answer.status() < 400 || answer.body().isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonNode body = WireJson.MAPPER.readTree(answer.body());
            boolean problem = body.path("status").asInt() == answer.status() && body.path("code").isTextual() && body.path("instance").asText().contains("req_") && answer.header("x-request-id").isPresent();
            return problem ? Optional.empty() : Optional.of("no problem: " + answer.whole());
        } catch (IOException e) {
            return Optional.of("no JSON: " + answer.whole());
        }
    }

    private static RequestSpecification as(String key) {
        return RestAssured.given().header("Authorization", "Bearer " + key);
    }

    private static String upload(String key, String text) {
        return as(key).multiPart("file", "x.csv", text.getBytes(StandardCharsets.UTF_8)).post("/api/v1/datasets").then().statusCode(201).extract().path("id");
    }
}
