package io.tunesmith.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.tunesmith.app.ServiceTestProfile;
import io.tunesmith.app.StoredKeys;
import io.tunesmith.core.DatasetId;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.Sha256;
import io.tunesmith.data.DataFetcher.Origin;
import io.tunesmith.data.DatasetRef;
import io.tunesmith.data.fetch.Archives;
import io.tunesmith.data.fetch.Caps;
import io.tunesmith.data.fetch.Inbox;
import io.tunesmith.data.fetch.Loopback;
import io.tunesmith.data.fetch.OutsideData;
import io.tunesmith.data.fetch.S3Settings;
import io.tunesmith.dispatch.Dispatcher;
import io.tunesmith.dispatch.Leadership;
import io.tunesmith.postgres.DataFolder;
import io.tunesmith.run.Allowance;
import io.tunesmith.run.Caller;
import io.tunesmith.run.DatasetProfiles;
import io.tunesmith.run.DatasetService;
import io.tunesmith.run.DatasetStore;
import io.tunesmith.run.Datasets;
import io.tunesmith.run.References;
import io.tunesmith.run.Scope;
import io.tunesmith.run.Usage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How data come into a service on a real PostgreSQL; from outside by https of a server on loopback, which only what a test builds itself may connect to. */
@QuarkusTest
@TestProfile(ServiceTestProfile.class)
@Timeout(120)
class DataReferencesTest {
    private static final byte[] TABLE = "a,b\n1,2\n3,4\n".getBytes(StandardCharsets.UTF_8);
    @TempDir
    Path folder;
    private final StoredKeys keys;
    private final DatasetStore store;
    private final Usage usage;
    private final Dispatcher dispatcher;
    private final DataFolder data;
    private String key;

    DataReferencesTest(StoredKeys keys, DatasetStore store, Usage usage, Dispatcher dispatcher, DataFolder data) {
        this.keys = keys;
        this.store = store;
        this.usage = usage;
        this.dispatcher = dispatcher;
        this.data = data;
    }

    @BeforeEach
    void open() {
        key = key(Optional.empty());
    }

    private String key(Optional<Long> uploadBytes) {
        Allowance allowance = new Allowance(Optional.of(1_000_000), Optional.empty(), Optional.empty(), uploadBytes, Optional.empty());
        return keys.make(new KeyView.Wanted(Optional.of("mine"), Optional.of("run"), Optional.empty(), Optional.empty(), Optional.of(allowance))).key();
    }

    private static RequestSpecification as(String key) {
        return given().header("Authorization", "Bearer " + key);
    }

    private Response upload(String name, byte[] bytes) {
        return as(key).multiPart("file", name, bytes, "application/octet-stream").post("/api/v1/datasets");
    }

    private String uploaded(String name, byte[] bytes) {
        return upload(name, bytes).then().statusCode(201).extract().path("id");
    }

    private Response file(String name, byte[] bytes) {
        return as(key).multiPart("file", name, bytes, "application/octet-stream").multiPart("purpose", "user_data").post("/v1/files");
    }

    private Response refer(String reference) {
        return as(key).contentType(ContentType.JSON).body(Map.of("ref", reference)).post("/api/v1/datasets");
    }

    private Response run(String field, String reference) {
        return as(key).contentType(ContentType.JSON).body(Map.of("prompt", "predict b", field, reference, "start", "hold")).post("/api/v1/runs");
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] zip(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        }
        return out.toByteArray();
    }

    /** What the service does, but with servers of this machine for the internet. */
    private Datasets datasets(String key, Loopback server) {
        Inbox inbox = new Inbox(data.folder("inbox"));
        OutsideData outside = new OutsideData(new OutsideData.Settings(List.of(), S3Settings.ANONYMOUS, server.url(""), Optional.empty()), InetAddress::isLoopbackAddress, server.tls(), Caps.USUAL, inbox);
        References references = new References(store, outside, (_, _) -> Optional.empty(), new Archives(inbox, Caps.USUAL.bytes()), data.folder("inbox"), usage);
        DatasetProfiles profiles = new DatasetProfiles(store, dispatcher, Leadership.alone("http://127.0.0.1"), data.folder("profiles"), "http://127.0.0.1", 1L << 20);
        return new DatasetService(store, profiles, references, usage).as(caller(key));
    }

    private Caller caller(String key) {
        return keys.open(key).orElseThrow().caller();
    }

    private void inboxIsEmpty() throws IOException {
        try (var left = Files.list(data.folder("inbox"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void theSameBytesNameAndOwnerAreTheSameDataSet() throws IOException {
        String id = uploaded("a.csv", TABLE);

        assertThat(uploaded("a.csv", TABLE)).isEqualTo(id);
        assertThat(uploaded("a.csv.gz", gzip(TABLE))).as("packed or not").isEqualTo(id);
        assertThat(uploaded("b.csv", TABLE)).isNotEqualTo(id);
        assertThat(uploaded("a.csv", "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8))).isNotEqualTo(id);
        key = key(Optional.empty());
        assertThat(uploaded("a.csv", TABLE)).as("another owner's").isNotEqualTo(id);
        assertThat(store.file(new DatasetId(id))).hasBinaryContent(TABLE);
        assertThat(store.origin(new DatasetId(id))).as("it was uploaded").isEmpty();
    }

    @Test
    void uploadsAreUnpacked() throws IOException {
        for (Map.Entry<String, byte[]> packed : Map.of("t.csv.gz", gzip(TABLE), "t.zip", zip(Map.of("in/t.csv", TABLE)), "T.CSV.GZ", gzip(TABLE), "t.csv", zip(Map.of("t.csv", TABLE))).entrySet()) {
            Response answer = upload(packed.getKey(), packed.getValue());
            answer.then().statusCode(201).body("name", is(packed.getKey().equals("T.CSV.GZ") ? "T.CSV" : "t.csv")).body("format", is("csv")).body("bytes", is(TABLE.length))
                    .body("sha256", is(sha256(TABLE)));
        }
        String id = file("t.csv.gz", gzip(TABLE)).then().statusCode(200).extract().path("id");
        refer(id).then().statusCode(201).body("name", is("t.csv")).body("bytes", is(TABLE.length));
        inboxIsEmpty();
    }

    private String sha256(byte[] bytes) throws IOException {
        return Sha256.of(Files.write(folder.resolve("digested"), bytes)).hex();
    }

    @Test
    void archivesThatAreNoTableAreRefusedByTheirField() throws IOException {
        byte[] zeros = new byte[40 << 20];
        refused(upload("t.csv.gz", gzip(zeros)), 413, "too_large", "file", "200 times");
        refused(upload("t.zip", zip(Map.of("t.csv", zeros))), 413, "too_large", "file", "200 times");
        refused(upload("t.csv.gz", gzip(gzip(zeros))), 422, "data_unreadable", "file", "an archive is in the archive");
        refused(upload("t.zip", zip(Map.of("a.csv", TABLE, "b.csv", TABLE))), 422, "data_unreadable", "file", "2 files");
        refused(upload("t.zip", zip(Map.of("../t.csv", TABLE))), 422, "data_unreadable", "file", "leads elsewhere");
        refused(upload("t.zip", "PK\u0003\u0004 and then nothing".getBytes(StandardCharsets.ISO_8859_1)), 422, "data_unreadable", "file", "damaged");
        refused(upload("t.exe", TABLE), 422, "data_unreadable", "file", "no ending");
        refused(upload("t.csv", new byte[0]), 422, "data_unreadable", "file", "empty");
        String bomb = file("t.csv.gz", gzip(zeros)).then().statusCode(200).extract().path("id");
        refused(refer(bomb), 413, "too_large", "ref", "200 times");
        refused(run("data", bomb), 413, "too_large", "data", "200 times");
        as(key).get("/api/v1/datasets").then().body("items.size()", is(0));
        inboxIsEmpty();
    }

    private static ValidatableResponse refused(Response answer, int status, String code, String field, String words) {
        return answer.then().statusCode(status).contentType("application/problem+json").body("code", is(code)).body("detail", containsString(words)).body("errors[0].field", is(field))
                .body("errors[0].allowed", notNullValue());
    }

    @Test
    void anUploadedFileIsDataForItsOwnerAlone() {
        String id = file("t.csv", TABLE).then().statusCode(200).extract().path("id");
        String dataset = refer(id).then().statusCode(201).body("name", is("t.csv")).extract().path("id");

        refer(id).then().statusCode(201).body("id", is(dataset));
        refer(dataset).then().statusCode(201).body("id", is(dataset));
        run("data", id).then().statusCode(202).body("data_id", is(dataset));
        as(key).get("/v1/files/" + id + "/content").then().statusCode(200);
        key = key(Optional.empty());
        for (String theirs : List.of(id, dataset, "file-" + "0".repeat(26), "ds_" + "0".repeat(26))) {
            refer(theirs).then().statusCode(404).body("code", is("not_found")).body("errors[0].field", is("ref")).body("errors[0].hint", containsString("upload"));
            run("data", theirs).then().statusCode(404).body("code", is("not_found")).body("errors[0].field", is("data"));
        }
        as(key).get("/api/v1/datasets").then().body("items.size()", is(0));
    }

    @Test
    void whatMayNotBeReadIsRefusedByItsField() throws IOException {
        Path file = Files.write(folder.resolve("t.csv"), TABLE);
        for (String reference : List.of("https://10.0.0.1/t.csv", "https://127.0.0.1/t.csv", "https://localhost/t.csv", "https://169.254.169.254/latest/t.csv", "https://[::1]/t.csv", "https://[::ffff:192.168.0.1]/t.csv",
                "http://example.org/t.csv", "ftp://example.org/t.csv", "jar:https://example.org/t.csv", "data:text/csv,a", file.toString(), "file://" + file, "t.csv", "/etc/passwd.csv")) {
            refused(refer(reference), 400, "ref_not_allowed", "ref", "");
            refused(run("data", reference), 400, "ref_not_allowed", "data", "");
        }
        for (String reference : List.of("https://user:secret-word@example.org/t.csv", "https://127.1/t.csv", "https://example.org/a/../t.csv", "file://host/t.csv", "~/t.csv", "https://example.org/t.csv#x", "t\u200b.csv")) {
            refused(refer(reference), 400, "invalid_request", "ref", "").body("detail", not(containsString("secret-word")));
            refused(run("data", reference), 400, "invalid_request", "data", "").body("detail", not(containsString("secret-word")));
        }
        refused(refer("https://example.org/t.exe"), 422, "data_unreadable", "ref", "no ending");
        key = keys.make("reader", Scope.READ).key();
        refer("https://example.org/t.csv").then().statusCode(403);
        inboxIsEmpty();
    }

    @Test
    void whereDataCameFromIsKept() throws Exception {
        try (Loopback server = new Loopback(folder)) {
            server.on("/d/t.csv", exchange -> {
                exchange.getResponseHeaders().set("ETag", "\"v1\"");
                exchange.sendResponseHeaders(200, TABLE.length);
                exchange.getResponseBody().write(TABLE);
            });
            server.redirects("/moved/t.csv", "/d/t.csv");

            DatasetRef dataset = datasets(key, server).resolve(server.url("/d/t.csv") + "?token=secret-word");

            Origin origin = store.origin(dataset.id()).orElseThrow();
            assertThat(origin).isEqualTo(new Origin(server.url("/d/t.csv").toString(), server.url("/d/t.csv").toString(), Optional.of("\"v1\"")));
            DatasetRef again = datasets(key, server).resolve(server.url("/moved/t.csv").toString());
            assertThat(again.id()).as("the same bytes, name and owner").isEqualTo(dataset.id());
            assertThat(store.origin(dataset.id())).as("the first one stays").contains(origin);
            as(key).get("/api/v1/datasets/" + dataset.id()).then().statusCode(200).body("sha256", is(sha256(TABLE)));
            run("data_id", dataset.id().value()).then().statusCode(202);
        }
        inboxIsEmpty();
    }

    @Test
    void uploadsOfEveryKindCountForTheDay() throws Exception {
        key = key(Optional.of(3L * TABLE.length));
        uploaded("t.csv", TABLE);
        file("t.csv", TABLE).then().statusCode(200);
        String id = file("t.csv", TABLE).then().statusCode(200).extract().path("id");

        limited(file("t.csv", TABLE));
        limited(upload("t.csv", TABLE));
        assertThat(usage.left(caller(key), Usage.Kind.UPLOAD_BYTES)).isZero();
        refer(id).then().statusCode(201);
        as(key).get("/v1/files").then().body("data.size()", is(2));
    }

    private static void limited(Response answer) {
        answer.then().statusCode(429).header("Retry-After", notNullValue()).body(containsString("rate_limit")).body(containsString("bytes of uploads a day"));
    }

    @Test
    void whatIsFetchedCountsForTheDay() throws Exception {
        key = key(Optional.of(2L * TABLE.length + 1));
        AtomicInteger asked = new AtomicInteger();
        try (Loopback server = new Loopback(folder)) {
            server.on("/t.csv", exchange -> {
                asked.incrementAndGet();
                exchange.sendResponseHeaders(200, TABLE.length);
                exchange.getResponseBody().write(TABLE);
            });
            Datasets datasets = datasets(key, server);
            String reference = server.url("/t.csv").toString();
            datasets.resolve(reference);
            datasets.resolve(reference);
            assertThat(usage.left(caller(key), Usage.Kind.UPLOAD_BYTES)).isEqualTo(1);

            rateLimited(datasets, reference);
            assertThat(asked).as("it came, and was too much").hasValue(3);
            rateLimited(datasets, reference);
            assertThat(asked).as("nothing more is transferred").hasValue(3);
        }
        inboxIsEmpty();
    }

    private static void rateLimited(Datasets datasets, String reference) {
        assertThatThrownBy(() -> datasets.resolve(reference)).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.failure().code()).isEqualTo(FailureCode.RATE_LIMITED));
    }
}
