package io.tunesmith.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.oneOf;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tunesmith.run.Scope;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys with an end, and a clock that this test sets: to the millisecond, at every door. */
@QuarkusTest
@TestProfile(KeyExpiryTest.Timed.class)
class KeyExpiryTest {
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
    private final StoredKeys keys;
    private final SetClock clock;
    private String admin;

    @TestHTTPResource
    URL url;

    KeyExpiryTest(StoredKeys keys, SetClock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** The service on a clock that stands still. */
    public static final class Timed implements QuarkusTestProfile {
        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(FakeDispatch.class, SetClock.class);
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(PostgresResource.class));
        }
    }

    @BeforeEach
    void open() {
        admin = TestKey.of(keys);
    }

    @Test
    void aKeyOpensToItsLastMillisecondAndThenSaysThatItHasExpired() {
        ExtractableResponse<Response> made = made(2);
        String key = made.path("key");
        Instant end = Instant.parse(made.path("expires"));
        assertThat(end).isEqualTo(clock.instant().plus(Duration.ofDays(2)));

        clock.set(end.minusMillis(1));
        as(key).get("/api/v1/runs").then().statusCode(200);
        as(key).get("/v1/models").then().statusCode(200);
        mcp(key).then().statusCode(200);

        clock.set(end);
        String words = "this key has expired: it opened until " + end;
        as(key).get("/api/v1/runs").then().statusCode(401).header("WWW-Authenticate", startsWith("Bearer")).body("code", is("invalid_api_key")).body("errors[0].message", is(words))
                .body("errors[0].hint", containsString("tunesmith key create"));
        as(key).get("/v1/models").then().statusCode(401).body("error.code", is("invalid_api_key")).body("error.message", containsString(words));
        mcp(key).then().statusCode(401).body("error.data.code", is("invalid_api_key")).body("error.message", containsString(words));
        as(key).contentType(ContentType.JSON).body("{\"scope\":\"admin\"}").post("/api/v1/keys").then().statusCode(401);
        assertThat(keys.open(key)).isEmpty();
    }

    @Test
    void onlyWhatHasAnEndExpiresAndItStaysInTheListUntilItIsRevoked() {
        ExtractableResponse<Response> made = made(1);
        String endless = keys.make("endless", Scope.RUN).key();
        String longer = made(3).path("key");
        clock.forward(Duration.ofDays(1));
        as(endless).get("/api/v1/runs").then().statusCode(200);
        as(longer).get("/api/v1/runs").then().statusCode(200);
        as(made.path("key")).get("/api/v1/runs").then().statusCode(401).body("errors[0].message", containsString("has expired"));
        as(admin).get("/api/v1/keys").then().statusCode(200).body("items.find { it.id == '" + made.path("id") + "' }.expires", is(made.<String>path("expires")));
        as(admin).delete("/api/v1/keys/" + made.path("id")).then().statusCode(204);
        as(made.path("key")).get("/api/v1/runs").then().statusCode(401).body("errors[0].message", containsString("not known here, or was revoked")).body("errors[0].message", not(containsString("expired")));
        as("tsk_nobody").get("/api/v1/runs").then().statusCode(401).body("errors[0].message", containsString("not known here"));
    }

    @Test
    @Timeout(40)
    void anOpenStreamEndsWithItsKey() throws Exception {
        String key = made(1).path("key");
        String data = as(key).multiPart("file", "x.csv", "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8)).post("/api/v1/datasets").then().statusCode(201).extract().path("id");
        String run = as(key).contentType(ContentType.JSON).body("{\"prompt\":\"predict b\",\"data_id\":\"" + data + "\"}").post("/api/v1/runs").then().statusCode(202).extract().path("id");
        HttpURLConnection stream = (HttpURLConnection) URI.create(url + "api/v1/runs/" + run + "/events").toURL().openConnection();
        stream.setRequestProperty("Authorization", "Bearer " + key);
        stream.setRequestProperty("Accept", "text/event-stream");
        stream.setReadTimeout(20_000);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).startsWith("retry");
            clock.forward(Duration.ofDays(1));
            assertThat(lines.lines().toList()).as("what comes until the stream ends, which it does by itself").noneMatch(line -> line.contains("run.finished"));
        }
        as(key).get("/api/v1/runs/" + run).then().statusCode(401);
        as(admin).get("/api/v1/runs/" + run).then().statusCode(200).body("status", oneOf("queued", "planning"));
    }

    private ExtractableResponse<Response> made(int days) {
        return as(admin).contentType(ContentType.JSON).body("{\"expires_days\":" + days + "}").post("/api/v1/keys").then().statusCode(201).extract();
    }

    private static Response mcp(String key) {
        return as(key).contentType(ContentType.JSON).accept("application/json, text/event-stream").body(PING).post("/mcp");
    }

    private static RequestSpecification as(String key) {
        return given().header("Authorization", "Bearer " + key);
    }
}
