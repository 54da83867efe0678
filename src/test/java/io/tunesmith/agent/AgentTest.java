package io.tunesmith.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tunesmith.bench.simulation.InMemoryAttempts;
import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.AttemptSpec;
import io.tunesmith.contract.InputFile;
import io.tunesmith.contract.Resources;
import io.tunesmith.contract.Wire;
import io.tunesmith.core.Sha256;
import io.tunesmith.dispatch.AttemptView.Cause;
import io.tunesmith.dispatch.AttemptView.Phase;
import io.tunesmith.dispatch.AttemptView;
import io.tunesmith.dispatch.JobRef;
import io.tunesmith.dispatch.Room;
import io.tunesmith.dispatch.Submission;
import io.tunesmith.dispatch.Unreachable;
import io.tunesmith.dispatch.Workers;
import io.tunesmith.dispatch.agent.AgentBackend;
import io.tunesmith.dispatch.agent.AgentTimes;
import io.tunesmith.dispatch.agent.InMemoryAgents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Real agents, over HTTP, with real worker processes. */
@Timeout(60)
class AgentTest {
    private static final Resources CPU = new Resources(0, 256 << 20, 60, 1);
    @TempDir(cleanup = CleanupMode.NEVER)
    Path root;

    private final InMemoryAttempts attempts = new InMemoryAttempts();
    private final AgentBackend backend = new AgentBackend(new InMemoryAgents(), Clock.systemUTC(), new AgentTimes(Duration.ofSeconds(4), Duration.ofSeconds(20), Duration.ofMillis(500)));
    private final List<AutoCloseable> toClose = new ArrayList<>();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private SmallService service;

    @BeforeEach
    void serve() throws IOException {
        service = new SmallService(backend, attempts);
        toClose.add(service);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : toClose.reversed()) {
            one.close();
        }
        AgentFolder.delete(root);
    }

    @Test
    void anAttemptIsFetchedRunHandedInAndForgotten() throws Exception {
        start(2, List.of(), service.url());
        JobRef job = submit("t0", 2500, CPU);
        await("it runs", () -> view(job).phase() == Phase.RUNNING);
        await("its log comes while it runs", () -> backend.logs(job, 0, 1000).text().contains("input a,b"));
        assertThat(view(job).phase()).isEqualTo(Phase.RUNNING);
        await("it has ended", () -> view(job).phase() == Phase.ENDED);

        assertThat(view(job).cause()).contains(Cause.OK);
        assertThat(root.resolve("t0/i1/result.json")).hasContent("{\"n\":1,\"incarnation\":1}");
        assertThat(root.resolve("t0/i1/metrics.jsonl")).content().contains("started");
        assertThat(root.resolve("t0/i1/exit")).hasContent("0");
        assertThat(root.resolve("agent/attempts/" + key("t0") + "/spec.json")).content().contains(service.url() + "/api/v1/attempts/" + key("t0")).contains("\"upload\":true");
        backend.forget(job);
        await("its folder is gone", () -> !Files.exists(root.resolve("agent/attempts/" + key("t0"))));
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("agent test: 2 slots, 0 GPUs, connected to " + service.url()).contains(key("t0") + " started (train)").contains(key("t0") + " ended: ok");
    }

    @Test
    void twoAgentsShareTheQueue() throws Exception {
        start("one", 1, List.of(), service.url());
        start("two", 1, List.of(), service.url());
        await("both are there", () -> backend.room(CPU, 1) instanceof Room.Free);
        List<JobRef> jobs = List.of(submit("t0", 300, CPU), submit("t1", 300, CPU));
        assertThat(backend.room(CPU, 0)).isEqualTo(new Room.Waits("all 2 slots of the agents one, two are busy"));
        await("both have ended", () -> jobs.stream().allMatch(job -> view(job).phase() == Phase.ENDED));

        assertThat(jobs).extracting(job -> view(job).node()).containsExactlyInAnyOrder("one", "two");
        assertThat(jobs).extracting(job -> view(job).cause()).containsOnly(Optional.of(Cause.OK));
    }

    @Test
    void aCancelledAttemptEndsSoon() throws Exception {
        start(1, List.of(), service.url());
        JobRef job = submit("t0", 60_000, CPU);
        await("it runs", () -> view(job).phase() == Phase.RUNNING);
        backend.cancel(job, Duration.ofSeconds(5));
        await("it has ended", () -> view(job).phase() == Phase.ENDED);

        assertThat(view(job).cause()).contains(Cause.CANCELLED);
    }

    @Test
    void attemptsSeeTheGpusThatTheyWereGivenAndNoOther() throws Exception {
        start(3, List.of("4", "7"), service.url());
        List<JobRef> jobs = List.of(submit("t0", 1500, new Resources(1, 256 << 20, 60, 1)), submit("t1", 1500, new Resources(1, 256 << 20, 60, 1)), submit("t2", 0, CPU));
        assertThat(backend.room(new Resources(1, 1, 1, 1), 0)).isInstanceOf(Room.Waits.class);
        await("all have ended", () -> jobs.stream().allMatch(job -> view(job).phase() == Phase.ENDED));

        assertThat(jobs).extracting(job -> backend.logs(job, 0, 1000).text().lines().filter(line -> line.startsWith("gpus")).findFirst().orElse("none")).containsExactlyInAnyOrder("gpus 4", "gpus 7", "gpus ");
    }

    @Test
    void whatRunsGoesOnWhenTheAgentIsKilledAndStartedAgain() throws Exception {
        Process first = process();
        JobRef job = submit("t0", 6000, CPU);
        await("it runs", () -> backend.logs(job, 0, 1000).text().contains("pid"));
        first.destroyForcibly().waitFor();
        process();
        await("it has ended", () -> view(job).phase() == Phase.ENDED);

        assertThat(view(job).cause()).contains(Cause.OK);
        assertThat(attempts.find(key("t0")).orElseThrow().incarnation()).isEqualTo(1);
        assertThat(root.resolve("t0/i1/exit")).hasContent("0");
    }

    @Test
    void anAgentThatIsTerminatedGivesItsWorkBackAtOnce() throws Exception {
        Process agent = process();
        JobRef job = submit("t0", 60_000, CPU);
        await("it runs", () -> view(job).phase() == Phase.RUNNING);
        agent.destroy();
        await("it has ended", () -> view(job).phase() == Phase.ENDED);

        assertThat(view(job).cause()).contains(Cause.PREEMPTED);
        assertThat(backend.room(CPU, 0)).isInstanceOf(Room.Waits.class);
        assertThat(agent.waitFor(15, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anotherServerIsTriedAndTheProcessIsToldWhereToReport() throws Exception {
        SmallService second = new SmallService(backend, attempts);
        toClose.add(second);
        start(1, List.of(), service.url(), second.url());
        JobRef job = submit("t0", 120_000, CPU);
        await("it runs", () -> view(job).phase() == Phase.RUNNING);
        service.close();
        Path told = root.resolve("agent/attempts/" + key("t0") + "/callback");
        await("its process is told", () -> Files.exists(told));

        assertThat(told).hasContent(second.url() + "/api/v1/attempts/" + key("t0"));
        await("it has ended", () -> view(job).phase() == Phase.ENDED);
        assertThat(view(job).cause()).contains(Cause.OK);
        assertThat(said.toString(StandardCharsets.UTF_8)).containsOnlyOnce("lost " + service.url()).contains("connected to " + second.url());
    }

    @Test
    void aFollowerShowsTheWayToTheLeader() throws Exception {
        SmallService leader = new SmallService(backend, attempts);
        toClose.add(leader);
        service.follows(leader.url());
        start(1, List.of(), service.url());
        JobRef job = submit("t0", 0, CPU);
        await("it has ended", () -> view(job).phase() == Phase.ENDED);

        assertThat(said.toString(StandardCharsets.UTF_8)).contains("connected to " + leader.url());
    }

    @Test
    void aWrongTokenEndsTheAgentWithAWordOnWhatToDo() {
        Agent agent = new Agent(new AgentSettings(List.of(service.url()), "wrong", "test", 1, List.of(), root.resolve("agent"), worker(), Duration.ofSeconds(1)), new PrintStream(said));

        assertThatThrownBy(agent::run).isInstanceOfSatisfying(AgentFailure.class, e -> {
            assertThat(e.exitCode()).isEqualTo(4);
            assertThat(e.hint().orElseThrow()).contains("tunesmith key create --agent");
        });
    }

    private void start(int slots, List<String> gpus, String... servers) {
        start("test", slots, gpus, servers);
    }

    private void start(String name, int slots, List<String> gpus, String... servers) {
        Agent agent = new Agent(new AgentSettings(List.of(servers), SmallService.TOKEN, name, slots, gpus, root.resolve(name.equals("test") ? "agent" : name), worker(), Duration.ofSeconds(2)),
                new PrintStream(said, true));
        Thread thread = Thread.ofPlatform().daemon().start(() -> {
            try {
                agent.run();
            } catch (AgentFailure e) {
                throw new IllegalStateException(e);
            }
        });
        toClose.add(() -> {
            agent.leave(Duration.ofSeconds(10));
            thread.join(1000);
        });
    }

    private Process process() throws IOException {
        List<String> command = new ArrayList<>(List.of(java(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), AgentProcess.class.getName(), service.url(),
                SmallService.TOKEN, "1", root.resolve("agent").toString()));
        command.addAll(worker());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(root.resolve("agent.out").toFile())).start();
        toClose.add(() -> {
            process.destroy();
            process.waitFor(15, TimeUnit.SECONDS);
        });
        return process;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static List<String> worker() {
        String classes = Path.of(java.net.URI.create(ReportingWorker.class.getProtectionDomain().getCodeSource().getLocation().toString())).toString();
        return List.of(java(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m", "-cp", classes, ReportingWorker.class.getName());
    }

    private static AttemptKey key(String work) {
        return new AttemptKey("ts-agent-" + work + "-a1");
    }

    private AttemptView view(JobRef job) {
        return backend.observe(List.of(job)).get(job);
    }

    private JobRef submit(String work, int millis, Resources resources) throws Exception {
        Path folder = Files.createDirectories(root.resolve(work).resolve("inputs")).getParent();
        Files.writeString(folder.resolve("inputs/train.csv"), "a,b");
        AttemptSpec plain = Workers.spec(key(work), Map.of("millis", millis), 60, Optional.empty());
        Wire.writeFile(folder.resolve("spec.json"), new AttemptSpec(plain.attempt(), 1, "tabular", 1, plain.operation(), plain.config(), 7, Map.of("train", InputFile.of("inputs/train.csv", Sha256.of(folder.resolve("inputs/train.csv")))),
                plain.options(), 1, resources, Optional.empty(), Optional.empty()));
        Files.writeString(folder.resolve("token"), "secret");
        attempts.intend(key(work), 1, "run", "agent", Sha256.of("secret".getBytes(StandardCharsets.UTF_8)).hex(), Instant.now());
        await("there is room", () -> backend.room(resources, 0) instanceof Room.Free);
        try {
            return backend.submit(new Submission(key(work), folder, resources, "run"));
        } catch (Unreachable e) {
            throw new AssertionError(e);
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
