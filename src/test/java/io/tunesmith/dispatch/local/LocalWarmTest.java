package io.tunesmith.dispatch.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.contract.Resources;
import io.tunesmith.dispatch.AttemptEnd;
import io.tunesmith.dispatch.Ending;
import io.tunesmith.dispatch.JobRef;
import io.tunesmith.dispatch.Refused;
import io.tunesmith.dispatch.Submission;
import io.tunesmith.dispatch.Where;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Slots, warm processes, and what they may see. */
class LocalWarmTest extends LocalScene {

    // Slots

    @Test
    void slotsAreNeverExceededAndAllAreFreeAtTheEnd() {
        start(settings());
        List<CompletableFuture<AttemptEnd>> ends = IntStream.range(0, 12)
                .mapToObj(i -> run("run-" + i % 2, "t" + i, i % 5 == 3 ? "kill" : "finish", 60, 30)).toList();
        List<AttemptEnd.Succeeded> succeeded = ends.stream().map(CompletableFuture::join).filter(AttemptEnd.Succeeded.class::isInstance).map(AttemptEnd.Succeeded.class::cast).toList();

        assertThat(succeeded).hasSize(10);
        for (AttemptEnd.Succeeded one : succeeded) {
            double start = one.result().facts().get("start");
            assertThat(succeeded).filteredOn(other -> other.result().facts().get("start") <= start && start < other.result().facts().get("end")).hasSizeLessThanOrEqualTo(2);
        }
        await("all are forgotten", () -> backend.ours().isEmpty());
        assertThat(ours().size()).isLessThanOrEqualTo(4);
    }

    @Test
    void withoutSlotsItRunsOnlyWhatMustNotLeaveThisMachine() {
        LocalSettings two = settings();
        start(new LocalSettings(0, two.command(), two.folder(), true, 1, MEMORY, two.idle(), true));
        CompletableFuture<AttemptEnd> training = run("run-a", "t0", "finish");

        assertThat(run("run-b", "profile", "finish", 0, 30, Where.HOME).join()).isInstanceOf(AttemptEnd.Succeeded.class);
        assertThat(training).isNotDone();
        assertThat(dispatcher.waits(key("t0"))).isPresent();
        dispatcher.cancel("run-a");
    }

    @Test
    void gpusAreRefused() {
        start(settings().cold());

        Assertions.assertThatThrownBy(() -> backend.submit(new Submission(key("t0"), root, new Resources(1, 1 << 30, 1, 1), "run-a"))).isInstanceOf(Refused.class).hasMessageContaining("GPU");
    }

    @Test
    void theSameKeyIsTheSameJob() throws Exception {
        start(settings().cold());
        run("run-a", "t0", "hang");
        await("it is launched", () -> !backend.find(key("t0")).isEmpty());
        JobRef job = backend.find(key("t0")).getFirst();

        assertThat(backend.submit(new Submission(key("t0"), folder("t0"), new Resources(0, 1 << 30, 1, 1), "run-a"))).isEqualTo(job);
        assertThat(ours()).hasSize(1);
        dispatcher.cancel("run-a");
    }

    // Warm

    @Test
    void aRunKeepsItsProcessesAndSharesThemWithNoOther() {
        start(settings());
        Set<Double> first = pids("run-a", 6);
        Set<Double> second = pids("run-b", 4);

        assertThat(first).hasSizeBetween(1, 2);
        assertThat(second).hasSizeBetween(1, 2).doesNotContainAnyElementsOf(first);
        dispatcher.release("run-a");
        await("the first run's processes end", () -> first.stream().noneMatch(pid -> alive(pid.longValue())));
        assertThat(pids("run-a", 1)).doesNotContainAnyElementsOf(first).doesNotContainAnyElementsOf(second);
    }

    @Test
    void processesStartedAheadServeTheFirstAttempts() {
        start(settings());
        backend.begin();
        await("two are started", () -> ours().size() == 2);
        Set<Long> ahead = ours();

        assertThat(ahead.stream().map(Long::doubleValue)).containsAll(pids("run-a", 4));
    }

    /** Field 19 of {@code /proc/PID/stat}, counted behind the name in brackets. */
    @Test
    void trainingWaitsForTheServiceAndNotTheOtherWayRound() throws IOException {
        start(settings());
        for (double pid : pids("run-a", 1)) {
            Path process = Path.of("/proc", Long.toString((long) pid));
            String stat = Files.readString(process.resolve("stat"));
            assertThat(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16]).as("nice").isEqualTo("5");
            if (Files.exists(process.resolve("autogroup"))) {
                assertThat(Files.readString(process.resolve("autogroup"))).contains("nice 5");
            }
        }
    }

    @Test
    void aKilledProcessIsReplacedAndItsAttemptRecordedOnce() {
        start(settings());
        Set<Double> before = pids("run-a", 1);
        CompletableFuture<AttemptEnd> end = run("run-a", "killed", "hang");
        await("it runs", () -> folder("killed").resolve("claim.json").toFile().exists());
        long pid = Traces.in(root.resolve("logs/jobs")).read(key("killed")).orElseThrow().process().pid();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();

        assertThat(end.join()).isInstanceOf(AttemptEnd.Failed.class);
        assertThat(before).contains((double) pid);
        await("another takes its place", () -> ours().size() == 2);
        assertThat(pids("run-a", 2)).doesNotContain((double) pid);
    }

    @Test
    void anIdleProcessThatDiedCostsTheNextAttemptNothing() {
        start(settings().withSpares(1));
        Set<Double> before = pids("run-a", 1);
        before.forEach(pid -> ProcessHandle.of(pid.longValue()).ifPresent(ProcessHandle::destroyForcibly));

        Ending ending = Ending.of(run("run-a", "next", "finish").join());
        assertThat(ending instanceof Ending.Complete || ending instanceof Ending.Retry).as("%s", ending).isTrue();
        assertThat(pids("run-a", 1)).doesNotContainAnyElementsOf(before);
    }

    @Test
    void idleProcessesEnd() {
        start(settings().withIdle(Duration.ofMillis(400)));
        assertThat(pids("run-a", 1)).hasSize(1);

        await("bound and unbound ones end", () -> ours().isEmpty());
        assertThat(pids("run-a", 1)).hasSize(1);
    }

    @Test
    void outputThatIsNotForUsEndsNothing() {
        start(settings());

        assertThat(run("run-a", "t0", "noise").join()).isInstanceOf(AttemptEnd.Succeeded.class);
        assertThat(pids("run-a", 1)).hasSize(1);
    }

    @Test
    void theServicesSecretsDoNotReachAProcess() throws IOException {
        start(settings());
        run("run-a", "t0", "environment").join();

        Set<String> names = Files.readString(folder("t0").resolve("i1/log.txt")).lines().map(line -> line.split("=")[0]).collect(Collectors.toSet());
        assertThat(names).isSubsetOf("PATH", "LANG", "LC_ALL", "TMPDIR", "HOME", "LD_LIBRARY_PATH", "OMP_NUM_THREADS", "OMP_WAIT_POLICY", "TUNESMITH_WORKER", "_", "PWD", "OLDPWD", "SHLVL");
        assertThat(names).contains("OMP_NUM_THREADS").doesNotContain("JAVA_HOME");
    }
}
