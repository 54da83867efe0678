package io.tunesmith.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.tunesmith.api.rest.ServiceFile;
import io.tunesmith.faults.ServiceProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One packaged service for all tests that drive it with real clients: started by the first that asks, ended with the JVM. Two workers; references may name {@code warehouse/penguins.csv}. */
public final class LiveService {
    private static final String PLENTY = "{\"requests_per_minute\":1000000,\"concurrent_runs\":100000,\"queued_runs\":100000,\"upload_bytes_per_day\":1000000000000,\"tokens_per_day\":1000000000000}";
    private static LiveService only;
    private final ServiceProcess process;
    private final Path folder;

    private LiveService(Path folder, ServiceProcess process) {
        this.folder = folder;
        this.process = process;
    }

    /** Starts it, or gives the one that is there. */
    public static synchronized LiveService get() throws Exception {
        if (only == null) {
            Path folder = Files.createTempDirectory("tunesmith-live");
            Path allowed = Files.createDirectories(folder.resolve("allowed"));
            Files.copy(ServiceProcess.PENGUINS, Files.createDirectory(allowed.resolve("warehouse")).resolve("penguins.csv"));
            ServiceProcess process = new ServiceProcess(folder, "--slots", "2", "--allow-root", allowed.toString());
            LiveService starting = new LiveService(folder, process);
            Runtime.getRuntime().addShutdownHook(new Thread(starting::end));
            process.start();
            only = starting;
        }
        return only;
    }

    /** Registered by every class that uses the service: what its clients left running is cancelled, and takes nothing from those that come after. */
    static final class Rest implements AfterAllCallback {
        @Override
        public void afterAll(ExtensionContext context) throws Exception {
            for (JsonNode run : LiveService.get().call("GET", "/api/v1/runs?limit=200&status=queued,planning,running,pausing,paused,waiting_input").path("items")) {
                LiveService.get().call("DELETE", "/api/v1/runs/" + run.path("id").asText());
            }
        }
    }

    private JsonNode call(String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path)).header("Authorization", "Bearer " + adminKey()).method(method, HttpRequest.BodyPublishers.noBody()).build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new AssertionError(answer.body());
        }
        return answer.body().isEmpty() ? NullNode.getInstance() : new ObjectMapper().readTree(answer.body());
    }

    private void end() {
        try (process; Stream<Path> files = Files.walk(folder)) {
            process.close();
            files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (Exception e) {
            System.err.println("the live service: " + e);
        }
    }

    public String url() {
        return process.url();
    }

    public Path dataDir() {
        return process.dataDir();
    }

    /** The service's own key. */
    public String adminKey() throws Exception {
        return ServiceFile.read(process.dataDir()).orElseThrow().key();
    }

    /** A new key, without limits that a test would meet. @param scope {@code read}, {@code run}, {@code admin} or {@code agent} */
    public String key(String scope) throws Exception {
        return made(scope).path("key").asText();
    }

    /** The same, with its id. */
    JsonNode made(String scope) throws Exception {
        return new ObjectMapper().readTree(process.post("/api/v1/keys", "{\"label\":\"test\",\"scope\":\"" + scope + "\",\"limits\":" + PLENTY + "}").body());
    }

    void revoke(String id) throws Exception {
        call("DELETE", "/api/v1/keys/" + id);
    }

    /** Uploads the example data. @return the data set's id, the operator's */
    public String penguins() throws Exception {
        return process.upload(Files.readAllBytes(ServiceProcess.PENGUINS));
    }

    /** The environment of a client's script: BASE, KEY, and these. */
    public Map<String, String> environment(String key, String... namesAndValues) {
        Map<String, String> environment = new LinkedHashMap<>(Map.of("BASE", url(), "KEY", key, "DATA", ServiceProcess.PENGUINS.toAbsolutePath().toString()));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            environment.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return environment;
    }

    /** What the service has written to its log lately. */
    public String said() throws Exception {
        return process.said();
    }

    /** Megabytes of memory that the service's process holds. */
    public long residentMegabytes() throws Exception {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream().filter(line -> line.startsWith("VmRSS")).map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024).findFirst().orElseThrow();
    }
}
