package io.tunesmith.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.Claim;
import io.tunesmith.contract.FailureCause;
import io.tunesmith.contract.WorkerEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every memory of attempts must do. An adapter's test extends this and hands in an empty store, or one that holds other attempts. */
public abstract class AttemptStoreContract {
    protected static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final int RACERS = 8;
    private final AttemptKey key = new AttemptKey("ts-contract-" + Long.toString(System.nanoTime(), 36) + "-t0-a1");
    private AttemptStore store;

    protected abstract AttemptStore store();

    @BeforeEach
    void intended() {
        store = store();
        store.intend(key, 1, "run-a", "local", "hash", NOON);
    }

    @Test
    void theFirstIntentUnderAKeyStays() {
        Attempt again = store.intend(key, 2, "run-b", "local", "other hash", NOON.plusSeconds(9));

        assertThat(again.n()).isEqualTo(1);
        assertThat(again.affinity()).isEqualTo("run-a");
        assertThat(again.tokenHash()).isEqualTo("hash");
        assertThat(again.state()).isEqualTo(Attempt.State.INTENT);
        assertThat(again.intended()).isEqualTo(NOON);
        assertThat(store.find(key)).contains(again);
    }

    @Test
    void anUnknownKeyIsNotFoundNotClaimedNotHeardNotConcluded() {
        AttemptKey unknown = new AttemptKey(key + "0");

        assertThat(store.find(unknown)).isEmpty();
        assertThat(store.events(unknown)).isEmpty();
        assertThat(store.claim(unknown, claim("n", 0), NOON)).isInstanceOf(Claim.Answer.Refused.class);
        assertThat(store.heard(unknown, 1, 1, List.of(), NOON)).isEmpty();
        assertThat(store.conclude(unknown, 1, 0, new AttemptEnd.Cancelled(), NOON)).isEqualTo(Recording.FENCED);
        store.submitted(unknown, "7", NOON);
        store.suspect(unknown, NOON);
    }

    @Test
    void theTimesOfItsLifeAreKept() {
        store.submitted(key, "engine-7", NOON.plusSeconds(1));
        granted("a", 0, NOON.plusSeconds(2));
        store.heard(key, 1, 1, List.of(new WorkerEvent.Started(1, .1)), NOON.plusSeconds(3));
        store.heard(key, 1, 1, List.of(new WorkerEvent.Heartbeat(2, 5)), NOON.plusSeconds(8));

        Attempt attempt = found();
        assertThat(attempt.engineId()).contains("engine-7");
        assertThat(attempt.claimed()).contains(NOON.plusSeconds(2));
        assertThat(attempt.started()).contains(NOON.plusSeconds(3));
        assertThat(attempt.heard()).isEqualTo(NOON.plusSeconds(8));
        assertThat(attempt.state()).isEqualTo(Attempt.State.RUNNING);
    }

    @Test
    void wordThatTheEngineTookItMayComeAfterTheClaim() {
        granted("a", 0, NOON);
        store.submitted(key, "engine-7", NOON.plusSeconds(1));

        assertThat(found().state()).isEqualTo(Attempt.State.CLAIMED);
        assertThat(found().engineId()).contains("engine-7");
    }

    @Test
    void theSameNonceIsTheSameClaimAndAnotherIsRefused() {
        assertThat(store.claim(key, claim("a", 0), NOON)).isEqualTo(new Claim.Answer.Granted(1));
        assertThat(store.claim(key, claim("a", 0), NOON.plusSeconds(1))).isEqualTo(new Claim.Answer.Granted(1));
        assertThat(store.claim(key, claim("b", 0), NOON.plusSeconds(2))).isInstanceOf(Claim.Answer.Refused.class);
        assertThat(found().incarnation()).isEqualTo(1);
    }

    @Test
    void aClaimOfAnotherNumberIsRefused() {
        assertThat(store.claim(key, new Claim(2, "a", "node", 1, 0), NOON)).isInstanceOf(Claim.Answer.Refused.class);
    }

    @Test
    void aRestartByTheEngineFencesTheOlderProcess() {
        granted("a", 0, NOON);
        heard(1, new WorkerEvent.Started(1, 0));

        assertThat(store.claim(key, claim("b", 1), NOON)).isEqualTo(new Claim.Answer.Granted(2));
        assertThat(found().state()).isEqualTo(Attempt.State.CLAIMED);
        assertThat(store.heard(key, 1, 1, List.of(measured(2, 1)), NOON)).isEmpty();
        assertThat(store.conclude(key, 1, 1, succeeded(.9), NOON)).isEqualTo(Recording.FENCED);
        assertThat(store.claim(key, claim("a", 0), NOON)).isInstanceOf(Claim.Answer.Refused.class);
        assertThat(store.conclude(key, 1, 2, succeeded(.8), NOON)).isEqualTo(Recording.RECORDED);
    }

    @Test
    void anEventIsRecordedOnceInAnyOrderHoweverOftenItComes() {
        granted("a", 0, NOON);

        assertThat(heard(1, measured(2, 2), measured(3, 3))).extracting(WorkerEvent::seq).containsExactly(2L, 3L);
        assertThat(heard(1, new WorkerEvent.Started(1, 0), measured(2, 2), measured(4, 4))).extracting(WorkerEvent::seq).containsExactly(1L, 4L);
        assertThat(heard(1, measured(3, 3))).isEmpty();
        assertThat(store.events(key)).extracting(heard -> heard.event().seq()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(store.events(key)).extracting(Heard::event).contains(measured(2, 2));
    }

    @Test
    void anotherContentUnderANumberThatIsTakenIsIgnored() {
        granted("a", 0, NOON);
        heard(1, measured(1, 1));

        assertThat(heard(1, new WorkerEvent.Heartbeat(1, 0))).isEmpty();
        assertThat(store.events(key)).extracting(Heard::event).containsExactly(measured(1, 1));
    }

    @Test
    void wordFromASuspectClearsIt() {
        store.submitted(key, "7", NOON);
        granted("a", 0, NOON);
        heard(1, new WorkerEvent.Started(1, 0));
        store.suspect(key, NOON.plusSeconds(20));
        assertThat(found().state()).isEqualTo(Attempt.State.SUSPECT);

        heard(1, new WorkerEvent.Heartbeat(2, 21));
        assertThat(found().state()).isEqualTo(Attempt.State.RUNNING);
    }

    @Test
    void theSameEndAgainIsTheSameAndAnotherIsAConflict() {
        granted("a", 0, NOON);

        assertThat(store.conclude(key, 1, 1, succeeded(.9), NOON)).isEqualTo(Recording.RECORDED);
        assertThat(store.conclude(key, 1, 1, succeeded(.9), NOON.plusSeconds(60))).isEqualTo(Recording.SAME_AGAIN);
        assertThat(store.conclude(key, 1, 1, succeeded(.8), NOON)).isEqualTo(Recording.CONFLICT);
        assertThat(store.conclude(key, 1, 0, new AttemptEnd.Cancelled(), NOON)).isEqualTo(Recording.CONFLICT);
        assertThat(store.conclude(key, 2, 1, succeeded(.9), NOON)).isEqualTo(Recording.FENCED);
        assertThat(found().end()).contains(succeeded(.9));
        assertThat(found().state()).isEqualTo(Attempt.State.SUCCEEDED);
    }

    @Test
    void everyKindOfEndIsKeptAsItIs() {
        List<AttemptEnd> ends = List.of(succeeded(.1 + .2), new AttemptEnd.Failed(FailureCause.MEMORY, "out of memory: ünïcode", OptionalInt.of(137)),
                new AttemptEnd.Failed(FailureCause.ERROR, "", OptionalInt.empty()), new AttemptEnd.Lost(AttemptView.Cause.NODE_LOST, "gone"), new AttemptEnd.TimedOut(12.5), new AttemptEnd.Cancelled());
        for (AttemptEnd end : ends) {
            AttemptKey one = new AttemptKey(key + "-" + ends.indexOf(end));
            store.intend(one, 1, "run-a", "local", "hash", NOON);

            assertThat(store.conclude(one, 1, 0, end, NOON)).isEqualTo(Recording.RECORDED);
            assertThat(store.conclude(one, 1, 0, end, NOON)).isEqualTo(Recording.SAME_AGAIN);
            assertThat(store.find(one).flatMap(Attempt::end)).contains(end);
            assertThat(store.find(one).map(Attempt::state)).contains(Attempt.State.after(end));
        }
    }

    @Test
    void afterTheEndNothingMoves() {
        store.submitted(key, "7", NOON);
        granted("a", 0, NOON);
        store.conclude(key, 1, 0, new AttemptEnd.TimedOut(3), NOON);
        Attempt ended = found();

        assertThat(store.heard(key, 1, 1, List.of(measured(1, 1)), NOON)).isEmpty();
        assertThat(store.claim(key, claim("a", 0), NOON)).isInstanceOf(Claim.Answer.Refused.class);
        assertThat(store.claim(key, claim("b", 5), NOON)).isInstanceOf(Claim.Answer.Refused.class);
        store.submitted(key, "8", NOON);
        store.suspect(key, NOON);
        store.intend(key, 1, "run-a", "local", "hash", NOON);

        assertThat(found()).isEqualTo(ended);
        assertThat(store.events(key)).isEmpty();
        assertThat(store.open()).extracting(Attempt::key).doesNotContain(key);
    }

    @Test
    void openAttemptsAreListedOldestFirst() {
        AttemptKey older = new AttemptKey(key + "-older");
        store.intend(older, 1, "run-a", "local", "hash", NOON.minusSeconds(5));

        assertThat(store.open()).extracting(Attempt::key).containsSubsequence(older, key);
    }

    @Test
    void ofManyClaimsAtOnceOneIsGranted() throws Exception {
        List<Claim.Answer> answers = race(i -> store.claim(key, claim("nonce " + i, 0), NOON));

        assertThat(answers).filteredOn(Claim.Answer.Granted.class::isInstance).containsExactly(new Claim.Answer.Granted(1));
    }

    @Test
    void ofManyEndsAtOnceOneIsRecorded() throws Exception {
        granted("a", 0, NOON);
        List<Recording> recordings = race(i -> store.conclude(key, 1, i % 2, succeeded(i), NOON));

        assertThat(recordings).filteredOn(Recording.RECORDED::equals).hasSize(1);
        assertThat(recordings).filteredOn(Recording.CONFLICT::equals).hasSize(RACERS - 1);
    }

    @Test
    void ofManyReportsOfOneEventAtOnceOneIsNew() throws Exception {
        granted("a", 0, NOON);
        List<Integer> fresh = race(_ -> store.heard(key, 1, 1, List.of(measured(1, 1)), NOON).orElseThrow().size());

        assertThat(fresh.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1);
    }

    private interface Racer<T> {
        T run(int number);
    }

    private static <T> List<T> race(Racer<T> racer) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(RACERS)) {
            List<Callable<T>> all = IntStream.range(0, RACERS).<Callable<T>>mapToObj(i -> () -> racer.run(i)).toList();
            List<T> results = new java.util.ArrayList<>();
            for (Future<T> future : threads.invokeAll(all)) {
                results.add(future.get());
            }
            return results;
        }
    }

    private void granted(String nonce, int restarts, Instant at) {
        assertThat(store.claim(key, claim(nonce, restarts), at)).isInstanceOf(Claim.Answer.Granted.class);
    }

    private List<WorkerEvent> heard(int incarnation, WorkerEvent... events) {
        return store.heard(key, 1, incarnation, Stream.of(events).toList(), NOON.plusSeconds(30)).orElseThrow();
    }

    private Attempt found() {
        return store.find(key).orElseThrow();
    }

    private static Claim claim(String nonce, int restarts) {
        return new Claim(1, nonce, "node", 17, restarts);
    }

    private static WorkerEvent measured(long seq, long step) {
        return new WorkerEvent.Measured(seq, step, new TreeMap<>(Map.of("accuracy", .5)), 1, 0, 1 << 20);
    }

    private static AttemptEnd succeeded(double value) {
        return new AttemptEnd.Succeeded(new WorkerEvent.Result(new TreeMap<>(Map.of("accuracy", value)), new TreeMap<>(Map.of("rounds", 12.0)),
                new TreeMap<>(Map.of("model", new WorkerEvent.Artifact("model", "ab".repeat(32)))), List.of("a note"), false, 1.5, 0, 1 << 20));
    }
}
