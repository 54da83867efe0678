package io.tunesmith.dispatch.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.Resources;
import io.tunesmith.contract.Wire;
import io.tunesmith.contract.agent.JobReport;
import io.tunesmith.contract.agent.Lease;
import io.tunesmith.contract.agent.Orders;
import io.tunesmith.contract.agent.Poll;
import io.tunesmith.contract.agent.Registration;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.dispatch.AttemptView.Cause;
import io.tunesmith.dispatch.AttemptView.Phase;
import io.tunesmith.dispatch.AttemptView;
import io.tunesmith.dispatch.JobRef;
import io.tunesmith.dispatch.Room;
import io.tunesmith.dispatch.SetClock;
import io.tunesmith.dispatch.Submission;
import io.tunesmith.dispatch.Unreachable;
import io.tunesmith.dispatch.Workers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class AgentBackendTest {
    private static final Resources CPU = new Resources(0, 1 << 30, 60, 1);
    private static final Resources GPU = new Resources(1, 1 << 30, 60, 1);
    @TempDir
    Path root;

    private final SetClock clock = new SetClock();
    private final InMemoryAgents store = new InMemoryAgents();
    private AgentBackend backend = new AgentBackend(store, clock, AgentTimes.USUAL);
    private final Map<String, Long> seqs = new HashMap<>();

    // Placing

    @Test
    void withoutAgentsAttemptsWaitAndAreToldHowToStartOne() {
        assertThat(backend.room(CPU, 0)).isInstanceOfSatisfying(Room.Waits.class, room -> assertThat(room.why()).contains("no agent is connected").contains("tunesmith agent --server"));
        assertThatThrownBy(() -> submit("t0", CPU)).isInstanceOf(Unreachable.class);
    }

    @Test
    void thereIsRoomWhileALiveAgentHasAFreeSlotThatIsNotSpokenFor() throws Exception {
        join("a", 1, 0);
        join("b", 2, 0);

        assertThat(backend.room(CPU, 2)).isEqualTo(new Room.Free());
        assertThat(backend.room(CPU, 3)).isEqualTo(new Room.Waits("all 3 slots of the agents a, b are busy"));
        assertThat(submit("t0", CPU).engineId()).contains("agent-b");
        submit("t1", CPU);
        submit("t2", CPU);
        assertThat(backend.room(CPU, 0)).isEqualTo(new Room.Waits("all 3 slots of the agents a, b are busy"));
    }

    @Test
    void gpusAreCountedAndAttemptsWithoutThemLeaveThemAlone() throws Exception {
        join("a-gpu", 3, 2);
        join("b-cpu", 1, 0);

        assertThat(submit("t0", CPU).engineId()).contains("b-cpu");
        submit("t1", GPU);
        assertThat(backend.room(new Resources(2, 1 << 30, 60, 1), 0)).isEqualTo(new Room.Waits("all 2 GPUs of the agents a-gpu, b-cpu are busy"));
        submit("t2", GPU);
        assertThat(backend.room(GPU, 0)).isInstanceOf(Room.Waits.class);
        assertThat(backend.room(CPU, 0)).isEqualTo(new Room.Free());
        assertThat(backend.room(new Resources(4, 1 << 30, 60, 1), 0)).isEqualTo(new Room.Waits("no connected agent has 4 GPUs: a-gpu has 2, b-cpu has 0"));
    }

    @Test
    void theSameKeyAgainIsTheSameJob() throws Exception {
        join("a", 2, 0);

        assertThat(submit("t0", CPU)).isEqualTo(submit("t0", CPU));
        assertThat(backend.find(key("t0"))).hasSize(1);
        assertThat(backend.ours()).hasSize(1);
        assertThat(backend.room(CPU, 0)).isEqualTo(new Room.Free());
    }

    @Test
    void aSilentOrLeavingAgentIsGivenNothing() {
        join("a", 1, 0);
        clock.pass(Duration.ofSeconds(15));
        assertThat(backend.room(CPU, 0)).isInstanceOfSatisfying(Room.Waits.class, room -> assertThat(room.why()).contains("no agent is connected"));
        poll("a");
        assertThat(backend.room(CPU, 0)).isEqualTo(new Room.Free());
        backend.poll("agent-a", new Poll("boot-of-a", next("a"), 0, true, List.of()));
        assertThat(backend.room(CPU, 0)).isInstanceOf(Room.Waits.class);
    }

    // Telling

    @Test
    void anAttemptIsToldUntilItsAgentNamesIt() throws Exception {
        join("a", 1, 0);
        submit("t0", CPU);

        for (int again = 0; again < 2; again++) {
            assertThat(poll("a").start()).extracting(Lease::token).containsExactly("secret of t0");
        }
        assertThat(poll("a", report("t0", "queued")).start()).isEmpty();
    }

    @Test
    void aWaitingPollIsAnsweredAtOnceWhenThereIsWork() throws Exception {
        join("a", 1, 0);
        CompletableFuture<Orders> waiting = CompletableFuture.supplyAsync(() -> backend.poll("agent-a", new Poll("boot-of-a", next("a"), 25, false, List.of())));
        Thread.sleep(100);
        assertThat(waiting).isNotDone();
        submit("t0", CPU);

        assertThat(waiting.get(2, TimeUnit.SECONDS).start()).hasSize(1);
    }

    @Test
    void aLaterPollOvertakesAWaitingOneAndAnEarlierOneIsIgnored() throws Exception {
        join("a", 1, 0);
        submit("t0", CPU);
        poll("a", report("t0", "running"));
        CompletableFuture<Orders> waiting = CompletableFuture.supplyAsync(() -> backend.poll("agent-a", new Poll("boot-of-a", 5, 25, false, List.of(report("t0", "running")))));
        Thread.sleep(100);
        backend.poll("agent-a", new Poll("boot-of-a", 6, 0, false, List.of(ended("t0", "ok"))));

        assertThat(waiting.get(2, TimeUnit.SECONDS).isEmpty()).isTrue();
        backend.poll("agent-a", new Poll("boot-of-a", 3, 0, false, List.of()));
        assertThat(view("t0").cause()).contains(Cause.OK);
    }

    @Test
    void anUnreadableFolderEndsTheAttemptAsNotStarted() throws Exception {
        join("a", 1, 0);
        submit("t0", CPU);
        Files.delete(root.resolve("t0/spec.json"));

        assertThat(poll("a").start()).isEmpty();
        assertThat(view("t0").cause()).contains(Cause.NOT_STARTED);
    }

    @Test
    void whatTheServiceDoesNotKnowIsForgottenByTheAgent() throws Exception {
        join("a", 1, 0);
        JobRef job = submit("t0", CPU);
        poll("a", report("t0", "running"));
        backend.forget(job);

        assertThat(poll("a", report("t0", "running")).forget()).containsExactly(key("t0"));
        assertThat(backend.ours()).isEmpty();
        assertThat(view("t0").phase()).isEqualTo(Phase.GONE);
    }

    @Test
    void releasedAffinitiesAreToldOnceToEachAgent() {
        join("a", 1, 0);
        join("b", 1, 0);
        backend.release("run-a");

        assertThat(poll("a").release()).containsExactly("run-a");
        assertThat(poll("a").release()).isEmpty();
        assertThat(poll("b").release()).containsExactly("run-a");
    }

    // How attempts stand

    @Test
    void anAttemptStandsAsItsAgentReports() throws Exception {
        join("a", 1, 0);
        submit("t0", CPU);
        assertThat(view("t0").phase()).isEqualTo(Phase.QUEUED);
        poll("a");
        poll("a", report("t0", "running"));
        assertThat(view("t0").phase()).isEqualTo(Phase.RUNNING);
        assertThat(view("t0").started()).contains(clock.instant());
        assertThat(view("t0").node()).isEqualTo("a");
        poll("a", new JobReport(key("t0"), "ended", Optional.of("signal"), OptionalInt.of(137), OptionalInt.of(9), "killed"));

        assertThat(view("t0")).isEqualTo(new AttemptView(Phase.ENDED, Optional.of(Cause.SIGNAL), OptionalInt.of(137), OptionalInt.of(9), 0, "a", Optional.of(clock.instant()), Optional.of(clock.instant()), "killed"));
        assertThat(backend.room(CPU, 0)).as("its slot is free again").isEqualTo(new Room.Free());
    }

    @Test
    void silenceFrom15SecondsMeansUnknownAndPast60SecondsLost() throws Exception {
        join("a", 1, 0);
        submit("t0", CPU);
        poll("a");
        poll("a", report("t0", "running"));

        silent(14);
        assertThat(view("t0").phase()).isEqualTo(Phase.RUNNING);
        silent(1);
        assertThat(view("t0").phase()).isEqualTo(Phase.UNKNOWN);
        silent(45);
        assertThat(view("t0").phase()).isEqualTo(Phase.UNKNOWN);
        silent(1);
        assertThat(view("t0").phase()).isEqualTo(Phase.ENDED);
        assertThat(view("t0").cause()).contains(Cause.NODE_LOST);
        poll("a", report("t0", "running"));
        assertThat(view("t0").phase()).as("back in time").isEqualTo(Phase.RUNNING);
    }

    @Test
    void silenceCountsOnlyWhileTheServiceListens() throws Exception {
        join("a", 1, 0);
        submit("t0", CPU);
        poll("a");
        poll("a", report("t0", "running"));
        view("t0");
        clock.pass(Duration.ofMinutes(10));
        assertThat(view("t0").phase()).as("after a stop of the service's process").isEqualTo(Phase.RUNNING);
        clock.pass(Duration.ofMinutes(10));
        backend = new AgentBackend(store, clock, AgentTimes.USUAL);
        assertThat(view("t0").phase()).as("after a restart of the service").isEqualTo(Phase.RUNNING);
    }

    @Test
    void whatASilentAgentWasNeverToldMovesAtOnce() throws Exception {
        join("a", 1, 0);
        submit("t0", CPU);
        silent(15);

        assertThat(view("t0").cause()).contains(Cause.NODE_LOST);
        assertThat(poll("a").start()).isEmpty();
    }

    @Test
    void anAgentThatComesBackWithoutAnAttemptHasLostIt() throws Exception {
        join("a", 2, 0);
        submit("t0", CPU);
        submit("t1", CPU);
        poll("a", report("t0", "running"), report("t1", "running"));
        backend.register(new Registration("agent-a", "a", "boot-another", 2, 0));
        backend.poll("agent-a", new Poll("boot-another", 1, 0, false, List.of(report("t1", "running"))));

        assertThat(view("t0").cause()).contains(Cause.NODE_LOST);
        assertThat(view("t1").phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void anAgentThatComesBackIsToldAgainWhatItNeverNamed() throws Exception {
        join("a", 1, 0);
        submit("t0", CPU);
        poll("a");
        backend.register(new Registration("agent-a", "a", "boot-another", 1, 0));

        assertThat(backend.poll("agent-a", new Poll("boot-another", 1, 0, false, List.of())).start()).hasSize(1);
    }

    @Test
    void anEarlierProcessOfAnAgentIsRefusedAndAnUnknownOneRegisters() {
        join("a", 1, 0);
        backend.register(new Registration("agent-a", "a", "boot-another", 1, 0));

        assertThatThrownBy(() -> poll("a")).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.failure().code()).isEqualTo(FailureCode.REFUSED));
        assertThatThrownBy(() -> poll("nobody")).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.failure().code()).isEqualTo(FailureCode.NOT_FOUND));
    }

    @Test
    void whoLeavesGivesItsAttemptsBack() throws Exception {
        join("a", 2, 0);
        submit("t0", CPU);
        submit("t1", CPU);
        poll("a");
        backend.poll("agent-a", new Poll("boot-of-a", next("a"), 0, true, List.of(ended("t0", "preempted"))));

        assertThat(view("t0").cause()).contains(Cause.PREEMPTED);
        assertThat(view("t1").cause()).as("told and never begun").contains(Cause.PREEMPTED);
    }

    // Cancelling

    @Test
    void whatNoAgentHasIsCancelledAtOnce() throws Exception {
        join("a", 1, 0);
        backend.cancel(submit("t0", CPU), Duration.ofSeconds(20));

        assertThat(view("t0").cause()).contains(Cause.CANCELLED);
        assertThat(poll("a").isEmpty()).isTrue();
    }

    @Test
    void whatAnAgentHasIsAskedToEnd() throws Exception {
        join("a", 1, 0);
        JobRef job = submit("t0", CPU);
        poll("a");
        poll("a", report("t0", "running"));
        CompletableFuture<Orders> waiting = CompletableFuture.supplyAsync(() -> backend.poll("agent-a", new Poll("boot-of-a", next("a"), 25, false, List.of(report("t0", "running")))));
        Thread.sleep(100);
        backend.cancel(job, Duration.ofSeconds(20));

        assertThat(waiting.get(2, TimeUnit.SECONDS).stop()).containsExactly(new Orders.Stop(key("t0"), 20));
        assertThat(view("t0").phase()).isEqualTo(Phase.RUNNING);
        assertThat(poll("a", report("t0", "stopping")).stop()).isEmpty();
    }

    @Test
    void whatWasToldButNeverBegunIsCancelledOnceItsAgentDoesNotNameIt() throws Exception {
        join("a", 1, 0);
        JobRef job = submit("t0", CPU);
        poll("a");
        backend.cancel(job, Duration.ofSeconds(20));
        assertThat(view("t0").phase()).isEqualTo(Phase.QUEUED);

        assertThat(poll("a").start()).isEmpty();
        assertThat(view("t0").cause()).contains(Cause.CANCELLED);
        backend.cancel(new JobRef("agent", key("unknown"), "x", clock.instant()), Duration.ZERO);
    }

    @Test
    void roomIsToldWhenAnAgentComesAndWhenAnAttemptEnds() throws Exception {
        AtomicInteger told = new AtomicInteger();
        backend.onRoom(told::incrementAndGet);
        join("a", 1, 0);
        assertThat(told).hasValue(1);
        submit("t0", CPU);
        poll("a", report("t0", "running"));
        assertThat(told).hasValue(1);
        poll("a", ended("t0", "ok"));
        assertThat(told).hasValue(2);
    }

    @Test
    void theLogIsWhatWasHandedIn() throws Exception {
        join("a", 1, 0);
        JobRef job = submit("t0", CPU);
        assertThat(backend.logs(job, 0, 100).text()).isEmpty();
        Files.createDirectories(root.resolve("t0/i2"));
        Files.writeString(root.resolve("t0/i2/log.txt"), "one two");

        assertThat(backend.logs(job, 4, 100).text()).isEqualTo("two");
    }

    private void join(String name, int slots, int gpus) {
        backend.register(new Registration("agent-" + name, name, "boot-of-" + name, slots, gpus));
    }

    private Orders poll(String name, JobReport... reports) {
        return backend.poll("agent-" + name, new Poll("boot-of-" + name, next(name), 0, false, Stream.of(reports).toList()));
    }

    private long next(String name) {
        return seqs.merge(name, 1L, Long::sum);
    }

    /** Time passes; the service looks on all the while. */
    private void silent(int seconds) {
        for (int i = 0; i < seconds; i++) {
            clock.pass(Duration.ofSeconds(1));
            backend.observe(List.of());
        }
    }

    private static JobReport report(String work, String phase) {
        return new JobReport(key(work), phase, Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), "");
    }

    private static JobReport ended(String work, String cause) {
        return new JobReport(key(work), "ended", Optional.of(cause), OptionalInt.of(0), OptionalInt.empty(), "");
    }

    private static AttemptKey key(String work) {
        return new AttemptKey("ts-agents-" + work + "-a1");
    }

    private AttemptView view(String work) {
        JobRef job = new JobRef("agent", key(work), "any", clock.instant());
        return backend.observe(List.of(job)).get(job);
    }

    private JobRef submit(String work, Resources resources) throws Unreachable {
        try {
            Path folder = Files.createDirectories(root.resolve(work));
            Wire.writeFile(folder.resolve("spec.json"), Workers.spec(key(work), Map.of(), 60, Optional.empty()));
            Files.writeString(folder.resolve("token"), "secret of " + work);
            return backend.submit(new Submission(key(work), folder, resources, "run-a"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
