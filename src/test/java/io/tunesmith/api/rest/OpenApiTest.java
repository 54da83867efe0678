package io.tunesmith.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tunesmith.app.ServiceTestProfile;
import io.tunesmith.app.StoredKeys;
import io.tunesmith.app.TestKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ServiceTestProfile.class)
class OpenApiTest {
    private static final List<String> VERBS = List.of("get", "put", "post", "delete", "patch");
    private final StoredKeys keys;
    private JsonNode document;

    OpenApiTest(StoredKeys keys) {
        this.keys = keys;
    }

    @BeforeEach
    void read() throws Exception {
        String key = TestKey.of(keys);
        given().get("/q/openapi").then().statusCode(401);
        document = new ObjectMapper().readTree(given().header("Authorization", "Bearer " + key).queryParam("format", "json").get("/q/openapi").then().statusCode(200).extract().asString());
    }

    @Test
    void everyCallHasAnIdOfItsOwnAndASummaryAndTellsItsErrors() {
        Set<String> ids = new HashSet<>();
        document.path("paths").properties().forEach(path -> path.getValue().properties().stream().filter(verb -> VERBS.contains(verb.getKey())).forEach(verb -> {
            String call = verb.getKey() + " " + path.getKey();
            JsonNode operation = verb.getValue();
            assertThat(ids.add(operation.path("operationId").asText())).as(call).isTrue();
            assertThat(operation.path("summary").asText()).as(call).isNotBlank();
            assertThat(operation.path("responses").has("500")).as(call).isFalse();
            String form = path.getKey().startsWith("/v1/") ? "application/json" : "application/problem+json";
            for (String status : List.of("400", "401", "403", "404", "406", "429", "503")) {
                assertThat(operation.path("responses").path(status).path("content").path(form).path("schema").has("$ref")).as(call + " " + status).isTrue();
            }
            assertThat(!operation.has("requestBody") || operation.path("responses").has("413")).as(call).isTrue();
        }));
        assertThat(ids).contains("startRun", "makePlan", "addDataset", "getRun", "listTrials", "plotImportance");
    }

    @Test
    void namesAreThoseOfTheWire() {
        JsonNode run = document.path("components").path("schemas").path("RunView");
        assertThat(run.path("properties").has("data_id")).isTrue();
        assertThat(run.path("properties").path("ended").toString()).contains("null");
        assertThat(run.path("required").toString()).contains("data_id", "status").doesNotContain("ended");
        assertThat(document.path("components").path("schemas").path("StartRun").path("additionalProperties").asText()).isEqualTo("false");
        assertThat(document.path("components").path("securitySchemes").path("bearer").path("scheme").asText()).isEqualTo("bearer");
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        document.findValues("$ref").forEach(ref -> assertThat(document.at(ref.asText().substring(1)).isMissingNode()).as(ref.asText()).isFalse());
    }
}
