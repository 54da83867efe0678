package io.tunesmith.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tunesmith.api.rest.ServiceFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tunesmith serve} as a process: without keys, behind names that are not its own, and with the people of a provider. */
class ServeOptionsIT {
    private static final Path APP = Path.of("target/quarkus-app").toAbsolutePath();
    private static final String INITIALIZE = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}}";
    private static final byte[] TABLE = "rooms,price\n1,10\n2,20\n3,30\n".getBytes(StandardCharsets.UTF_8);

    /** The command, until it is ended by {@code tunesmith stop}. */
    private record Served(Path dataDir, Path log, Process process) implements AutoCloseable {

        static Served start(Path folder, String... options) throws Exception {
            Path dataDir = folder.resolve("data");
            Path log = folder.resolve("serve.log");
            Process process = tunesmith(log, dataDir, "serve", options);
            return new Served(dataDir, log, process);
        }

        /** Waits until it answers. */
        String url() throws Exception {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (System.nanoTime() < end) {
                assertThat(process.isAlive()).as(said()).isTrue();
                Optional<String> url = ServiceFile.read(dataDir).filter(ServiceFile::alive).flatMap(ServiceFile::url);
                if (url.isPresent() && answers(url.get())) {
                    return url.get();
                }
                Thread.sleep(50);
            }
            throw new AssertionError("it does not answer: " + said());
        }

        private static boolean answers(String url) {
            try {
                return given().get(url + "/q/health/ready").statusCode() == 200;
            } catch (Exception notYet) {
                return false;
            }
        }

        String key() {
            return ServiceFile.read(dataDir).orElseThrow().key();
        }

        int exit() throws Exception {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(said()).isTrue();
            return process.exitValue();
        }

        String said() throws Exception {
            return Files.readString(log);
        }

        @Override
        public void close() throws Exception {
            Process stop = tunesmith(dataDir.resolveSibling("stop.log"), dataDir, "stop");
            boolean stopped = stop.waitFor(45, TimeUnit.SECONDS) && process.waitFor(15, TimeUnit.SECONDS);
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            assertThat(stopped).as(said()).isTrue();
        }
    }

    private static Process tunesmith(Path log, Path dataDir, String name, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m", "-Dtunesmith.home=" + APP,
                "-cp", APP + "/app/*:" + APP + "/lib/main/*:" + APP + "/lib/boot/*", "io.tunesmith.cli.Tunesmith", name, "--data-dir", dataDir.toString()));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("XDG_CACHE_HOME", Path.of("target/cache").toAbsolutePath().toString());
        builder.environment().put("TUNESMITH_DB_URL", "");
        return builder.start();
    }

    @Test
    void whatWouldLetOthersInOrMakesNoSenseDoesNotStart(@TempDir Path folder) throws Exception {
        Map<List<String>, String> refused = Map.of(
                List.of("--no-auth", "--host", "0.0.0.0"), "--no-auth on 0.0.0.0 would let everyone in",
                List.of("--no-auth", "--host", "::"), "--no-auth on :: would let everyone in",
                List.of("--oidc-issuer", "https://id.example.org"), "--oidc-issuer and --oidc-audience belong together",
                List.of("--oidc-issuer", "http://id.example.org", "--oidc-audience", "tunesmith"), "\"http://id.example.org\" is no issuer");
        int number = 0;
        for (Map.Entry<List<String>, String> one : refused.entrySet()) {
            Path own = Files.createDirectory(folder.resolve("refused" + number++));
            Path log = own.resolve("serve.log");
            Process process = tunesmith(log, own.resolve("data"), "serve", one.getKey().toArray(String[]::new));
            boolean ended = process.waitFor(30, TimeUnit.SECONDS);
            process.destroy();
            assertThat(ended).as("it ends by itself: " + Files.readString(log)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(log)).isEqualTo(2);
            assertThat(Files.readString(log)).startsWith("tunesmith: ").contains(one.getValue(), "  allowed: ").doesNotContain("Exception", "answers at");
            assertThat(own.resolve("data/postgres")).as("nothing was begun").doesNotExist();
        }
    }

    @Test
    void withoutKeysEveryDoorOpensOnLoopbackAndToNoPageElsewhere(@TempDir Path folder) throws Exception {
        try (Served served = Served.start(folder, "--no-auth", "--port", "0", "--slots", "0", "--allow-host", "tunesmith.test")) {
            String url = served.url();
            String data = given().multiPart("file", "x.csv", TABLE).post(url + "/api/v1/datasets").then().statusCode(201).extract().path("id");
            String run = given().contentType(ContentType.JSON).body(wish(data)).post(url + "/api/v1/runs").then().statusCode(202).extract().path("id");
            given().get(url + "/api/v1/runs/" + run).then().statusCode(200).body("prompt", is("Predict the price."));
            given().header("Authorization", "Bearer whatever").get(url + "/api/v1/keys").then().statusCode(200);
            given().get(url + "/v1/models").then().statusCode(200).body("data.id", hasItem("tunesmith"));
            mcp(given(), url, "list_runs", "{}").then().statusCode(200).body(containsString(run));

            for (String host : new String[] {"rebound.example", "127.0.0.1.rebound.example", "localhost.rebound.example:80"}) {
                refusedEverywhere(url, "Host", host, "this service does not answer for this host name");
            }
            for (String origin : new String[] {"https://rebound.example", "null", "http://localhost.rebound.example", "http://127.0.0.1@rebound.example"}) {
                refusedEverywhere(url, "Origin", origin, "pages of another site may not call this service");
            }
            given().header("Origin", "https://rebound.example").header("Access-Control-Request-Method", "POST").options(url + "/api/v1/runs").then().statusCode(403);
            given().header("Host", "rebound.example").contentType(ContentType.JSON).body(wish(data)).post(url + "/api/v1/runs").then().statusCode(403);
            given().get(url + "/api/v1/runs").then().body("items", hasSize(1));
            for (String host : new String[] {"localhost", "LOCALHOST:9", "tunesmith.test", "[::1]:1"}) {
                given().header("Host", host).get(url + "/api/v1/runs").then().statusCode(200);
            }
            given().header("Origin", "http://localhost:3000").get(url + "/api/v1/runs").then().statusCode(200);
            assertThat(served.said()).contains("Tunesmith answers at " + url, "Anyone on this machine may call it (--no-auth).").doesNotContain("tsk_");
        }
    }

    private static void refusedEverywhere(String url, String header, String value, String words) {
        given().header(header, value).get(url + "/api/v1/runs").then().statusCode(403).body("code", is("ref_not_allowed")).body("errors[0].field", is(header)).body("errors[0].message", is(words));
        given().header(header, value).get(url + "/v1/models").then().statusCode(403).body("error.code", is("ref_not_allowed")).body("error.message", containsString(words));
        given().header(header, value).contentType(ContentType.JSON).accept("application/json, text/event-stream").body(INITIALIZE).post(url + "/mcp").then().statusCode(403).body("error.data.code", is("ref_not_allowed"));
    }

    @Test
    void peopleOfAProviderOpenEveryDoorToTheirOwnThings(@TempDir Path folder) throws Exception {
        OidcProvider provider = new OidcProvider();
        String issuer = provider.start().get("tunesmith.oidc.issuer");
        try (Served served = Served.start(folder, "--oidc-issuer", issuer, "--oidc-audience", "tunesmith", "--port", "0", "--slots", "0")) {
            String url = served.url();
            given().get(url + "/.well-known/oauth-protected-resource/mcp").then().statusCode(200).body("resource", is(url + "/mcp")).body("authorization_servers", hasItem(issuer));

            String ada = signed(issuer, "sub=ada");
            String data = as(ada).multiPart("file", "x.csv", TABLE).post(url + "/api/v1/datasets").then().statusCode(201).extract().path("id");
            String run = as(ada).contentType(ContentType.JSON).body(wish(data)).post(url + "/api/v1/runs").then().statusCode(202).extract().path("id");
            String file = as(ada).multiPart("purpose", "batch").multiPart("file", "x.jsonl", "{}\n".getBytes(StandardCharsets.UTF_8)).post(url + "/v1/files").then().statusCode(200).extract().path("id");
            as(ada).get(url + "/v1/models").then().statusCode(200);
            mcp(as(ada), url, "get_run", "{\"run_id\":\"" + run + "\"}").then().statusCode(200).body(containsString("\"isError\":false")).body(containsString(run));
            as(signed(issuer, "sub=ada&exp=100")).get(url + "/api/v1/runs/" + run).then().statusCode(200);

            String eve = signed(issuer, "sub=eve");
            as(eve).get(url + "/api/v1/runs").then().statusCode(200).body("items", hasSize(0));
            for (String path : new String[] {"/api/v1/runs/" + run, "/api/v1/runs/" + run + "/events", "/api/v1/datasets/" + data, "/v1/files/" + file, "/v1/files/" + file + "/content"}) {
                as(eve).get(url + path).then().statusCode(404);
            }
            as(eve).contentType(ContentType.JSON).body("{\"action\":\"cancel\"}").patch(url + "/api/v1/runs/" + run).then().statusCode(404);
            mcp(as(eve), url, "get_run", "{\"run_id\":\"" + run + "\"}").then().statusCode(200).body(containsString("\"isError\":true")).body(containsString("run_not_found"));
            as(signed(issuer, "sub=boss&scope=tunesmith:admin")).get(url + "/api/v1/runs/" + run).then().statusCode(200);
            as(served.key()).get(url + "/api/v1/runs/" + run).then().statusCode(200);

            refused(url, signed(issuer, "sub=ada&exp=-120"), "expired");
            refused(url, signed(issuer, "sub=ada&aud=another"), "not for this service");
            refused(url, signed(issuer, "sub=ada&alg=none"), "not signed with RS256 or ES256");
            refused(url, signed(issuer, "sub=ada&alg=HS256"), "not signed with RS256 or ES256");
            as(signed(issuer, "sub=ada&scope=tunesmith:read")).contentType(ContentType.JSON).body(wish(data)).post(url + "/api/v1/runs").then().statusCode(403).body("code", is("forbidden"));
        } finally {
            provider.stop();
        }
    }

    private static void refused(String url, String token, String words) {
        as(token).get(url + "/api/v1/runs").then().statusCode(401).header("WWW-Authenticate", startsWith("Bearer")).body("code", is("invalid_api_key")).body("errors[0].message", containsString(words));
        as(token).get(url + "/v1/models").then().statusCode(401).body("error.code", is("invalid_api_key")).body("error.message", containsString(words));
        as(token).contentType(ContentType.JSON).accept("application/json, text/event-stream").body(INITIALIZE).post(url + "/mcp").then().statusCode(401).body("error.data.code", is("invalid_api_key"))
                .header("WWW-Authenticate", containsString("/.well-known/oauth-protected-resource/mcp"));
    }

    private static String signed(String issuer, String what) {
        return given().urlEncodingEnabled(false).get(issuer + "/sign?" + what).then().statusCode(200).extract().asString();
    }

    private static String wish(String data) {
        return "{\"prompt\":\"Predict the price.\",\"data_id\":\"" + data + "\",\"start\":\"hold\"}";
    }

    /** A tool's result, in a session of its own. */
    private static Response mcp(RequestSpecification who, String url, String tool, String arguments) {
        RequestSpecification caller = who.contentType(ContentType.JSON).accept("application/json, text/event-stream");
        String session = given().spec(caller).body(INITIALIZE).post(url + "/mcp").then().statusCode(200).extract().header("Mcp-Session-Id");
        given().spec(caller).header("Mcp-Session-Id", session).body("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}").post(url + "/mcp");
        return given().spec(caller).header("Mcp-Session-Id", session).body("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}}").post(url + "/mcp");
    }

    private static RequestSpecification as(String key) {
        return given().header("Authorization", "Bearer " + key);
    }
}
