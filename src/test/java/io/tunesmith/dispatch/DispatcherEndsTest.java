package io.tunesmith.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.FailureCause;
import io.tunesmith.contract.Wire;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.core.FailureCode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Attempts that end without a report, past their limit, or that report by file alone. */
class DispatcherEndsTest extends DispatcherScene {

    // Ends without a report

    @Test
    void aKilledProcessIsAFailureWithItsSignalAfterAGrace() {
        CompletableFuture<AttemptEnd> end = run(work());
        claimed("a");
        backend.ends(KEY, AttemptView.Cause.SIGNAL, 137);
        dispatcher.tick();
        assertThat(end).isNotDone();
        tickAfter(Duration.ofSeconds(1));

        assertThat(end.join()).isInstanceOfSatisfying(AttemptEnd.Failed.class, failed -> {
            assertThat(failed.cause()).isEqualTo(FailureCause.ERROR);
            assertThat(failed.message()).contains("signal 9");
            assertThat(failed.exitCode()).isEqualTo(OptionalInt.of(137));
        });
        assertThat(codeOf(() -> dispatcher.result(KEY, token(), finished(1, .9)))).as("too late").isEqualTo(FailureCode.REFUSED);
        tickAfter(Duration.ofSeconds(1));
        assertThat(backend.knows(KEY)).as("the engine may forget it").isFalse();
    }

    @Test
    void aLateResultWithinTheGraceWins() {
        CompletableFuture<AttemptEnd> end = run(work());
        claimed("a");
        backend.ends(KEY, AttemptView.Cause.EXIT, 1);
        dispatcher.tick();
        dispatcher.result(KEY, token(), finished(1, .9));
        tickAfter(Duration.ofSeconds(5));

        assertThat(end.join()).isEqualTo(succeeded(.9));
    }

    @Test
    void aResultStaysThoughTheEngineSaysFailed() {
        CompletableFuture<AttemptEnd> end = run(work());
        claimed("a");
        dispatcher.result(KEY, token(), finished(1, .9));
        backend.ends(KEY, AttemptView.Cause.EXIT, 1);
        tickAfter(Duration.ofSeconds(5));

        assertThat(end.join()).isEqualTo(succeeded(.9));
        assertThat(store.find(KEY).orElseThrow().state()).isEqualTo(Attempt.State.SUCCEEDED);
    }

    @Test
    void aResultFileCountsAtOnceAndThePostedSameLaterIsTheSame() {
        CompletableFuture<AttemptEnd> end = run(work());
        claimed("a");
        write("metrics.jsonl", Wire.write(Workers.measured(1, .5)) + "\n" + Wire.write(Workers.measured(2, .6)) + "\n{\"type\":\"met");
        dispatcher.events(KEY, token(), report(1, Workers.measured(1, .5)));
        Workers.leave(folder().resolve("i1").resolve("result.json"), failed(1, FailureCause.MEMORY, "heap"));
        write("exit", "1\n");
        backend.ends(KEY, AttemptView.Cause.EXIT, 1);
        dispatcher.tick();

        assertThat(Ending.of(end.join())).isEqualTo(new Ending.Infeasible("memory", "heap"));
        assertThat(told).as("unposted reports are recorded first, each once").extracting(WorkerEvent::seq).containsExactly(1L, 2L);
        dispatcher.result(KEY, token(), failed(1, FailureCause.MEMORY, "heap"));
    }

    @Test
    void aResultFileOfAnotherIncarnationDoesNotCount() {
        CompletableFuture<AttemptEnd> end = run(work());
        claimed("a");
        dispatcher.claim(KEY, token(), claim("b", 1));
        Workers.leave(folder().resolve("i1").resolve("result.json"), finished(1, .1));
        backend.ends(KEY, AttemptView.Cause.SIGNAL, 139);
        dispatcher.tick();
        tickAfter(Duration.ofSeconds(1));

        assertThat(end.join()).isInstanceOf(AttemptEnd.Failed.class);
    }

    @Test
    void anEndWithoutResultIsReadFromLogExitCodeAndTheEnginesWord() {
        assertThat(endOf("java.lang.OutOfMemoryError: Java heap space", AttemptView.Cause.EXIT, 1)).isEqualTo("infeasible memory");
        assertThat(endOf("", AttemptView.Cause.OOM, 137)).isEqualTo("infeasible memory");
        assertThat(endOf("write: No space left on device", AttemptView.Cause.EXIT, 1)).isEqualTo("failed disk_full");
        assertThat(endOf("", AttemptView.Cause.EXIT, 3)).isEqualTo("failed error");
        assertThat(endOf("", AttemptView.Cause.OK, 0)).as("no result, though the engine says fine").isEqualTo("failed error");
        assertThat(endOf("", AttemptView.Cause.TIME_LIMIT, 0)).isEqualTo("infeasible time");
        assertThat(endOf("", AttemptView.Cause.NODE_LOST, 0)).isEqualTo("retry");
        assertThat(endOf("", AttemptView.Cause.PREEMPTED, 0)).isEqualTo("retry");
        assertThat(endOf("", AttemptView.Cause.NOT_STARTED, 127)).isEqualTo("retry");
        assertThat(endOf("", AttemptView.Cause.SIGNAL, 143)).as("a TERM that is not ours").isEqualTo("retry");
        assertThat(endOf("", AttemptView.Cause.EXIT, 75)).as("refused").isEqualTo("retry");
    }

    @Test
    void aProcessThatEndsBeforeItsClaimIsTriedAgain() {
        CompletableFuture<AttemptEnd> end = run(work());
        backend.ends(KEY, AttemptView.Cause.EXIT, 1);
        dispatcher.tick();
        tickAfter(Duration.ofSeconds(1));

        assertThat(Ending.of(end.join())).isInstanceOf(Ending.Retry.class);
        assertThat(store.find(KEY).orElseThrow().state()).isEqualTo(Attempt.State.FENCED);
    }

    @Test
    void aJobThatIsGoneIsTriedAgainButOnlyIfTheEngineAnswered() {
        CompletableFuture<AttemptEnd> end = run(work());
        claimed("a");
        backend.reachable(false);
        backend.forgets(KEY);
        tickAfter(Duration.ofSeconds(30));
        tickAfter(Duration.ofSeconds(10));
        assertThat(end).as("unreachable is not gone").isNotDone();
        backend.reachable(true);
        dispatcher.tick();
        tickAfter(Duration.ofSeconds(1));

        assertThat(Ending.of(end.join())).isInstanceOf(Ending.Retry.class);
    }

    // Time

    @Test
    void pastItsLimitItIsEndedAndItsLateResultRefused() {
        CompletableFuture<AttemptEnd> end = run(work());
        claimed("a");
        tickAfter(Duration.ofSeconds(59));
        assertThat(end).isNotDone();
        tickAfter(Duration.ofSeconds(1));

        assertThat(end.join()).isEqualTo(new AttemptEnd.TimedOut(LIMIT));
        assertThat(backend.cancels).containsExactly(KEY);
        assertThat(codeOf(() -> dispatcher.result(KEY, token(), finished(1, .9)))).isEqualTo(FailureCode.REFUSED);
        tickAfter(Duration.ofSeconds(11));
        assertThat(backend.cancels).as("asked again while it lingers").containsExactly(KEY, KEY);
    }

    @Test
    void theLimitHoldsWhileTheEngineIsSilent() {
        CompletableFuture<AttemptEnd> end = run(work());
        claimed("a");
        backend.reachable(false);
        tickAfter(Duration.ofSeconds(61));

        assertThat(end.join()).isEqualTo(new AttemptEnd.TimedOut(LIMIT));
    }

    @Test
    void missingHeartbeatsMakeItSuspectAndNothingMore() {
        CompletableFuture<AttemptEnd> end = run(work());
        claimed("a");
        tickAfter(Duration.ofSeconds(16));
        assertThat(store.find(KEY).orElseThrow().state()).isEqualTo(Attempt.State.SUSPECT);
        tickAfter(Duration.ofSeconds(16));
        assertThat(end).isNotDone();
        dispatcher.events(KEY, token(), report(1, new WorkerEvent.Started(1, 30)));
        assertThat(store.find(KEY).orElseThrow().state()).isEqualTo(Attempt.State.RUNNING);
    }

    @Test
    void aProcessThatReportsIsNotLostWithItsMachine() {
        CompletableFuture<AttemptEnd> end = run(work());
        claimed("a");
        backend.ends(KEY, AttemptView.Cause.NODE_LOST, 0);
        tickAfter(Duration.ofSeconds(5));
        tickAfter(Duration.ofSeconds(5));
        assertThat(end).isNotDone();
        dispatcher.events(KEY, token(), report(1, Workers.measured(1, .5)));
        tickAfter(Duration.ofSeconds(14));
        assertThat(end).isNotDone();
        tickAfter(Duration.ofSeconds(2));

        assertThat(end.join()).isInstanceOfSatisfying(AttemptEnd.Lost.class, lost -> assertThat(lost.cause()).isEqualTo(AttemptView.Cause.NODE_LOST));
    }

    @Test
    void aProcessThatDoesNotClaimIsGivenUp() {
        CompletableFuture<AttemptEnd> end = run(work());
        dispatcher.tick();
        tickAfter(Duration.ofSeconds(119));
        assertThat(end).isNotDone();
        tickAfter(Duration.ofSeconds(2));

        assertThat(Ending.of(end.join())).isInstanceOf(Ending.Retry.class);
        assertThat(backend.cancels).containsExactly(KEY);
    }

    // Without HTTP

    @Test
    void aProcessThatReportsByFileAloneIsClaimedHeardAndConcluded() {
        CompletableFuture<AttemptEnd> end = run(work(Map.of(), Optional.empty()));
        dispatcher.tick();
        write("claim.json", Wire.write(claim("a", 0)));
        write("metrics.jsonl", Wire.write(new WorkerEvent.Started(1, .1)) + "\n" + Wire.write(Workers.measured(2, .5)).substring(0, 20));
        tickAfter(Duration.ofSeconds(1));
        assertThat(told).hasSize(1);
        assertThat(store.find(KEY).orElseThrow().state()).isEqualTo(Attempt.State.RUNNING);
        write("metrics.jsonl", Wire.write(Workers.measured(2, .5)).substring(20) + "\n");
        tickAfter(Duration.ofSeconds(14));
        assertThat(told).containsExactly(new WorkerEvent.Started(1, .1), Workers.measured(2, .5));
        tickAfter(Duration.ofSeconds(14));
        assertThat(store.find(KEY).orElseThrow().state()).as("lines in the file are signs of life").isEqualTo(Attempt.State.RUNNING);

        Workers.leave(folder().resolve("i1").resolve("result.json"), finished(1, .9));
        backend.ends(KEY, AttemptView.Cause.OK, 0);
        dispatcher.tick();
        assertThat(end.join()).isEqualTo(succeeded(.9));
    }

    @Test
    void aFaultInOneAttemptsListenerLeavesTheOthersAlone() {
        AttemptKey bad = new AttemptKey("ts-bad-t0-a1");
        dispatcher.run(new Dispatcher.Work(bad, root.resolve(bad.value()), Workers.spec(bad, Map.of(), LIMIT, Optional.empty()), Map.of(), "run-a", Where.ANYWHERE, _ -> {
            throw new IllegalStateException("a listener's fault");
        }));
        write(root.resolve(bad.value()), "claim.json", Wire.write(claim("a", 0)));
        write(root.resolve(bad.value()), "metrics.jsonl", Wire.write(new WorkerEvent.Started(1, .1)) + "\n");
        CompletableFuture<AttemptEnd> end = run(work());
        claimed("a");
        tickAfter(Duration.ofSeconds(61));

        assertThat(end.join()).isEqualTo(new AttemptEnd.TimedOut(LIMIT));
    }
}
