package io.tunesmith.api.rest;
import static io.restassured.RestAssured.given;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tunesmith.app.*;
import org.junit.jupiter.api.Test;
@QuarkusTest
@TestProfile(ServiceTestProfile.class)
class DocDumpTest {
    private final StoredKeys keys;
    DocDumpTest(StoredKeys keys) { this.keys = keys; }
    @Test void dump() throws Exception {
        java.nio.file.Files.writeString(java.nio.file.Path.of("/tmp/rest/doc.json"), given().header("Authorization", "Bearer " + TestKey.of(keys)).accept("application/json").get("/q/openapi?format=json").asString());
    }
}
