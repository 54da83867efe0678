package io.tunesmith.cli;

import io.tunesmith.api.rest.ServiceFile;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The service of a data folder: attaches to the one that runs or starts one in the background, in a session of its own, so that it outlives this
 * command and its terminal.
 */
final class Service {
    private static final long START_LIMIT_MILLIS = 60_000;
    private static final long LOOK_EVERY_MILLIS = 50;

    private Service() {}

    static Client attachOrStart(Path dataDir) {
        Optional<Client> running = attach(dataDir);
        return running.isPresent() ? running.get() : start(dataDir);
    }

    static Optional<Client> attach(Path dataDir) {
        return ServiceFile.read(dataDir).filter(ServiceFile::alive).map(Client::new).filter(Client::answers);
    }

    static Client attached(Path dataDir) {
        return attach(dataDir).orElseThrow(() -> new Failure.BadRequest(FailureCode.SERVER_UNREACHABLE, Optional.of("data-dir"), "no service runs for the data folder " + dataDir,
                Optional.empty(), Optional.of("tunesmith run starts one; tunesmith serve keeps one in the foreground")).asException());
    }

    /** Java, its flags, and the service's jar, before its own arguments. */
    static List<String> command(Path dataDir) {
        Path app = Path.of(System.getProperty("tunesmith.home", "target/quarkus-app"));
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx192m", "-Xss512k",
                "-XX:MaxMetaspaceSize=160m", "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"));
        Path cache = app.resolve("service.aot");
        if (Files.exists(cache)) {
            command.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:disable", "-Xlog:all=error:stderr"));
        }
        command.addAll(List.of("-jar", app.resolve("quarkus-run.jar").toString(), "--data-dir", dataDir.toAbsolutePath().toString()));
        return command;
    }

    private static Client start(Path dataDir) {
        Path log = folder(dataDir).resolve("service.log");
        List<String> command = command(dataDir);
        command.add("--background");
        if (new File("/usr/bin/setsid").canExecute()) {
            command.addFirst("/usr/bin/setsid");
        }
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null"))).start();
            return wait(process, dataDir, log);
        } catch (IOException e) {
            throw new Failure.Exhausted(FailureCode.ENVIRONMENT, "the service cannot be started: " + e.getMessage()).asException();
        }
    }

    private static Client wait(Process process, Path dataDir, Path log) {
        long deadline = System.nanoTime() + START_LIMIT_MILLIS * 1_000_000;
        while (System.nanoTime() < deadline) {
            Optional<Client> client = attach(dataDir);
            if (client.isPresent()) {
                return client.get();
            }
            if (!process.isAlive() && process.exitValue() != 0) {
                throw failed(log).asException();
            }
            pause();
        }
        throw new Failure.Exhausted(FailureCode.SERVER_UNREACHABLE, "the service did not answer within " + START_LIMIT_MILLIS / 1000 + " s; its log is " + log).asException();
    }

    /** The service's last line says why it did not start, as an error object. */
    private static Failure failed(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            for (String line : lines.reversed().subList(0, Math.min(20, lines.size()))) {
                if (line.startsWith("{\"error\"")) {
                    return Errors.read(Json.MAPPER.readTree(line).path("error"));
                }
            }
        } catch (IOException e) {
            return new Failure.Exhausted(FailureCode.ENVIRONMENT, "the service ended at once and left no readable log at " + log);
        }
        return new Failure.Exhausted(FailureCode.ENVIRONMENT, "the service ended at once; its log is " + log);
    }

    private static Path folder(Path dataDir) {
        try {
            return Files.createDirectories(dataDir, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw Failure.BadRequest.of(FailureCode.ENVIRONMENT, "data-dir", "the data folder " + dataDir + " cannot be made: " + e.getMessage())
                    .hint("choose another with --data-dir or TUNESMITH_HOME").asException();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_EVERY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure.Exhausted(FailureCode.SERVER_UNREACHABLE, "interrupted while the service was starting").asException();
        }
    }
}
