package io.tunesmith.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.Claim;
import io.tunesmith.contract.Outcome;
import io.tunesmith.contract.Report;
import io.tunesmith.contract.Wire;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.Ids;
import io.tunesmith.core.Metric;
import io.tunesmith.data.DatasetRef;
import io.tunesmith.dispatch.Dispatcher;
import io.tunesmith.dispatch.InMemoryAttempts;
import io.tunesmith.dispatch.local.LocalBackend;
import io.tunesmith.plan.CataloguePlanner;
import io.tunesmith.plan.Planner;
import io.tunesmith.study.Trial;
import io.tunesmith.task.Overrides;
import io.tunesmith.task.RulesReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole flow with real child processes over a real loopback callback, the stores in memory. */
class RunFlowIT {
    @TempDir
    Path folder;

    private final SecureRandom entropy = new SecureRandom();
    private final Ids ids = new Ids(Clock.systemUTC(), entropy::nextLong);
    private final InMemoryStores stores = new InMemoryStores(ids);
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();
    private HttpServer server;
    private Dispatcher dispatcher;
    private RunService runs;

    @BeforeEach
    void start() throws IOException {
        List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED", "@" + classpath(), "io.tunesmith.app.WorkerMain");
        dispatcher = new Dispatcher(new InMemoryAttempts(), new LocalBackend(2, command, Files.createDirectories(folder.resolve("logs")), Clock.systemUTC()), Clock.systemUTC(), () -> entropy.generateSeed(32));
        ticker.scheduleWithFixedDelay(dispatcher::tick, 100, 100, TimeUnit.MILLISECONDS);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/attempts/", this::answer);
        server.start();
        Ports ports = new Ports(stores, stores, stores, stores, stores, new RulesReader(), new CataloguePlanner(), new Planner.Machine(2, 1, true), dispatcher, Clock.systemUTC(), "test");
        runs = new RunService(ports, folder.resolve("runs"), ids, entropy::nextLong, "http://127.0.0.1:" + server.getAddress().getPort() + "/attempts", 1L << 30);
    }

    @AfterEach
    void stop() {
        ticker.shutdownNow();
        server.stop(0);
    }

    @Test
    void aSentenceBecomesATestedModelWithAReceipt() throws IOException {
        Run run = finished("Predict the species of a penguin from its measurements. I care about balanced accuracy.", "eval/examples/penguins.csv", 12, 7);

        assertThat(run.status()).as("%s %s", run.failure(), texts(run)).isEqualTo(RunStatus.SUCCEEDED);
        JsonNode result = Wire.MAPPER.readTree(Files.readString(runs.artifacts(run.id()).resolve("result.json")));
        assertThat(result.path("metric").path("name").asText()).isEqualTo("balanced_accuracy");
        assertThat(result.path("metric").path("test").asDouble()).isGreaterThanOrEqualTo(.95);
        assertThat(runs.artifacts(run.id())).isDirectoryContaining(path -> path.endsWith("report.html")).isDirectoryContaining(path -> path.endsWith("model"));
        assertThat(stores.of(run.id())).hasValueSatisfying(opening -> assertThat(opening.number()).isEqualTo(1));
        try (var files = Files.walk(folder.resolve("runs"))) {
            assertThat(files.filter(path -> path.getFileName().toString().startsWith("test") || path.toString().contains("sealed"))).as("no plain copy of the sealed test stays").isEmpty();
        }
    }

    @Test
    void theSameSeedGivesTheSameTrials() {
        List<Trial> first = trials(finished("Predict the species. Use accuracy.", "eval/examples/penguins.csv", 14, 3));
        List<Trial> second = trials(finished("Predict the species. Use accuracy.", "eval/examples/penguins.csv", 14, 3));

        assertThat(first).extracting(Trial::proposal).isEqualTo(second.stream().map(Trial::proposal).toList());
        assertThat(first).extracting(Trial::curve).isEqualTo(second.stream().map(Trial::curve).toList());
    }

    @Test
    void aNumberIsPredictedToo() {
        Run run = finished("Estimate body_mass_g, mean absolute error matters.", "eval/examples/penguins.csv", 8, 1);

        assertThat(run.status()).as("%s %s", run.failure(), texts(run)).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(runs.plan(run.id()).orElseThrow().metric()).isEqualTo(Metric.MAE);
    }

    /** In a file, as the service does it: see WorkerCommand. */
    private Path classpath() throws IOException {
        return Files.writeString(folder.resolve("worker.args"), "-cp \"" + System.getProperty("java.class.path") + "\"\n");
    }

    private Run finished(String text, String data, long trials, long seed) {
        DatasetRef ref = stores.add(Path.of(data).getFileName().toString(), copy(Path.of(data)));
        Overrides overrides = new Overrides(Optional.empty(), Optional.empty(), Optional.of(trials), Optional.of(240.0), Optional.of(seed));
        Run run = runs.start(new RunRequest(text, ref.id(), overrides));
        long after = 0;
        for (int i = 0; i < 240 && !runs.find(run.id()).orElseThrow().status().terminal(); i++) {
            List<RunEvent> events = runs.await(run.id(), after, Duration.ofSeconds(1));
            after = events.isEmpty() ? after : events.getLast().seq();
        }
        return runs.find(run.id()).orElseThrow();
    }

    private Path copy(Path data) {
        try {
            return Files.copy(data, Files.createTempFile(folder, "data", ".csv"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<Trial> trials(Run run) {
        return stores.all(run.id());
    }

    private List<Object> texts(Run run) {
        return stores.events(run.id(), 0, 1000).stream().map(event -> event.data().get("text")).toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String[] parts = exchange.getRequestURI().getPath().split("/");
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String token = exchange.getRequestHeaders().getFirst("Authorization").replaceFirst("^Bearer ", "");
        try {
            reply(exchange, 200, Wire.write(handle(new AttemptKey(parts[2]), token, parts[3], body)));
        } catch (FailureException e) {
            reply(exchange, 409, "{}");
        }
    }

    private Object handle(AttemptKey key, String token, String what, String body) {
        return switch (what) {
            case "claim" -> switch (dispatcher.claim(key, token, Wire.read(body, Claim.class))) {
                case Claim.Answer.Granted granted -> granted;
                case Claim.Answer.Refused refused -> throw new io.tunesmith.core.Failure.Defect(refused.reason()).asException();
            };
            case "events" -> dispatcher.events(key, token, Wire.read(body, Report.class));
            default -> {
                dispatcher.result(key, token, Wire.read(body, Outcome.class));
                yield Report.Answer.GO_ON;
            }
        };
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
