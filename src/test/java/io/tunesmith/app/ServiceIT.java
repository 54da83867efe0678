package io.tunesmith.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.api.rest.ServiceFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service as a process, on its own PostgreSQL. Every process that a test starts is ended by it. */
class ServiceIT {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private final List<Process> started = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path dataDir;

    @AfterEach
    void endAll() throws Exception {
        for (Process process : started) {
            process.destroy();
            process.waitFor(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void aServiceThatWasKilledIsFollowedByOneThatTakesItsDatabaseOver() throws Exception {
        Process first = serve();
        ServiceFile file = ready(first);
        long database = databasePid();
        assertThat(call(file, "/api/v1/runs", "GET")).isEqualTo(200);
        first.destroyForcibly().waitFor();
        assertThat(ProcessHandle.of(database)).isPresent();
        Process second = serve();
        ServiceFile again = ready(second);
        assertThat(databasePid()).isEqualTo(database);
        assertThat(again.key()).isEqualTo(file.key());
        assertThat(call(again, "/api/v1/runs", "GET")).isEqualTo(200);
        assertThat(residentMegabytes(second)).isLessThan(400);
        assertThat(call(again, "/api/v1/shutdown", "POST")).isEqualTo(202);
        assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isZero();
        assertThat(ended(database)).isTrue();
        assertThat(ServiceFile.read(dataDir).orElseThrow().url()).isEmpty();
    }

    @Test
    void twoServicesNeverShareADataFolder() throws Exception {
        ready(serve());
        Process second = serve();
        assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(7);
        assertThat(said(second)).contains("already running").contains("tunesmith stop").doesNotContain("\tat ");
        Process background = serve("--background");
        assertThat(background.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(background.exitValue()).isZero();
    }

    @Test
    void whatPreventsAStartIsSaidInASentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            refused(7, taken.getLocalPort() + " is taken", "--port", Integer.toString(taken.getLocalPort()));
        }
        refused(2, "--no-auth", "--no-auth", "--host", "0.0.0.0");
        refused(2, "nonsense", "--nonsense");
        Files.createDirectories(dataDir.resolve("postgres"));
        Files.writeString(dataDir.resolve("postgres/PG_VERSION"), "12\n");
        refused(8, "PostgreSQL 12");
    }

    private void refused(int code, String words, String... options) throws Exception {
        Process process = serve(options);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said(process)).contains(words).doesNotContain("\tat ");
        assertThat(process.exitValue()).isEqualTo(code);
    }

    private Process serve(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m",
                "-jar", Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath().toString(), "--data-dir", dataDir.toString()));
        command.addAll(List.of(options));
        Path log = dataDir.resolveSibling(dataDir.getFileName() + "-" + started.size() + ".log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("XDG_CACHE_HOME", Path.of("target/cache").toAbsolutePath().toString());
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private String said(Process process) throws IOException {
        return Files.readString(dataDir.resolveSibling(dataDir.getFileName() + "-" + started.indexOf(process) + ".log"));
    }

    private ServiceFile ready(Process process) throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < end) {
            Optional<ServiceFile> file = ServiceFile.read(dataDir).filter(found -> found.pid().equals(Optional.of(process.pid())));
            if (file.isPresent() && call(file.get(), "/q/health/ready", "GET") == 200) {
                return file.get();
            }
            assertThat(process.isAlive()).as(said(process)).isTrue();
            Thread.sleep(50);
        }
        throw new AssertionError("not ready: " + said(process));
    }

    private int call(ServiceFile file, String path, String method) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(file.url().orElseThrow() + path)).header("Authorization", "Bearer " + file.key())
                .header("Content-Type", "application/json").method(method, method.equals("GET") ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString("{}")).build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /** Gone, or waiting for the system to take note. */
    private static boolean ended(long pid) throws IOException {
        Path stat = Path.of("/proc/" + pid + "/stat");
        return !Files.exists(stat) || Files.readString(stat).contains(") Z ");
    }

    private long databasePid() throws IOException {
        return Long.parseLong(Files.readAllLines(dataDir.resolve("postgres/postmaster.pid")).getFirst().strip());
    }

    private static long residentMegabytes(Process process) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream().filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024).findFirst().orElseThrow();
    }
}
