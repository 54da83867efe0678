package io.tunesmith.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.Report;
import io.tunesmith.contract.Wire;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.core.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults that need no process: what comes twice, late, in the wrong order, in the wrong numbers, at the wrong time. */
class DispatcherFaultsTest extends DispatcherScene {
    private static final List<WorkerEvent> SAID = List.of(new WorkerEvent.Started(1, .1), Workers.measured(2, .5), Workers.measured(3, .6), Workers.measured(4, .7), new WorkerEvent.Heartbeat(5, 5));

    // Order

    @Test
    void inWhateverOrderAndHoweverOftenReportsComeTheRowsAreTheSame() throws IOException {
        List<List<WorkerEvent>> orders = permutations(SAID);
        assertThat(orders).hasSize(120);
        Random random = new Random(7);
        for (int i = 0; i < orders.size(); i++) {
            told.clear();
            AttemptKey key = new AttemptKey("ts-order-t" + i + "-a1");
            CompletableFuture<AttemptEnd> end = run(work(key, Map.of(), Optional.of(Workers.CALLBACK)));
            String token = Files.readString(root.resolve(key.value()).resolve("token"));
            dispatcher.claim(key, token, claim("a", 0));
            List<WorkerEvent> sent = new ArrayList<>(orders.get(i));
            sent.addAll(sent.subList(0, 1 + random.nextInt(SAID.size())));
            for (int from = 0; from < sent.size();) {
                int to = Math.min(sent.size(), from + 1 + random.nextInt(3));
                dispatcher.events(key, token, report(1, sent.subList(from, to).toArray(WorkerEvent[]::new)));
                from = to;
            }
            dispatcher.result(key, token, finished(1, .9));
            dispatcher.result(key, token, finished(1, .9));
            assertThat(codeOf(() -> dispatcher.events(key, token, report(1, Workers.measured(3, .1))))).as("delayed past the end").isEqualTo(FailureCode.REFUSED);

            assertThat(store.events(key)).as("order %s", orders.get(i)).extracting(Heard::event).containsExactlyElementsOf(SAID);
            assertThat(told).as("each is told once").containsExactlyInAnyOrderElementsOf(SAID);
            assertThat(end.join()).isEqualTo(succeeded(.9));
        }
    }

    private static <T> List<List<T>> permutations(List<T> all) {
        if (all.isEmpty()) {
            return List.of(List.of());
        }
        return all.stream().flatMap(first -> {
            List<T> rest = new ArrayList<>(all);
            rest.remove(first);
            return permutations(rest).stream().map(tail -> Stream.concat(Stream.of(first), tail.stream()).toList());
        }).toList();
    }

    // A fenced attempt

    @Test
    void aLateResultOfAFencedAttemptIsRefusedAndKeptInItsFolderAlone() {
        CompletableFuture<AttemptEnd> end = run(work());
        claimed("a");
        backend.ends(KEY, AttemptView.Cause.NODE_LOST, 0);
        dispatcher.tick();
        tickAfter(Duration.ofSeconds(16));
        assertThat(store.find(KEY).orElseThrow().state()).isEqualTo(Attempt.State.FENCED);
        Workers.leave(folder().resolve("i1/result.json"), finished(1, .99));

        assertThat(codeOf(() -> dispatcher.result(KEY, token(), finished(1, .99)))).isEqualTo(FailureCode.REFUSED);
        assertThat(codeOf(() -> dispatcher.events(KEY, token(), report(1, Workers.measured(1, .99))))).isEqualTo(FailureCode.REFUSED);
        tickAfter(Duration.ofSeconds(30));
        assertThat(Ending.of(end.join())).isInstanceOf(Ending.Retry.class);
        assertThat(Ending.of(store.find(KEY).flatMap(Attempt::end).orElseThrow())).isInstanceOf(Ending.Retry.class);
        assertThat(store.events(KEY)).isEmpty();
        assertThat(folder().resolve("i1/result.json")).as("evidence").exists();
    }

    @Test
    void aTornResultFileIsNoResult() {
        CompletableFuture<AttemptEnd> end = run(work());
        claimed("a");
        String whole = Wire.write(finished(1, .9));
        write("result.json", whole.substring(0, whole.length() / 2));
        backend.ends(KEY, AttemptView.Cause.EXIT, 1);
        dispatcher.tick();
        tickAfter(Duration.ofSeconds(1));

        assertThat(Ending.of(end.join())).isInstanceOf(Ending.Failed.class);
    }

    // Numbers

    @Test
    void aNumberTooLargeForADoubleIsNotFinite() {
        CompletableFuture<AttemptEnd> end = run(work());
        claimed("a");
        String text = Wire.write(report(1, Workers.measured(1, .5))).replace("0.5", "1e400");

        assertThat(dispatcher.events(KEY, token(), Wire.read(text, Report.class)).stop()).isTrue();
        assertThat(Ending.of(end.join())).isInstanceOfSatisfying(Ending.Infeasible.class, infeasible -> assertThat(infeasible.reason()).isEqualTo("not_finite"));
        assertThat(store.events(KEY)).isEmpty();
    }

    @Test
    void aMillionPointsAreTooManyAndTheResultCountsAllTheSame() {
        CompletableFuture<AttemptEnd> end = run(work());
        claimed("a");
        int taken = 0;
        for (int batch = 0; batch < 1000; batch++) {
            int from = 1 + batch * 1000;
            WorkerEvent[] events = IntStream.range(from, from + 1000).mapToObj(seq -> Workers.measured(seq, .5)).toArray(WorkerEvent[]::new);
            taken += codeOf(() -> dispatcher.events(KEY, token(), report(1, events))) == FailureCode.TOO_LARGE ? 0 : 1000;
        }

        assertThat(taken).isEqualTo(AttemptFolder.MOST_EVENTS);
        assertThat(store.events(KEY)).hasSize(AttemptFolder.MOST_EVENTS);
        dispatcher.result(KEY, token(), new io.tunesmith.contract.Outcome(1, 1, new WorkerEvent.Finished(1_000_001, Workers.result(.9, false))));
        assertThat(end.join()).isEqualTo(succeeded(.9));
    }

    // Clocks

    @Test
    void aWorkersClockDecidesNothing() {
        CompletableFuture<AttemptEnd> end = run(work());
        claimed("a");
        for (double skew : new double[] {3600, -3600}) {
            TreeMap<String, Double> value = new TreeMap<>(Map.of("accuracy", .5));
            dispatcher.events(KEY, token(), report(1, new WorkerEvent.Measured(skew > 0 ? 1 : 2, 1, value, skew, 0, 1)));
            tickAfter(Duration.ofSeconds(10));
            assertThat(end).isNotDone();
            assertThat(store.find(KEY).orElseThrow().heard()).isEqualTo(clock.instant().minusSeconds(10));
        }
        tickAfter(Duration.ofSeconds(39));
        assertThat(end).isNotDone();
        tickAfter(Duration.ofSeconds(1));
        assertThat(end.join()).as("its limit is by our clock").isEqualTo(new AttemptEnd.TimedOut(LIMIT));
    }

    // Cancelling

    /** States in which a cancel may meet an attempt, and how it gets there. */
    enum Met {
        INTENT(scene -> scene.backend.loseRequests(true), _ -> { }),
        SUBMITTED(_ -> { }, _ -> { }),
        CLAIMED(_ -> { }, scene -> scene.claimed("a")),
        RUNNING(_ -> { }, scene -> {
            scene.claimed("a");
            scene.dispatcher.events(KEY, scene.token(), report(1, new WorkerEvent.Started(1, .1)));
        }),
        SUSPECT(_ -> { }, scene -> {
            scene.claimed("a");
            scene.tickAfter(Duration.ofSeconds(16));
        });

        private final Consumer<DispatcherFaultsTest> before;
        private final Consumer<DispatcherFaultsTest> after;

        Met(Consumer<DispatcherFaultsTest> before, Consumer<DispatcherFaultsTest> after) {
            this.before = before;
            this.after = after;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCancelEndsAnAttemptInEachStateAndItsJobWithIt(Met state) {
        state.before.accept(this);
        CompletableFuture<AttemptEnd> end = run(work());
        state.after.accept(this);
        assertThat(store.find(KEY).orElseThrow().state().name()).isEqualTo(state.name());
        dispatcher.cancel("run-a");

        assertThat(end.join()).isEqualTo(new AttemptEnd.Cancelled());
        backend.loseRequests(false);
        assertThat(codeOf(() -> dispatcher.result(KEY, token(), finished(1, .9)))).isEqualTo(FailureCode.REFUSED);
        for (int second = 0; second < 50 && !backend.jobsLeft().isEmpty(); second++) {
            backend.endCancelled();
            tickAfter(Duration.ofSeconds(1));
        }
        assertThat(backend.jobsLeft()).as("gone within its grace and 30 s").isEmpty();
        assertThat(backend.submits).hasSize(1);
    }

    @Test
    void aCancelAfterTheEndChangesNothing() {
        CompletableFuture<AttemptEnd> end = run(work());
        claimed("a");
        dispatcher.result(KEY, token(), finished(1, .9));
        dispatcher.cancel("run-a");
        dispatcher.cancel(KEY);

        assertThat(end.join()).isEqualTo(succeeded(.9));
        assertThat(backend.cancels).isEmpty();
    }

    // Ends from outside

    @Test
    void aPreemptedAttemptIsTriedAgainAndATimeLimitIsNot() {
        assertThat(endOf("", AttemptView.Cause.PREEMPTED, 143)).isEqualTo("retry");
        assertThat(endOf("", AttemptView.Cause.SIGNAL, 137)).isEqualTo("retry");
        assertThat(endOf("", AttemptView.Cause.TIME_LIMIT, 0)).isEqualTo("infeasible time");
    }
}
