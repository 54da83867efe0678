package io.tunesmith.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** People of a provider at every door, over HTTP; the provider is one on loopback. */
@QuarkusTest
@TestProfile(OidcDoorsTest.WithProvider.class)
class OidcDoorsTest {
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
    private final StoredKeys keys;
    private final String issuer;

    OidcDoorsTest(StoredKeys keys, @ConfigProperty(name = "tunesmith.oidc.issuer") String issuer) {
        this.keys = keys;
        this.issuer = issuer;
    }

    /** A service that takes that provider's tokens. */
    public static final class WithProvider implements QuarkusTestProfile {
        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(FakeDispatch.class);
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(PostgresResource.class), new TestResourceEntry(OidcProvider.class));
        }
    }

    @Test
    void aGoodTokenOpensEveryDoor() {
        String token = told("/sign?sub=ada");
        as(token).get("/api/v1/runs").then().statusCode(200).header("x-ratelimit-limit-requests", "600");
        as(token).get("/v1/models").then().statusCode(200);
        mcp(token).then().statusCode(200).body("jsonrpc", is("2.0")).body("id", is(1)).body("result", notNullValue());
        as(token).get("/api/v1/keys").then().statusCode(403);
        as(told("/sign?sub=ada&scope=tunesmith:read")).contentType(ContentType.JSON).body("{}").post("/api/v1/runs").then().statusCode(403).body("code", is("forbidden"));
        as(told("/sign?sub=boss&scope=tunesmith:admin")).get("/api/v1/keys").then().statusCode(200);
    }

    @Test
    void aBadTokenIsRefusedInEachDoorsForm() {
        for (String what : new String[] {"aud=another", "exp=-120", "alg=none", "alg=HS256"}) {
            String token = told("/sign?" + what);
            as(token).get("/api/v1/runs").then().statusCode(401).header("WWW-Authenticate", startsWith("Bearer")).body("code", is("invalid_api_key")).body("status", is(401));
            as(token).get("/v1/models").then().statusCode(401).body("error.type", is("invalid_request_error")).body("error.code", is("invalid_api_key"));
            mcp(token).then().statusCode(401).body("jsonrpc", is("2.0")).body("error.data.code", is("invalid_api_key"))
                    .header("WWW-Authenticate", containsString("resource_metadata=\"http://localhost:")).header("WWW-Authenticate", endsWith("/.well-known/oauth-protected-resource/mcp\""));
        }
        as(told("/sign?exp=-120")).get("/api/v1/runs").then().body("errors[0].message", containsString("expired"));
    }

    @Test
    void clientsLearnWhichProviderThatIs() {
        given().get("/.well-known/oauth-protected-resource").then().statusCode(200).body("resource", startsWith("http://localhost:")).body("authorization_servers", hasItem(issuer))
                .body("scopes_supported", hasItem("tunesmith:run")).body("bearer_methods_supported", hasItem("header"));
        given().get("/.well-known/oauth-protected-resource/mcp").then().statusCode(200).body("resource", endsWith("/mcp")).body("authorization_servers", hasItem(issuer));
    }

    @Test
    void whatIsOnePersonsDoesNotExistForAnother() {
        String ada = told("/sign?sub=ada");
        String eve = told("/sign?sub=eve");
        String data = as(ada).multiPart("file", "x.csv", "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8)).post("/api/v1/datasets").then().statusCode(201).extract().path("id");
        String run = as(ada).contentType(ContentType.JSON).body("{\"prompt\":\"predict b\",\"data_id\":\"" + data + "\"}").post("/api/v1/runs").then().statusCode(202).extract().path("id");
        as(told("/sign?sub=ada&exp=200")).get("/api/v1/runs/" + run).then().statusCode(200);
        for (String path : new String[] {"/api/v1/runs/" + run, "/api/v1/runs/" + run + "/events", "/api/v1/runs/" + run + "/trials", "/api/v1/datasets/" + data}) {
            as(eve).get(path).then().statusCode(404);
        }
        as(eve).get("/api/v1/runs").then().body("items.size()", is(0));
        as(eve).contentType(ContentType.JSON).body("{\"prompt\":\"predict b\",\"data_id\":\"" + data + "\"}").post("/api/v1/runs").then().statusCode(404);
    }

    @Test
    @Timeout(60)
    void aProviderMayChangeItsKeysAndBeAway() throws InterruptedException {
        String known = told("/sign?kid=one");
        as(known).get("/api/v1/runs").then().statusCode(200);
        String next = told("/sign?kid=two");
        assertThat(as(next).get("/api/v1/runs").statusCode()).as("not shown yet").isEqualTo(401);
        told("/publish?keys=one,two");
        until(next, 200);
        told("/down");
        try {
            Response away = until(told("/sign?kid=three"), 503);
            assertThat(Integer.parseInt(away.header("Retry-After"))).isPositive();
            assertThat(away.<String>path("code")).isEqualTo("server_unreachable");
            as(told("/sign?kid=three")).get("/v1/models").then().statusCode(503).header("Retry-After", notNullValue()).body("error.code", is("server_unreachable"));
            as(known).get("/api/v1/runs").then().statusCode(200);
            as(TestKey.of(keys)).get("/api/v1/runs").then().statusCode(200);
        } finally {
            told("/up");
        }
    }

    /** The provider is asked again every few seconds only. */
    private static Response until(String token, int status) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        Response answer = as(token).get("/api/v1/runs");
        while (answer.statusCode() != status && System.nanoTime() < end) {
            Thread.sleep(250);
            answer = as(token).get("/api/v1/runs");
        }
        assertThat(answer.statusCode()).isEqualTo(status);
        return answer;
    }

    private static Response mcp(String token) {
        return as(token).contentType(ContentType.JSON).accept("application/json, text/event-stream").body(PING).post("/mcp");
    }

    private String told(String what) {
        return given().urlEncodingEnabled(false).get(issuer + what).then().statusCode(200).extract().asString();
    }

    private static RequestSpecification as(String key) {
        return given().header("Authorization", "Bearer " + key);
    }
}
