package io.tunesmith.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A machine with an agent as a process of its own, one slot, from the packaged classes. Its processes share a mark, by which they are found. For one thread. */
final class AgentMachine implements AutoCloseable {
    private static final String MARK = "TMPDIR";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private final Path folder;
    private final Path temporary;
    private final String name;
    private final String token;
    private Optional<Process> process = Optional.empty();

    AgentMachine(Path folder, String name, String token) throws IOException {
        this.folder = Files.createDirectories(folder.resolve(name));
        this.temporary = Files.createDirectories(this.folder.resolve("tmp"));
        this.name = name;
        this.token = token;
    }

    /** Starts the agent. @param properties {@code name=value} */
    AgentMachine start(String url, String... properties) throws IOException {
        Path app = Path.of("target/quarkus-app").toAbsolutePath();
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m"));
        Stream.of(properties).forEach(property -> command.add("-D" + property));
        command.addAll(List.of("-cp", app + "/app/*:" + app + "/lib/main/*:" + app + "/lib/boot/*", "io.tunesmith.agent.AgentMain", "--server", url, "--name", name, "--slots", "1", "--gpus", "0",
                "--data-dir", folder.resolve("data").toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("agent.log").toFile()));
        builder.environment().put("TUNESMITH_AGENT_TOKEN", token);
        builder.environment().put(MARK, temporary.toString());
        Files.writeString(folder.resolve("agent.log"), "", StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        process = Optional.of(builder.start());
        return this;
    }

    AgentMachine connected() throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!said().contains("connected to")) {
            assertThat(System.nanoTime()).as(said()).isLessThan(end);
            assertThat(process.orElseThrow().isAlive()).as(said()).isTrue();
            Thread.sleep(20);
        }
        return this;
    }

    String said() throws IOException {
        return Files.exists(folder.resolve("agent.log")) ? Files.readString(folder.resolve("agent.log")) : "";
    }

    /** Whether an attempt has started there and not ended. */
    boolean works() throws IOException {
        return said().stripTrailing().endsWith(" started (train)");
    }

    void crashed() throws Exception {
        Process dying = process.orElseThrow();
        assertThat(dying.waitFor(60, TimeUnit.SECONDS)).as("the crash point is passed:\n" + said()).isTrue();
        assertThat(dying.exitValue()).as(said()).isEqualTo(ServiceProcess.KILLED);
    }

    /** The agent alone; what it started goes on. */
    void kill() throws Exception {
        process.orElseThrow().destroyForcibly().waitFor();
    }

    /** The agent and all that it started. */
    void lose() throws Exception {
        kill();
        processes().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    /** STOP or CONT to the agent. */
    void signal(String signal) throws Exception {
        Processes.signal(signal, process.orElseThrow().pid());
    }

    List<Long> workers() {
        return processes().stream().filter(Processes::isWorker).toList();
    }

    private List<Long> processes() {
        return Processes.with(MARK + "=" + temporary);
    }

    @Override
    public void close() throws Exception {
        if (process.filter(Process::isAlive).isPresent()) {
            process.get().destroy();
            process.get().waitFor(30, TimeUnit.SECONDS);
        }
        processes().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }
}
