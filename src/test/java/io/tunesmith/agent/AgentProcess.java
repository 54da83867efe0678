package io.tunesmith.agent;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** An agent as a process of its own, for tests that kill it: {@code URL TOKEN SLOTS DATA-DIR WORKER-COMMAND...}. */
public final class AgentProcess {
    private AgentProcess() {}

    public static void main(String[] arguments) throws Exception {
        List<String> words = List.of(arguments);
        Agent agent = new Agent(new AgentSettings(List.of(words.get(0)), words.get(1), "test", Integer.parseInt(words.get(2)), List.of(), Path.of(words.get(3)), words.subList(4, words.size()),
                Duration.ofSeconds(5)), System.out);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> agent.leave(Duration.ofSeconds(15))));
        agent.run();
    }
}
