package io.tunesmith.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tunesmith.api.rest.ServiceFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A packaged service on one data folder, started, killed and started again; its calls, its runs, its processes. Every process is marked by a variable of
 * its environment, which its children inherit: closing ends all of them, PostgreSQL too. For one thread.
 */
public final class ServiceProcess implements AutoCloseable {
    static final int KILLED = 137;
    public static final Path PENGUINS = Path.of("eval/examples/penguins.csv");
    private static final String MARK = "TMPDIR";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration RUN = Duration.ofSeconds(120);
    private static final Duration AUDIT = Duration.ofSeconds(15);
    private final Path dataDir;
    private final Path temporary;
    private final Path log;
    private final List<String> options;
    private final HttpClient http = HttpClient.newHttpClient();
    private Optional<Process> process = Optional.empty();
    private Optional<ServiceFile> file = Optional.empty();

    /** @param folder for its data, its log and its temporary files */
    public ServiceProcess(Path folder, String... options) throws IOException {
        this.dataDir = folder.resolve("data");
        this.temporary = Files.createDirectories(folder.resolve("tmp"));
        this.log = folder.resolve("service.log");
        this.options = List.of(options);
    }

    public Path dataDir() {
        return dataDir;
    }

    /** Starts it and waits until it answers. @param properties {@code name=value} */
    public ServiceProcess start(String... properties) throws Exception {
        killIfAlive();
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx192m",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager", "-XX:AOTCache=" + Rehearsed.cache(), "-Xlog:disable", "-Xlog:all=error:stderr"));
        Stream.of(properties).forEach(property -> command.add("-D" + property));
        command.addAll(List.of("-jar", Rehearsed.JAR.toString(), "--data-dir", dataDir.toString()));
        command.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("XDG_CACHE_HOME", Path.of("target/cache").toAbsolutePath().toString());
        builder.environment().put("TUNESMITH_DB_URL", "");
        builder.environment().put(MARK, temporary.toString());
        Process started = builder.start();
        process = Optional.of(started);
        long end = System.nanoTime() + START.toNanos();
        while (!ready(started)) {
            assertThat(System.nanoTime()).as("it answers in time:\n" + said()).isLessThan(end);
            if (!started.isAlive()) {
                file = Optional.empty();
                assertThat(started.exitValue()).as("a crash point was passed during the start:\n" + said()).isEqualTo(KILLED);
                note("passed during the start");
                return this;
            }
            Thread.sleep(20);
        }
        note("started " + List.of(properties));
        return this;
    }

    /** For who looks on: the test's own output comes at its end only. */
    private void note(String what) throws IOException {
        Files.writeString(log, java.time.LocalTime.now() + " " + what + "\n", java.nio.file.StandardOpenOption.APPEND, java.nio.file.StandardOpenOption.CREATE);
    }

    /** Left by a test that failed. */
    private void killIfAlive() throws Exception {
        if (alive()) {
            kill();
        }
    }

    private boolean ready(Process started) throws Exception {
        file = ServiceFile.read(dataDir).filter(found -> found.pid().equals(Optional.of(started.pid())));
        try {
            return file.isPresent() && get("/q/health/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    public String said() throws IOException {
        String text = Files.exists(log) ? Files.readString(log) : "";
        return text.substring(Math.max(0, text.length() - 12000));
    }

    public long pid() {
        return process.orElseThrow().pid();
    }

    public String url() {
        return file.flatMap(ServiceFile::url).orElseThrow();
    }

    // Calls

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).GET().build(), BodyHandlers.ofString());
    }

    public HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return http.send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)).build(), BodyHandlers.ofString());
    }

    void patch(String path, String json) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request(path).header("Content-Type", "application/json").method("PATCH", BodyPublishers.ofString(json)).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    HttpRequest.Builder request(String path) {
        ServiceFile known = file.orElseThrow();
        return HttpRequest.newBuilder(URI.create(known.url().orElseThrow() + path)).timeout(Duration.ofSeconds(30)).header("Authorization", "Bearer " + known.key());
    }

    /** @return the data set's id */
    public String upload(byte[] csv) throws Exception {
        return uploaded("/api/v1/datasets", 201, "", "x.csv", csv);
    }

    /** Keeps a file under {@code /v1/files}. @return its id */
    String file(byte[] bytes, String purpose) throws Exception {
        return uploaded("/v1/files", 200, "--x\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\n" + purpose + "\r\n", "x.jsonl", bytes);
    }

    private String uploaded(String path, int expected, String before, String name, byte[] bytes) throws Exception {
        String head = before + "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"\r\nContent-Type: text/csv\r\n\r\n";
        HttpResponse<String> answer = http.send(request(path).header("Content-Type", "multipart/form-data; boundary=x")
                .POST(BodyPublishers.ofByteArrays(List.of(head.getBytes(StandardCharsets.UTF_8), bytes, "\r\n--x--\r\n".getBytes(StandardCharsets.UTF_8)))).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(expected);
        return JSON.readTree(answer.body()).path("id").asText();
    }

    /** Asks for a run; the answer may be lost in a crash: then the run is the newest. */
    Optional<String> ask(String data, int trials, long seed) throws Exception {
        return ask(data, trials, seed, "now");
    }

    /** @param start now, ask or hold */
    Optional<String> ask(String data, int trials, long seed, String start) throws Exception {
        String body = JSON.writeValueAsString(Map.of("prompt", "Predict the species. Use accuracy.", "target", "species", "start", start, "data_id", data, "seed", seed,
                "budget", Map.of("trials", trials, "seconds", 600)));
        try {
            HttpResponse<String> answer = post("/api/v1/runs", body);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
            return Optional.of(JSON.readTree(answer.body()).path("id").asText());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    String newest() throws Exception {
        return json("/api/v1/runs?limit=1").path("items").path(0).path("id").asText();
    }

    JsonNode json(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    // Runs

    /** Waits for the end of a run that must succeed, and checks all that is promised about it. */
    Story finished(String run) throws Exception {
        long end = System.nanoTime() + RUN.toNanos();
        JsonNode view = view(run);
        while (!List.of("succeeded", "failed", "cancelled", "budget_exhausted").contains(view.path("status").asText())) {
            assertThat(System.nanoTime()).as("the run ends: " + view + "\n" + tail(run) + said()).isLessThan(end);
            Thread.sleep(100);
            view = view(run);
        }
        assertThat(view.path("status").asText()).as(view.path("error") + "\n" + tail(run)).isEqualTo("succeeded");
        audited(run);
        return Story.of(view, json("/api/v1/runs/" + run + "/trials?limit=200"), json("/api/v1/runs/" + run + "/artifacts/receipt.json"));
    }

    /** The run as it is; a moment without an answer is waited through. */
    private JsonNode view(String run) throws Exception {
        long end = System.nanoTime() + START.toNanos();
        while (true) {
            try {
                HttpResponse<String> answer = get("/api/v1/runs/" + run);
                if (answer.statusCode() == 200) {
                    return JSON.readTree(answer.body());
                }
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            } catch (IOException e) {
                assertThat(process.orElseThrow().isAlive()).as("the service lives:\n" + said()).isTrue();
            }
            assertThat(System.nanoTime()).as(said()).isLessThan(end);
            Thread.sleep(50);
        }
    }

    private String tail(String run) throws Exception {
        JsonNode events = json("/api/v1/runs/" + run + "/events?after=0&limit=200").path("items");
        return String.join("\n", StreamSupport.stream(events.spliterator(), false).map(event -> event.path("type").asText() + " " + event.path("data").path("text").asText()).toList()) + "\n";
    }

    /** Nothing of the run breaks a promise; its last jobs may take a moment to go. */
    void audited(String run) throws Exception {
        long end = System.nanoTime() + AUDIT.toNanos();
        JsonNode violations = json("/api/v1/runs/" + run + "/audit").path("violations");
        while (!violations.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(100);
            violations = json("/api/v1/runs/" + run + "/audit").path("violations");
        }
        assertThat(violations).as(violations + "\n" + tail(run) + said()).isEmpty();
    }

    /** How many processes were asked for, for all of its work. */
    int attempts(String run) throws Exception {
        return json("/api/v1/runs/" + run + "/audit").path("attempts").asInt();
    }

    void await(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + START.toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as(what + "\n" + said()).isLessThan(end);
            Thread.sleep(20);
        }
    }

    /** Whether something has come about. */
    interface Condition {
        boolean holds() throws Exception;
    }

    /** How many trials have ended. */
    long ended(String run) throws Exception {
        JsonNode trials = json("/api/v1/runs/" + run + "/trials?limit=200").path("items");
        return StreamSupport.stream(trials.spliterator(), false).filter(trial -> !List.of("proposed", "queued", "running").contains(trial.path("state").asText())).count();
    }

    // Processes

    /** Waits until the crash point has ended it. */
    void crashed() throws Exception {
        Process dying = process.orElseThrow();
        assertThat(dying.waitFor(RUN.toSeconds(), TimeUnit.SECONDS)).as("the crash point is passed:\n" + said()).isTrue();
        assertThat(dying.exitValue()).as(said()).isEqualTo(KILLED);
    }

    boolean alive() {
        return process.filter(Process::isAlive).isPresent();
    }

    public void kill() throws Exception {
        process.orElseThrow().destroyForcibly().waitFor();
    }

    /** In good order; nothing is left then, neither a worker nor PostgreSQL. */
    void stop() throws Exception {
        Process ending = process.orElseThrow();
        long postmaster = postmaster();
        assertThat(post("/api/v1/shutdown", "{}").statusCode()).isEqualTo(202);
        assertThat(ending.waitFor(60, TimeUnit.SECONDS)).as(said()).isTrue();
        assertThat(ending.exitValue()).as(said()).isZero();
        await("PostgreSQL ends", () -> !Processes.alive(postmaster));
        await("no worker is left", () -> workers().isEmpty());
    }

    long postmaster() throws IOException {
        return Long.parseLong(Files.readAllLines(dataDir.resolve("postgres/postmaster.pid")).getFirst().strip());
    }

    /** Workers that any service of this folder started. */
    List<Long> workers() {
        return Processes.with(MARK + "=" + temporary).stream().filter(Processes::isWorker).toList();
    }

    @Override
    public void close() throws Exception {
        process.ifPresent(Process::destroy);
        if (process.isPresent() && !process.get().waitFor(30, TimeUnit.SECONDS)) {
            process.get().destroyForcibly();
        }
        Processes.with(MARK + "=" + temporary).forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        if (Files.exists(dataDir.resolve("postgres/postmaster.pid")) && Processes.command(postmaster()).contains(dataDir.toString())) {
            Processes.signal("QUIT", postmaster());
        }
    }
}
