package io.tunesmith.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The peer: a Quarkus application of its own with one JSON endpoint, built from {@code src/bench/bare-quarkus} with Maven, on a JVM with the service's flags. */
record BareQuarkus(Process process, String url) implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    /** @param body the JSON that it answers with */
    static BareQuarkus start(Path folder, String body) throws IOException, InterruptedException {
        Path app = folder.resolve("bare-quarkus");
        if (!Files.exists(app.resolve("target/quarkus-app/quarkus-run.jar"))) {
            build(app);
        }
        Path file = Files.writeString(folder.resolve("body.json"), body);
        int port = freePort();
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx192m", "-Dquarkus.http.port=" + port,
                "-Dbare.body=" + file, "-Djava.util.logging.manager=org.jboss.logmanager.LogManager", "-jar", app.resolve("target/quarkus-app/quarkus-run.jar").toString())
                .redirectErrorStream(true).redirectOutput(folder.resolve("bare-quarkus.log").toFile()).start();
        BareQuarkus bare = new BareQuarkus(process, "http://127.0.0.1:" + port);
        bare.awaitReady(folder.resolve("bare-quarkus.log"));
        return bare;
    }

    private static void build(Path copy) throws IOException, InterruptedException {
        Path source = Installation.here().source("src/bench/bare-quarkus");
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.filter(file -> Files.isRegularFile(file) && !file.startsWith(source.resolve("target"))).toList()) {
                Path target = copy.resolve(source.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
        Path log = copy.resolve("build.log");
        if (maven(copy, log, "-o") != 0 && maven(copy, log, "-U") != 0) {
            throw new IllegalStateException("the bare endpoint was not built: " + Files.readString(log));
        }
    }

    private static int maven(Path folder, Path log, String mode) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("mvn", "-q", "-B", mode, "package").directory(folder.toFile()).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.start().waitFor();
    }

    private void awaitReady(Path log) throws IOException, InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS); System.nanoTime() < end && process.isAlive(); Thread.sleep(100)) {
            try {
                if (http.send(HttpRequest.newBuilder(URI.create(url + "/api/v1/runs/x")).build(), BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException _) {
                // Not there yet.
                continue;
            }
        }
        throw new IllegalStateException("the bare endpoint did not start: " + Files.readString(log));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
