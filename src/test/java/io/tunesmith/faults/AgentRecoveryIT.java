package io.tunesmith.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A packaged service that leaves training to two agents: these, the service and the line between them fail, and the run ends as it would have. */
class AgentRecoveryIT {
    private static final int TRIALS = 6;
    private static final long SEED = 11;
    /** Silence makes suspect after 3 s and lost after 30 s; a poll is held for a second. */
    private static final String TIMES = "tunesmith.agent-times=3000,30000,1000";
    /** Longer than three heartbeats of a worker. */
    /** The attempt that trains when the line is to be cut may have ended when it is. */
    private static final int TRIES = 4;
    private static final Duration PARTITION = Duration.ofSeconds(18);

    @TempDir
    static Path folder;

    private static ServiceProcess service;
    private static BrokenLine line;
    private static AgentMachine one;
    private static AgentMachine two;
    private static String data;
    private static Story unbroken;
    private static int attempts;
    private static int allSlots;

    @BeforeAll
    static void runOnceUnbroken() throws Exception {
        service = new ServiceProcess(folder, "--slots", "0").start(TIMES);
        line = new BrokenLine(service.url());
        String key = new ObjectMapper().readTree(service.post("/api/v1/keys", "{\"label\":\"agents\",\"scope\":\"agent\"}").body()).path("key").asText();
        one = new AgentMachine(folder, "one", key).start(service.url()).connected();
        two = new AgentMachine(folder, "two", key).start(line.url()).connected();
        data = service.upload(manyPenguins());
        allSlots = slots();
        String run = service.ask(data, TRIALS, SEED).orElseThrow();
        unbroken = service.finished(run);
        // Later runs on these data know what the first one saw in them.
        attempts = service.attempts(run) - 1;
        assertThat(one.said() + two.said()).contains("-t0-a1 started (train)", "-t1-a1 started (train)");
    }

    /** Enough rows that a trial takes a while. */
    private static byte[] manyPenguins() throws Exception {
        List<String> lines = Files.readAllLines(ServiceProcess.PENGUINS);
        StringBuilder text = new StringBuilder(lines.getFirst()).append('\n');
        for (int i = 0; i < 4; i++) {
            text.append(String.join("\n", lines.subList(1, lines.size()))).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    @AfterAll
    static void end() throws Exception {
        for (AutoCloseable each : new AutoCloseable[] {one, two, service, line}) {
            each.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"AGENT_LEASED", "AGENT_FETCHED", "AGENT_STARTED", "AGENT_ENDED", "AGENT_ENDED:3"})
    void anAgentKilledAtAStepGoesOnWhenItIsStartedAgain(String point) throws Exception {
        one.close();
        one.start(service.url(), "tunesmith.crash-at=" + point).connected();
        String run = service.ask(data, TRIALS, SEED).orElseThrow();
        one.crashed();
        one.start(service.url());

        assertThat(service.finished(run)).isEqualTo(unbroken);
        assertThat(service.attempts(run)).as("nothing is done twice").isEqualTo(attempts);
    }

    @Test
    void theWorkOfAnAgentThatIsLostForGoodMovesToTheOther() throws Exception {
        service.kill();
        service.start("tunesmith.agent-times=2000,6000,500");
        one.close();
        one.start(service.url()).connected();
        String run = inMidSearch();
        service.await("it works", () -> !one.workers().isEmpty());
        one.lose();

        assertThat(service.finished(run)).isEqualTo(unbroken);
        service.kill();
        service.start(TIMES);
        one.start(service.url()).connected();
    }

    @Test
    void aServiceThatIsKilledFindsItsAgentsAgainAndNothingIsDoneTwice() throws Exception {
        String run = inMidSearch();
        service.kill();
        Thread.sleep(2_000);
        service.start(TIMES);

        assertThat(service.finished(run)).isEqualTo(unbroken);
        assertThat(service.attempts(run)).isEqualTo(attempts);
    }

    @Test
    void anAgentBehindABrokenLineIsSuspectOnlyAndItsResultCountsOnceItIsBack() throws Exception {
        boolean caught = false;
        for (int i = 0; i < TRIES && !caught; i++) {
            String run = inMidSearch();
            service.await("it trains", two::works);
            caught = outlivesACut(run);

            assertThat(service.finished(run)).isEqualTo(unbroken);
            assertThat(service.attempts(run)).as("every attempt is the first").isEqualTo(attempts);
        }
        assertThat(caught).as("an attempt was in flight when the line was cut").isTrue();
    }

    /** @return whether the run waited for what the agent behind the line had */
    private boolean outlivesACut(String run) throws Exception {
        line.cut();
        try {
            Thread.sleep(PARTITION.toMillis());
            return service.json("/api/v1/runs/" + run).path("status").asText().equals("running");
        } finally {
            line.heal();
        }
    }

    @Test
    void anAgentThatStandsStillIsSuspectOnly() throws Exception {
        String run = inMidSearch();
        two.signal("STOP");
        Thread.sleep(5_000);
        two.signal("CONT");

        assertThat(service.finished(run)).isEqualTo(unbroken);
        assertThat(service.attempts(run)).isEqualTo(attempts);
    }

    /** A plan says how many trials may be open at once: it must see the agents that the first run's plan saw. */
    private static String inMidSearch() throws Exception {
        for (int i = 0; i < 100 && slots() < allSlots; i++) {
            Thread.sleep(100);
        }
        String run = service.ask(data, TRIALS, SEED).orElseThrow();
        service.await("a trial has ended", () -> service.ended(run) >= 1);
        return run;
    }

    private static int slots() throws Exception {
        int slots = 0;
        for (JsonNode backend : service.json("/api/v1/backends").path("items")) {
            slots += backend.path("slots").asInt();
        }
        return slots;
    }
}
