package io.tunesmith.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A service on a data folder and a port of its own, which can be killed and started again. For one thread. */
final class ServiceProcess {
    private static final int START_SECONDS = 120;
    private final List<String> command;
    private final Path dataDir;
    private final Path log;
    private Process process;

    private ServiceProcess(List<String> command, Path dataDir, Path log) throws IOException {
        this.command = command;
        this.dataDir = dataDir;
        this.log = log;
        this.process = launch();
    }

    /** Started and answering. */
    static ServiceProcess start(Path dataDir, NoopObjective objective, int slots) throws IOException, InterruptedException {
        return start(dataDir, Optional.of(objective), slots);
    }

    /** With real trials. */
    static ServiceProcess start(Path dataDir, int slots) throws IOException, InterruptedException {
        return start(dataDir, Optional.empty(), slots);
    }

    private static ServiceProcess start(Path dataDir, Optional<NoopObjective> objective, int slots) throws IOException, InterruptedException {
        Path log = Files.createDirectories(dataDir).resolveSibling(dataDir.getFileName() + ".log");
        ServiceProcess service = new ServiceProcess(Installation.here().service(dataDir, objective, List.of("--port", Integer.toString(freePort()), "--slots", Integer.toString(slots))), dataDir, log);
        service.awaitReady();
        return service;
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
    }

    Path dataDir() {
        return dataDir;
    }

    long pid() {
        return process.pid();
    }

    /** It died, or was killed: another takes its place. */
    void again() throws IOException, InterruptedException {
        process.waitFor();
        process = launch();
    }

    boolean alive() {
        return process.isAlive();
    }

    ServiceCalls calls() throws IOException {
        return ServiceCalls.of(dataDir);
    }

    void awaitReady() throws IOException, InterruptedException {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS); System.nanoTime() < end; Thread.sleep(100)) {
            if (Files.exists(dataDir.resolve("service.json")) && calls().ready()) {
                return;
            }
            if (!process.isAlive()) {
                break;
            }
        }
        throw new IllegalStateException("the service did not start: " + Files.readString(log));
    }

    /** Asks it to end and waits for that. */
    boolean stop() throws InterruptedException {
        process.destroy();
        return process.waitFor(60, TimeUnit.SECONDS);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
