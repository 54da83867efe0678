package io.tunesmith.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.api.rest.ServiceFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Packaged services as processes, and calls to them. Closing ends all that were started. */
final class Services implements AutoCloseable {
    private final Path logs;
    private final Map<String, String> environment;
    private final List<Process> started = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();

    Services(Path logs, Map<String, String> environment) {
        this.logs = logs;
        this.environment = environment;
    }

    Process start(Path dataDir, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m",
                "-jar", Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath().toString(), "--data-dir", dataDir.toString()));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(logs.resolve(started.size() + ".log").toFile());
        builder.environment().put("XDG_CACHE_HOME", Path.of("target/cache").toAbsolutePath().toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    String said(Process process) throws IOException {
        return Files.readString(logs.resolve(started.indexOf(process) + ".log"));
    }

    int ended(Process process, Duration limit) throws Exception {
        assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)).as(said(process)).isTrue();
        return process.exitValue();
    }

    /** Waits until this process is the one that the discovery file names, and answers. */
    ServiceFile leads(Process process, Path dataDir) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < end) {
            Optional<ServiceFile> file = ServiceFile.read(dataDir).filter(found -> found.pid().equals(Optional.of(process.pid())));
            if (file.isPresent() && get(file.get(), "/q/health/ready").statusCode() == 200) {
                return file.get();
            }
            assertThat(process.isAlive()).as(said(process)).isTrue();
            Thread.sleep(50);
        }
        throw new AssertionError("does not lead: " + said(process));
    }

    void says(Process process, String words) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!said(process).contains(words)) {
            assertThat(System.nanoTime()).as(said(process)).isLessThan(end);
            assertThat(process.isAlive()).as(said(process)).isTrue();
            Thread.sleep(50);
        }
    }

    HttpResponse<String> get(ServiceFile file, String path) throws Exception {
        return http.send(request(file, path).GET().build(), BodyHandlers.ofString());
    }

    HttpResponse<Path> download(ServiceFile file, String path, Path target) throws Exception {
        return http.send(request(file, path).GET().build(), BodyHandlers.ofFile(target));
    }

    HttpResponse<String> upload(ServiceFile file, byte[] csv) throws Exception {
        String head = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.csv\"\r\nContent-Type: text/csv\r\n\r\n";
        byte[] tail = "\r\n--x--\r\n".getBytes();
        return http.send(request(file, "/api/v1/datasets").header("Content-Type", "multipart/form-data; boundary=x")
                .POST(BodyPublishers.ofByteArrays(List.of(head.getBytes(), csv, tail))).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(ServiceFile file, String path, String json) throws Exception {
        return http.send(request(file, path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)).build(), BodyHandlers.ofString());
    }

    static void signal(String name, long pid) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor()).isZero();
    }

    private static HttpRequest.Builder request(ServiceFile file, String path) {
        return HttpRequest.newBuilder(URI.create(file.url().orElseThrow() + path)).timeout(Duration.ofSeconds(30)).header("Authorization", "Bearer " + file.key());
    }

    @Override
    public void close() throws Exception {
        for (Process process : started) {
            signalIfAlive(process);
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    private static void signalIfAlive(Process process) throws Exception {
        if (process.isAlive()) {
            new ProcessBuilder("kill", "-CONT", Long.toString(process.pid())).start().waitFor();
            process.destroy();
        }
    }
}
