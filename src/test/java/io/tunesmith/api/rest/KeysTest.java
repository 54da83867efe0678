package io.tunesmith.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tunesmith.app.ServiceTestProfile;
import io.tunesmith.app.StoredKeys;
import io.tunesmith.app.TestKey;
import io.tunesmith.core.FailureException;
import io.tunesmith.run.Caller;
import io.tunesmith.run.Scope;
import io.tunesmith.run.Usage;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@TestProfile(ServiceTestProfile.class)
class KeysTest {
    private static final String[] FAMILIES = {"/api/v1/runs", "/v1/models", "/v1/nothing", "/mcp", "/q/metrics", "/ui", "/"};
    private final StoredKeys keys;
    private final Usage usage;
    private String admin;

    @TestHTTPResource
    URL url;

    KeysTest(StoredKeys keys, Usage usage) {
        this.keys = keys;
        this.usage = usage;
    }

    @BeforeEach
    void open() {
        admin = TestKey.of(keys);
    }

    @Test
    void everyFamilyAsksForAKeyInItsOwnForm() {
        for (String path : FAMILIES) {
            ExtractableResponse<Response> answer = given().get(path).then().statusCode(401).header("WWW-Authenticate", startsWith("Bearer")).header("x-request-id", startsWith("req_")).extract();
            code(path, answer, "invalid_api_key");
            code(path, as(admin).header("Origin", "http://evil.example").get(path).then().statusCode(403).extract(), "ref_not_allowed");
            code(path, as(admin).header("Host", "evil.example").get(path).then().statusCode(403).extract(), "ref_not_allowed");
        }
        as(admin).get("/v1/nothing").then().statusCode(404).body("error.code", is("not_found")).body("error.type", is("invalid_request_error"));
        given().get("/v1/models").then().body("error.type", is("invalid_request_error")).body("error.code", is("invalid_api_key"));
        as(admin).contentType(ContentType.TEXT).body("x").post("/v1/chat/completions").then().statusCode(415).body("error.param", is("Content-Type"));
        as(admin).get("/api/v1/nothing").then().statusCode(404).body("instance", startsWith("/requests/req_"));
    }

    private static void code(String path, ExtractableResponse<Response> answer, String code) {
        String at = path.startsWith("/v1") ? "error.code" : path.equals("/mcp") ? "error.data.code" : "code";
        assertThat(answer.<String>path(at)).as(path).isEqualTo(code);
    }

    @Test
    void aScopeOpensWhatItSaysAndARefusalNamesIt() {
        String read = keys.make("r", Scope.READ).key();
        String run = keys.make("w", Scope.RUN).key();
        String agent = keys.make("a", Scope.AGENT).key();
        as(read).get("/api/v1/runs").then().statusCode(200);
        as(read).contentType(ContentType.JSON).body("{}").post("/api/v1/runs").then().statusCode(403).body("code", is("forbidden")).body("errors[0].message", containsString("read"))
                .body("errors[0].hint", containsString("--scope run"));
        as(run).contentType(ContentType.JSON).body("{}").post("/api/v1/runs").then().statusCode(400);
        for (String path : new String[] {"/api/v1/keys", "/api/v1/backends", "/api/v1/backup", "/api/v1/keys/", "/api/v1//keys", "/api/v1/x/../keys", "/api/v1/%6beys"}) {
            as(run).urlEncodingEnabled(false).get(path).then().statusCode(403).body("errors[0].hint", containsString("--scope admin"));
        }
        for (String path : new String[] {"/api/v1/keys;x=y", "/api/v1;x/keys", "/api/v1/attempts/..;/keys"}) {
            as(run).urlEncodingEnabled(false).get(path).then().statusCode(400);
        }
        as(run).contentType(ContentType.JSON).body("{}").post("/api/v1/agents").then().statusCode(403);
        as(agent).get("/api/v1/runs").then().statusCode(403);
        as(admin).get("/api/v1/keys").then().statusCode(200);
    }

    @Test
    void aKeyIsShownOnceAndMayOpenWhatAnotherMade() {
        ExtractableResponse<Response> first = made("{\"label\":\"one\",\"limits\":{\"queued_runs\":2}}");
        ExtractableResponse<Response> second = made("{\"scope\":\"read\",\"for\":\"" + first.path("id") + "\",\"expires_days\":3}");
        as(admin).get("/api/v1/keys").then().body(not(containsString(first.<String>path("key")))).body("items.find { it.id == '" + first.path("id") + "' }.limits.queued_runs", is(2))
                .body("items.find { it.id == '" + first.path("id") + "' }.expires", nullValue()).body("items.find { it.id == '" + second.path("id") + "' }.for", is(first.<String>path("id")));
        String data = upload(first.path("key"));
        String run = as(first.path("key")).contentType(ContentType.JSON).body("{\"prompt\":\"predict b\",\"data_id\":\"" + data + "\"}").post("/api/v1/runs").then().statusCode(202).extract().path("id");
        as(second.path("key")).get("/api/v1/runs/" + run).then().statusCode(200);
        as(keys.make("stranger", Scope.RUN).key()).get("/api/v1/runs/" + run).then().statusCode(404);
        wanted("{\"for\":\"key_nope\"}").statusCode(404).body("errors[0].field", is("for"));
        wanted("{\"scope\":\"all\"}").statusCode(400).body("errors[0].allowed", containsString("admin"));
        wanted("{\"expires_days\":0}").statusCode(400).body("errors[0].allowed", is("1 to 3650"));
        wanted("{\"limits\":{\"requests_per_minute\":0}}").statusCode(400).body("errors[0].field", is("limits.requests_per_minute"));
    }

    @Test
    void tooManyRequestsAreToldWhenToComeAgain() {
        String key = made("{\"limits\":{\"requests_per_minute\":2}}").path("key");
        as(key).get("/api/v1/runs").then().statusCode(200).header("x-ratelimit-limit-requests", "2").header("x-ratelimit-remaining-requests", "1");
        as(key).get("/v1/nothing").then().statusCode(404).header("x-ratelimit-remaining-requests", "0");
        as(key).get("/api/v1/runs").then().statusCode(429).body("code", is("rate_limited")).header("Retry-After", "30").header("retry-after-ms", not(is("0")));
        as(key).get("/v1/nothing").then().statusCode(429).body("error.type", is("rate_limit_error"));
    }

    @Test
    void runsAndUploadsHaveLimits() {
        String key = made("{\"limits\":{\"queued_runs\":1,\"upload_bytes_per_day\":20}}").path("key");
        String data = upload(key);
        String body = "{\"prompt\":\"predict b\",\"data_id\":\"" + data + "\"}";
        as(key).contentType(ContentType.JSON).body(body).post("/api/v1/runs").then().statusCode(202);
        as(key).contentType(ContentType.JSON).body(body).post("/api/v1/runs").then().statusCode(429).header("Retry-After", "30").body("detail", containsString("queued_runs"));
        as(key).get("/api/v1/runs").then().body("items", hasSize(1));
        upload(key);
        as(key).multiPart("file", "x.csv", "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8)).post("/api/v1/datasets").then().statusCode(429).body("detail", containsString("16 are used"));
    }

    @Test
    void tokensAreCountedByTheDay() {
        KeyView.Made made = keys.make("t", Scope.RUN);
        Caller caller = keys.open(made.key()).orElseThrow().caller();
        assertThat(usage.left(caller, Usage.Kind.TOKENS)).isEqualTo(1_000_000);
        usage.take(caller, Usage.Kind.TOKENS, 999_999);
        Assertions.assertThatThrownBy(() -> usage.take(caller, Usage.Kind.TOKENS, 2)).isInstanceOf(FailureException.class).hasMessageContaining("999999 are used");
        assertThat(usage.left(caller, Usage.Kind.TOKENS)).isEqualTo(1);
        usage.add(caller, Usage.Kind.TOKENS, 5);
        assertThat(usage.left(caller, Usage.Kind.TOKENS)).isZero();
        assertThat(usage.left(Caller.OPERATOR, Usage.Kind.TOKENS)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    @Timeout(40)
    void anOpenStreamEndsWhenItsKeyIsRevoked() throws Exception {
        KeyView.Made made = keys.make("s", Scope.RUN);
        String run = as(made.key()).contentType(ContentType.JSON).body("{\"prompt\":\"predict b\",\"data_id\":\"" + upload(made.key()) + "\"}").post("/api/v1/runs").then().statusCode(202).extract().path("id");
        HttpURLConnection stream = (HttpURLConnection) URI.create(url + "api/v1/runs/" + run + "/events").toURL().openConnection();
        stream.setRequestProperty("Authorization", "Bearer " + made.key());
        stream.setRequestProperty("Accept", "text/event-stream");
        stream.setReadTimeout(20_000);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).startsWith("retry");
            assertThat(keys.revoke(made.id())).isTrue();
            long before = System.nanoTime();
            while (lines.readLine() != null) {
                assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - before)).isLessThan(15);
            }
        }
        as(made.key()).get("/api/v1/runs").then().statusCode(401);
    }

    private ExtractableResponse<Response> made(String body) {
        return wanted(body).statusCode(201).body("key", startsWith("tsk_")).extract();
    }

    private io.restassured.response.ValidatableResponse wanted(String body) {
        return as(admin).contentType(ContentType.JSON).body(body).post("/api/v1/keys").then();
    }

    private String upload(String key) {
        return as(key).multiPart("file", "x.csv", "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8)).post("/api/v1/datasets").then().statusCode(201).extract().path("id");
    }

    private static RequestSpecification as(String key) {
        return given().header("Authorization", "Bearer " + key);
    }
}
