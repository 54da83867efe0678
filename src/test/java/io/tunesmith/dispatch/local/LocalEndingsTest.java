package io.tunesmith.dispatch.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.contract.FailureCause;
import io.tunesmith.dispatch.Attempt;
import io.tunesmith.dispatch.AttemptEnd;
import io.tunesmith.dispatch.Ending;
import io.tunesmith.dispatch.JobRef;
import io.tunesmith.dispatch.LogChunk;
import io.tunesmith.dispatch.LogFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How processes of this machine end, and that nothing of them stays. */
class LocalEndingsTest extends LocalScene {

    // One process an attempt

    @Test
    void aColdProcessWorksOnOneAttemptAndEnds() {
        start(settings().cold());
        CompletableFuture<AttemptEnd> end = run("run-a", "t0", "finish");

        assertThat(end.join()).isInstanceOf(AttemptEnd.Succeeded.class);
        Attempt attempt = attempt("t0");
        assertThat(attempt.claimed().orElseThrow()).isBetween(attempt.intended(), attempt.started().orElseThrow());
        await("its process ends", () -> ours().isEmpty());
        await("the engine forgets it", () -> backend.ours().isEmpty());
    }

    @Test
    void aProcessThatKillsItselfIsOneFailureWithItsSignal() {
        start(settings().cold());

        assertThat(run("run-a", "t0", "kill").join()).isInstanceOfSatisfying(AttemptEnd.Failed.class, failed -> {
            assertThat(failed.cause()).isEqualTo(FailureCause.ERROR);
            assertThat(failed.message()).contains("signal 9");
        });
    }

    @Test
    void aProcessThatCrashesIsAFailureWithItsSignalSoon() {
        start(settings("-XX:ErrorFile=" + root.resolve("crash.log")).cold());
        long begin = System.nanoTime();

        assertThat(Ending.of(run("run-a", "t0", "segv").join())).isInstanceOfSatisfying(Ending.Failed.class, failed -> assertThat(failed.message()).containsAnyOf("signal 11", "signal 6"));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void anExitCodeIsAFailure() {
        start(settings().cold());

        assertThat(Ending.of(run("run-a", "t0", "three").join())).isInstanceOfSatisfying(Ending.Failed.class, failed -> assertThat(failed.message()).contains("exit code 3"));
    }

    @Test
    void aProcessWithoutMemoryIsInfeasible() {
        start(settings("-Xmx16m").cold());

        assertThat(Ending.of(run("run-a", "t0", "memory").join())).isInstanceOfSatisfying(Ending.Infeasible.class, infeasible -> assertThat(infeasible.reason()).isEqualTo("memory"));
    }

    @Test
    void aCrashBeforeTheClaimIsTriedAgain() {
        start(settings().cold());

        assertThat(Ending.of(run("run-a", "t0", "crash").join())).isInstanceOf(Ending.Retry.class);
    }

    @Test
    void aCommandThatDoesNotExistIsTriedAgain() {
        start(new LocalSettings(2, List.of("/no/such/java"), root.resolve("logs"), false, 0, 1 << 30, Duration.ofMinutes(1), true));

        assertThat(Ending.of(run("run-a", "t0", "finish").join())).isInstanceOf(Ending.Retry.class);
    }

    @Test
    void theHeapIsHalfOfTheMemoryThatTheAttemptMayUse() {
        start(settings().cold());

        assertThat(fact(run("run-a", "t0", "finish"), "heap")).isBetween(100.0 * (1 << 20), 130.0 * (1 << 20));
    }

    // Ending

    @Test
    void pastItsLimitEvenAProcessThatIgnoresTermEnds() {
        start(settings().cold());
        CompletableFuture<AttemptEnd> end = run("run-a", "t0", "stubborn", 0, .5);
        assertThat(end.join()).isEqualTo(new AttemptEnd.TimedOut(.5));
        JobRef job = backend.find(key("t0")).getFirst();
        backend.cancel(job, Duration.ofMillis(300));

        await("it is killed", () -> ours().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"children", "orphans", "fork"})
    void cancellingEndsTheProcessAndAllThatItStarted(String act) throws IOException {
        start(settings());
        CompletableFuture<AttemptEnd> end = run("run-a", "t0", act);
        Path log = folder("t0").resolve("i1/log.txt");
        await("it has started another", () -> Files.exists(log) && logged(log).strip().matches("\\d+"));
        long other = Long.parseLong(Files.readString(log).strip());
        assertThat(alive(other)).isTrue();
        dispatcher.cancel("run-a");

        assertThat(end.join()).isEqualTo(new AttemptEnd.Cancelled());
        await("the other is gone", () -> !alive(other));
    }

    @Test
    void nothingSurvivesAProcessThatIgnoresTermAndForksTwice() throws IOException {
        start(settings().cold());
        run("run-a", "t0", "stubbornfork", 0, 30);
        Path log = folder("t0").resolve("i1/log.txt");
        await("it has forked", () -> Files.exists(log) && logged(log).strip().matches("\\d+"));
        long other = Long.parseLong(Files.readString(log).strip());
        backend.cancel(backend.find(key("t0")).getFirst(), Duration.ofMillis(300));

        await("it is killed", () -> ours().isEmpty());
        await("what it forked is killed", () -> !alive(other));
    }

    @Test
    void aWaitingAttemptIsCancelledWithoutAProcess() {
        start(settings().cold());
        run("run-a", "t0", "hang");
        run("run-a", "t1", "hang");
        await("both run", () -> folder("t0").resolve("i1").toFile().exists() && folder("t1").resolve("i1").toFile().exists());
        CompletableFuture<AttemptEnd> end = run("run-a", "t2", "finish");
        assertThat(dispatcher.waits(key("t2"))).contains("all 2 slots of local are busy");
        dispatcher.cancel(key("t2"));

        assertThat(end.join()).isEqualTo(new AttemptEnd.Cancelled());
        assertThat(folder("t2").resolve("claim.json")).doesNotExist();
        dispatcher.cancel("run-a");
    }

    // Logs

    @Test
    void aLogIsReadInPiecesThatCutNoCharacter() throws IOException {
        Path log = root.resolve("log.txt");
        String text = "loss 0.5 — größer 日本 🎵 end";
        Files.writeString(log, text);
        for (int size = 4; size < 12; size++) {
            StringBuilder read = new StringBuilder();
            long from = 0;
            for (LogChunk chunk = LogFile.read(log, from, size); chunk.nextByte() > from; chunk = LogFile.read(log, from, size)) {
                read.append(chunk.text());
                from = chunk.nextByte();
            }
            assertThat(read.toString()).isEqualTo(text);
            assertThat(from).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
        }
    }
}
