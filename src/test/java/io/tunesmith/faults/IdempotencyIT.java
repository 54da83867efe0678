package io.tunesmith.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import io.tunesmith.api.rest.ServiceFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service is killed after it has stored a run and before it answers; the request that comes again finds that run. */
class IdempotencyIT {

    @Test
    void aRequestWhoseAnswerWasLostInACrashStartsNothingNew(@TempDir Path folder) throws Exception {
        try (ServiceProcess service = new ServiceProcess(folder, "--port", "0")) {
            service.start();
            String data = service.upload(Files.readAllBytes(ServiceProcess.PENGUINS));
            service.kill();
            service.start("tunesmith.crash-at=RUN_CREATED");
            String body = "{\"prompt\":\"Predict the species.\",\"data_id\":\"" + data + "\",\"budget\":{\"trials\":2}}";
            try {
                ask(service, body);
            } catch (IOException e) {
                assertThat(service).isNotNull();
            }
            service.crashed();
            service.start();
            String made = service.newest();
            HttpResponse<String> again = ask(service, body);
            assertThat(again.statusCode()).as(again.body()).isEqualTo(202);
            assertThat(new ObjectMapper().readTree(again.body()).path("id").asText()).isEqualTo(made);
            assertThat(ask(service, body).headers().firstValue("Idempotent-Replay")).contains("true");
            assertThat(service.json("/api/v1/runs").path("items")).hasSize(1);
            service.finished(made);
        }
    }

    private static HttpResponse<String> ask(ServiceProcess service, String body) throws Exception {
        String key = ServiceFile.read(service.dataDir()).orElseThrow().key();
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(service.url() + "/api/v1/runs")).timeout(Duration.ofSeconds(30)).header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json").header("Idempotency-Key", "once").POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
