package io.tunesmith.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.StreamSupport;

/** One service with what trains for it, a run, and kills: from the start to the table. */
record FaultsStage(Scratch scratch, boolean agents, int trials, double minutes, long seed) {
    private static final int LOCAL_SLOTS = 2;
    private static final int AGENT_SLOTS = 3;
    /** Of the time that the trials could take, what they sleep: the rest is for kills and for getting over them. */
    private static final double AT_WORK = 0.5;
    /** After the last kill the run may take so much longer. */
    private static final double PATIENCE = 2;
    private static final int EASY_TRIALS = 2;
    private static final long SHORTEST_PAUSE_MILLIS = 2_000;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;

    FaultsResult play() throws IOException, InterruptedException {
        NoopObjective objective = new NoopObjective(Math.round(minutes * 60_000 * AT_WORK * slots() / trials), true);
        ServiceProcess service = ServiceProcess.start(scratch.folder().resolve("data"), objective, agents ? 0 : LOCAL_SLOTS);
        List<AgentProcess> lent = agents ? agents(service.calls(), objective) : List.of();
        String dataset = service.calls().upload(Installation.here().example());
        long begin = System.nanoTime();
        String run = service.calls().run(dataset, trials, seed, limit());
        Killer killer = new Killer(scratch.processes(), service, lent, RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
        String status = whileItRuns(service, killer, run, begin);
        double seconds = (System.nanoTime() - begin) / 1e9;
        FaultsResult seen = result(service.calls(), killer, run, status, seconds);
        boolean free = slotsFree(service.calls(), dataset);
        return with(seen, free, orphans(service, lent));
    }

    private int slots() {
        return agents ? AGENT_SLOTS : LOCAL_SLOTS;
    }

    private Duration limit() {
        return Duration.ofSeconds(Math.round(600 * Math.max(1, minutes)));
    }

    private List<AgentProcess> agents(ServiceCalls calls, NoopObjective objective) throws IOException, InterruptedException {
        Path token = scratch.folder().resolve("agent.token");
        Files.writeString(token, calls.post("/api/v1/keys", ServiceCalls.JSON.createObjectNode().put("label", "faults").put("scope", "agent")).path("key").asText() + "\n");
        List<AgentProcess> agents = List.of(AgentProcess.start(scratch.folder(), "agent-1", 2, calls, token, objective), AgentProcess.start(scratch.folder(), "agent-2", 1, calls, token, objective));
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60); connected() < agents.size(); Thread.sleep(200)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the agents did not connect");
            }
        }
        return agents;
    }

    private long connected() throws IOException {
        long connected = 0;
        for (String name : List.of("agent-1", "agent-2")) {
            Path log = scratch.folder().resolve(name + ".log");
            connected += Files.exists(log) && Files.readString(log).contains("connected") ? 1 : 0;
        }
        return connected;
    }

    private String whileItRuns(ServiceProcess service, Killer killer, String run, long begin) throws IOException, InterruptedException {
        RandomGenerator pauses = RandomGeneratorFactory.of("L64X128MixRandom").create(seed + 1);
        long lastKill = begin + Math.round(minutes * 60e9);
        long giveUp = lastKill + Math.round(PATIENCE * minutes * 60e9) + TimeUnit.MINUTES.toNanos(3);
        long next = begin + pause(pauses);
        long told = begin;
        String status = "queued";
        while (!over(status) && System.nanoTime() < giveUp) {
            Thread.sleep(200);
            boolean killing = System.nanoTime() < lastKill;
            if (killing && System.nanoTime() > next) {
                killer.killSomething();
                next = System.nanoTime() + pause(pauses);
            }
            killer.revive(!killing);
            if (System.nanoTime() - told > 1_000_000_000L && service.calls().ready()) {
                status = service.calls().status(run);
                told = System.nanoTime();
            }
        }
        return status;
    }

    private static long pause(RandomGenerator random) {
        return TimeUnit.MILLISECONDS.toNanos(random.nextLong(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS));
    }

    private static boolean over(String status) {
        return Set.of("succeeded", "failed", "cancelled", "budget_exhausted").contains(status);
    }

    private FaultsResult result(ServiceCalls calls, Killer killer, String run, String status, double seconds) throws InterruptedException {
        List<JsonNode> recorded = calls.trials(run).stream().filter(trial -> trial.hasNonNull("ended")).toList();
        int numbers = (int) recorded.stream().map(trial -> trial.path("number").asInt()).distinct().count();
        int givenUp = (int) recorded.stream().filter(trial -> trial.path("state").asText().equals("failed")).count();
        JsonNode audit = audited(calls, run);
        List<String> violations = StreamSupport.stream(audit.path("violations").spliterator(), false).map(JsonNode::asText).toList();
        return new FaultsResult(agents ? "agents" : "local", status, trials, numbers, recorded.size() - numbers, givenUp, audit.path("attempts").asInt(), violations, List.of(), false, killer.kills(), seconds);
    }

    /** Jobs of ended attempts are let go of within seconds: what the audit finds must stay found. */
    private static JsonNode audited(ServiceCalls calls, String run) throws InterruptedException {
        JsonNode audit = calls.get("/api/v1/runs/" + run + "/audit");
        for (int i = 0; i < 60 && !audit.path("violations").isEmpty(); i++) {
            Thread.sleep(1000);
            audit = calls.get("/api/v1/runs/" + run + "/audit");
        }
        return audit;
    }

    private boolean slotsFree(ServiceCalls calls, String dataset) throws IOException, InterruptedException {
        String easy = calls.run(dataset, EASY_TRIALS, seed, Duration.ofMinutes(5));
        String status = calls.status(easy);
        for (long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3); !over(status) && System.nanoTime() < end; status = calls.status(easy)) {
            Thread.sleep(500);
        }
        return status.equals("succeeded");
    }

    private List<String> orphans(ServiceProcess service, List<AgentProcess> lent) throws InterruptedException {
        for (AgentProcess agent : lent) {
            agent.stop();
        }
        service.stop();
        Processes processes = scratch.processes();
        return processes.left(15).stream().map(processes::describe).toList();
    }

    private static FaultsResult with(FaultsResult seen, boolean free, List<String> orphans) {
        return new FaultsResult(seen.backend(), seen.status(), seen.asked(), seen.recorded(), seen.twice(), seen.givenUp(), seen.attempts(), seen.violations(), orphans, free, seen.kills(), seen.seconds());
    }
}
