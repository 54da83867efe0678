package io.tunesmith.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An agent that can be killed and started again on its folder. For one thread. */
final class AgentProcess {
    private final List<String> command;
    private final Path log;
    private Process process;

    private AgentProcess(List<String> command, Path log) throws IOException {
        this.command = command;
        this.log = log;
        this.process = launch();
    }

    static AgentProcess start(Path folder, String name, int slots, ServiceCalls service, Path token, NoopObjective objective) throws IOException {
        List<String> options = List.of("--server", service.url(), "--token-file", token.toString(), "--name", name, "--slots", Integer.toString(slots), "--gpus", "0");
        return new AgentProcess(Installation.here().agent(folder.resolve(name), objective, options), folder.resolve(name + ".log"));
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    void again() throws IOException {
        process = launch();
    }

    void stop() throws InterruptedException {
        process.destroy();
        process.waitFor(60, TimeUnit.SECONDS);
    }
}
