package io.tunesmith.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.tunesmith.app.ServiceTestProfile;
import io.tunesmith.app.StoredKeys;
import io.tunesmith.app.TestKey;
import io.tunesmith.doors.Hostile;
import io.tunesmith.doors.RawHttp;
import io.tunesmith.run.Allowance;
import io.tunesmith.run.Scope;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What nobody sends by accident, at the native door. The path of the corpus is one that starts nothing even when it takes the body. */
@QuarkusTest
@TestProfile(ServiceTestProfile.class)
class HostileNativeTest {
    private static final int PATIENCE_MILLIS = 1500;
    private static final String SECRET = "a prompt that only its owner may read";
    private final StoredKeys keys;
    private String admin;
    private String other;
    private String mine;
    private String data;

    @TestHTTPResource
    URL url;

    HostileNativeTest(StoredKeys keys) {
        this.keys = keys;
    }

    @BeforeEach
    void open() {
        admin = TestKey.of(keys);
        other = keys.make("other", Scope.RUN).key();
        mine = keys.make(new KeyView.Wanted(Optional.of("mine"), Optional.of("run"), Optional.empty(), Optional.empty(),
                Optional.of(new Allowance(Optional.of(1_000_000), Optional.of(100_000), Optional.of(100_000), Optional.empty(), Optional.empty())))).key();
        data = upload(other);
        String body = "{\"prompt\":\"" + SECRET + "\",\"data_id\":\"" + data + "\"}";
        RestAssured.given().header("Authorization", "Bearer " + other).contentType("application/json").body(body).post("/api/v1/runs").then().statusCode(202);
    }

    @Test
    void nothingBreaksAndNothingOfAnotherIsTold() throws IOException {
        List<Hostile.Case> cases = new Hostile("127.0.0.1:" + url.getPort(), mine, "/api/v1/runs", "{\"prompt\":\"predict b\",\"data_id\":\"" + data + "\"}", "predict b").all();
        assertThat(cases).hasSizeGreaterThan(200);
        List<String> wrong = new ArrayList<>();
        for (Hostile.Case one : cases) {
            RawHttp.Answer answer = RawHttp.send(url.getPort(), one.bytes(), PATIENCE_MILLIS);
            complaint(answer).ifPresent(what -> wrong.add(one.name() + ": " + what));
        }
        assertThat(wrong).isEmpty();
        assertThat(Path.of("/tmp/tunesmith-hostile")).doesNotExist();
        // The data set is another's: no text of a body that is well formed starts a run on it either.
        RestAssured.given().header("Authorization", "Bearer " + mine).get("/api/v1/runs").then().statusCode(200).body("items.size()", is(0));
        RestAssured.given().header("Authorization", "Bearer " + admin).get("/api/v1/runs?limit=200").then().statusCode(200);
    }

    @Test
    void aNameThatGivesOrdersIsAName() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String text : Hostile.TEXTS) {
            String form = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + text.replace("\\\"", "%22") + ".csv\"\r\nContent-Type: text/csv\r\n\r\n" + "a,b\n1,2\n" + "\r\n--x--\r\n";
            byte[] bytes = form.getBytes(StandardCharsets.UTF_8);
            String head = "POST /api/v1/datasets HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + mine + "\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: " + bytes.length + "\r\n\r\n";
            RawHttp.Answer answer = RawHttp.send(url.getPort(), (head + form).getBytes(StandardCharsets.UTF_8), PATIENCE_MILLIS);
            complaint(answer).ifPresent(what -> wrong.add(text + ": " + what));
        }
        assertThat(wrong).isEmpty();
        assertThat(Path.of("/tmp/tunesmith-hostile")).doesNotExist();
        RestAssured.given().header("Authorization", "Bearer " + mine).get("/api/v1/runs").then().statusCode(200).body("items.size()", is(0));
    }

    /** What is wrong with an answer: none is a clean close, an error is a problem, and nothing of the host or of others is in it. */
    private static Optional<String> complaint(RawHttp.Answer answer) {
        if (answer.status() >= 500 && answer.status() != 501 && answer.status() != 505) {
            return Optional.of(answer.whole());
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

    private String upload(String key) {
        return RestAssured.given().header("Authorization", "Bearer " + key).multiPart("file", "x.csv", "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8)).post("/api/v1/datasets").then().statusCode(201).extract().path("id");
    }
}
