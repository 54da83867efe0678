package io.tunesmith.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.AttemptSpec;
import io.tunesmith.contract.Report;
import io.tunesmith.contract.Wire;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.core.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Cancelling, submitting with lost messages, and taking up what an earlier service began. */
class DispatcherLaunchTest extends DispatcherScene {

    // Cancelling

    @Test
    void cancellingFencesFirst() {
        CompletableFuture<AttemptEnd> end = run(work());
        claimed("a");
        dispatcher.cancel("run-a");

        assertThat(end.join()).isEqualTo(new AttemptEnd.Cancelled());
        assertThat(backend.cancels).containsExactly(KEY);
        assertThat(codeOf(() -> dispatcher.result(KEY, token(), finished(1, .9)))).isEqualTo(FailureCode.REFUSED);
        dispatcher.cancel("run-a");
        dispatcher.cancel(KEY);
        assertThat(backend.cancels).hasSize(1);
    }

    @Test
    void cancellingAnotherAffinityTouchesNothing() {
        CompletableFuture<AttemptEnd> end = run(work());
        dispatcher.cancel("run-b");

        assertThat(end).isNotDone();
    }

    @Test
    void cancelledWhileItIsSubmittedTheJobEndsToo() {
        backend.duringSubmit(() -> dispatcher.cancel("run-a"));
        CompletableFuture<AttemptEnd> end = run(work());

        assertThat(end.join()).isEqualTo(new AttemptEnd.Cancelled());
        assertThat(backend.cancels).containsExactly(KEY);
    }

    @Test
    void aCancelAndAResultAtOnceHaveOneWinner() throws Exception {
        for (int i = 0; i < 50; i++) {
            AttemptKey key = new AttemptKey("ts-race-t" + i + "-a1");
            CompletableFuture<AttemptEnd> end = run(work(key, Map.of(), Optional.of(Workers.CALLBACK)));
            String token = Files.readString(root.resolve(key.value()).resolve("token"));
            dispatcher.claim(key, token, claim("a", 0));
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                threads.submit(() -> dispatcher.cancel(key));
                threads.submit(() -> codeOf(() -> dispatcher.result(key, token, finished(1, .9))));
            }
            assertThat(end).isCompletedWithValue(store.find(key).flatMap(Attempt::end).orElseThrow());
        }
    }

    // Submitting

    @Test
    void aRefusedJobIsAFailureThatIsNotTriedAgain() {
        backend.refuse("no such GPU");

        assertThat(Ending.of(run(work()).join())).isEqualTo(new Ending.Failed("error", "no such GPU", Optional.empty()));
    }

    @Test
    void aSubmitWhoseReplyIsLostIsFoundAndNotSubmittedTwice() {
        backend.loseReplies(true);
        CompletableFuture<AttemptEnd> end = run(work());
        dispatcher.tick();
        assertThat(store.find(KEY).orElseThrow().state()).isEqualTo(Attempt.State.SUBMITTED);
        claimed("a");
        dispatcher.result(KEY, token(), finished(1, .9));

        assertThat(end.join()).isEqualTo(succeeded(.9));
        assertThat(backend.submits).hasSize(1);
    }

    @Test
    void aSubmitThatWasLostIsMadeAgainUnderTheSameKey() {
        backend.loseRequests(true);
        CompletableFuture<AttemptEnd> end = run(work());
        backend.loseRequests(false);
        dispatcher.tick();
        claimed("a");
        dispatcher.result(KEY, token(), finished(1, .9));

        assertThat(end.join()).isEqualTo(succeeded(.9));
        assertThat(backend.submits).containsExactly(KEY, KEY);
    }

    @Test
    void anEngineThatNeverAnswersIsGivenUp() {
        backend.reachable(false);
        CompletableFuture<AttemptEnd> end = run(work());
        tickAfter(Duration.ofSeconds(100));
        assertThat(end).isNotDone();
        tickAfter(Duration.ofSeconds(30));

        assertThat(Ending.of(end.join())).isInstanceOf(Ending.Retry.class);
    }

    @Test
    void runTwiceIsOneAttempt() {
        CompletableFuture<Attempt> first = dispatcher.run(work());
        CompletableFuture<Attempt> second = dispatcher.run(work());

        assertThat(second).isSameAs(first);
        assertThat(backend.submits).hasSize(1);
    }

    // Waiting

    @Test
    void whatWaitsSaysWhyAndHasLessTimeWhenItBegins() throws IOException {
        backend.full(true);
        CompletableFuture<AttemptEnd> end = run(new Dispatcher.Work(KEY, folder(), Workers.spec(KEY, Map.of(), LIMIT, Optional.of(Workers.CALLBACK)), Map.of(), "run-a", Where.ANYWHERE,
                clock.instant().plusSeconds(40), _ -> Report.Answer.GO_ON));
        assertThat(dispatcher.waits(KEY)).contains("all slots of fake are busy");
        assertThat(store.find(KEY)).isEmpty();
        tickAfter(Duration.ofSeconds(15));
        backend.full(false);
        dispatcher.tick();

        assertThat(dispatcher.waits(KEY)).isEmpty();
        assertThat(Wire.read(folder().resolve("spec.json"), AttemptSpec.class).resources().wallSeconds()).isEqualTo(25);
        claimed("a");
        tickAfter(Duration.ofSeconds(24));
        assertThat(end).isNotDone();
        tickAfter(Duration.ofSeconds(1));
        assertThat(end.join()).isEqualTo(new AttemptEnd.TimedOut(25));
    }

    @Test
    void whatIsCancelledWhileItWaitsIsRecordedAsCancelled() {
        backend.full(true);
        CompletableFuture<AttemptEnd> end = run(work());
        dispatcher.cancel("run-a");

        assertThat(end.join()).isEqualTo(new AttemptEnd.Cancelled());
        assertThat(store.find(KEY).flatMap(Attempt::end)).contains(new AttemptEnd.Cancelled());
        assertThat(backend.submits).isEmpty();
    }

    // Another service

    @Test
    void whatAnEarlierServiceBeganGoesOnAndItsReportsAreToldAgain() {
        dispatcher.run(work());
        claimed("a");
        dispatcher.events(KEY, token(), report(1, Workers.measured(1, .5)));
        told.clear();
        Dispatcher next = dispatcher();
        CompletableFuture<AttemptEnd> end = run(next, work());

        next.events(KEY, token(), report(1, Workers.measured(2, .6)));
        next.result(KEY, token(), finished(1, .9));
        assertThat(end.join()).isEqualTo(succeeded(.9));
        assertThat(told).extracting(WorkerEvent::seq).containsExactly(1L, 2L);
        assertThat(backend.submits).hasSize(1);
    }

    @Test
    void whatAnEarlierServiceIntendedAndTheEngineNeverGotIsSubmitted() {
        backend.loseRequests(true);
        dispatcher.run(work());
        backend.loseRequests(false);
        CompletableFuture<AttemptEnd> end = run(dispatcher(), work());

        assertThat(backend.runs(KEY)).isTrue();
        assertThat(end).isNotDone();
    }

    @Test
    void whatAnEarlierServiceBeganAndIsGoneIsTriedAgain() {
        dispatcher.run(work());
        claimed("a");
        backend.forgets(KEY);
        Dispatcher next = dispatcher();
        CompletableFuture<AttemptEnd> end = run(next, work());
        next.tick();
        clock.pass(Duration.ofSeconds(2));
        next.tick();

        assertThat(Ending.of(end.join())).isInstanceOf(Ending.Retry.class);
    }

    @Test
    void jobsOfEndedAttemptsAreSweptFromTheEngine() {
        dispatcher.run(work());
        claimed("a");
        store.conclude(KEY, 1, 0, new AttemptEnd.Cancelled(), clock.instant());
        Dispatcher next = dispatcher();
        next.tick();
        clock.pass(Duration.ofSeconds(11));
        next.tick();

        assertThat(backend.cancels).containsExactly(KEY);
    }
}
