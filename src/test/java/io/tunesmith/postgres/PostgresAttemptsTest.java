package io.tunesmith.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tunesmith.app.ServiceTestProfile;
import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.Claim;
import io.tunesmith.contract.FailureCause;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.core.Ids;
import io.tunesmith.dispatch.Attempt;
import io.tunesmith.dispatch.AttemptEnd;
import io.tunesmith.dispatch.AttemptStore;
import io.tunesmith.dispatch.Heard;
import io.tunesmith.dispatch.Recording;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Claims, fencing and the one recording, on a real PostgreSQL. */
@QuarkusTest
@TestProfile(ServiceTestProfile.class)
class PostgresAttemptsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private final AttemptStore store;
    private final Ids ids;

    PostgresAttemptsTest(AttemptStore store, Ids ids) {
        this.store = store;
        this.ids = ids;
    }

    @Test
    void theFirstIntentStays() {
        AttemptKey key = key();
        Attempt first = store.intend(key, 1, "run", "local", "hash", NOW);
        assertThat(store.intend(key, 2, "other", "local", "hash2", NOW.plusSeconds(1))).isEqualTo(first);
        assertThat(first.state()).isEqualTo(Attempt.State.INTENT);
        assertThat(store.open()).contains(first);
        store.submitted(key, "4711", NOW.plusSeconds(2));
        assertThat(store.find(key).orElseThrow().engineId()).contains("4711");
        assertThat(store.find(key).orElseThrow().state()).isEqualTo(Attempt.State.SUBMITTED);
    }

    @Test
    void ofManyProcessesOneIsGranted() throws Exception {
        AttemptKey key = submitted();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Claim.Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Claim claim = claim("nonce" + i, 0);
                answers.add(threads.submit(() -> store.claim(key, claim, NOW)));
            }
            int granted = 0;
            for (Future<Claim.Answer> answer : answers) {
                granted += answer.get() instanceof Claim.Answer.Granted ? 1 : 0;
            }
            assertThat(granted).isEqualTo(1);
        }
    }

    @Test
    void theSameNonceAgainIsTheSameClaimAndARestartFencesTheOlder() {
        AttemptKey key = submitted();
        assertThat(store.claim(key, claim("a", 0), NOW)).isEqualTo(new Claim.Answer.Granted(1));
        assertThat(store.claim(key, claim("a", 0), NOW)).isEqualTo(new Claim.Answer.Granted(1));
        assertThat(store.claim(key, claim("b", 0), NOW)).isInstanceOf(Claim.Answer.Refused.class);
        assertThat(store.claim(key, claim("b", 1), NOW)).isEqualTo(new Claim.Answer.Granted(2));
        assertThat(store.heard(key, 1, 1, List.of(new WorkerEvent.Heartbeat(1, 1)), NOW)).isEmpty();
        assertThat(store.conclude(key, 1, 1, succeeded(0.5), NOW)).isEqualTo(Recording.FENCED);
        assertThat(store.claim(key, new Claim(2, "c", "n", 1, 9), NOW)).isInstanceOf(Claim.Answer.Refused.class);
    }

    @Test
    void anEventIsRecordedOnceHoweverOftenItArrives() {
        AttemptKey key = submitted();
        store.claim(key, claim("a", 0), NOW);
        WorkerEvent started = new WorkerEvent.Started(1, 0.5);
        WorkerEvent measured = new WorkerEvent.Measured(2, 10, new TreeMap<>(java.util.Map.of("accuracy", 0.75, "odd", Double.NaN)), 1.5, 0, 1L << 40);
        assertThat(store.heard(key, 1, 1, List.of(started), NOW)).contains(List.of(started));
        assertThat(store.heard(key, 1, 1, List.of(started, measured), NOW.plusSeconds(3))).contains(List.of(measured));
        assertThat(store.events(key)).extracting(Heard::event).containsExactly(started, measured);
        Attempt attempt = store.find(key).orElseThrow();
        assertThat(attempt.state()).isEqualTo(Attempt.State.RUNNING);
        assertThat(attempt.heard()).isEqualTo(NOW.plusSeconds(3));
        assertThat(attempt.started()).contains(NOW);
    }

    @Test
    void silenceMakesSuspectAndAWordMakesRunningAgain() {
        AttemptKey key = submitted();
        store.claim(key, claim("a", 0), NOW);
        store.suspect(key, NOW);
        assertThat(store.find(key).orElseThrow().state()).isEqualTo(Attempt.State.SUSPECT);
        store.heard(key, 1, 1, List.of(new WorkerEvent.Heartbeat(1, 1)), NOW);
        assertThat(store.find(key).orElseThrow().state()).isEqualTo(Attempt.State.CLAIMED);
    }

    @Test
    void anEndIsRecordedOnce() throws Exception {
        AttemptKey key = submitted();
        store.claim(key, claim("a", 0), NOW);
        assertThat(store.conclude(key, 1, 1, succeeded(0.5), NOW)).isEqualTo(Recording.RECORDED);
        assertThat(store.conclude(key, 1, 1, succeeded(0.5), NOW)).isEqualTo(Recording.SAME_AGAIN);
        assertThat(store.conclude(key, 1, 1, succeeded(0.75), NOW)).isEqualTo(Recording.CONFLICT);
        assertThat(store.conclude(key, 1, 0, new AttemptEnd.Cancelled(), NOW)).isEqualTo(Recording.CONFLICT);
        Attempt ended = store.find(key).orElseThrow();
        assertThat(ended.end()).contains(succeeded(0.5));
        assertThat(ended.state()).isEqualTo(Attempt.State.SUCCEEDED);
        assertThat(store.open()).doesNotContain(ended);
        assertThat(store.claim(key, claim("a", 0), NOW)).isInstanceOf(Claim.Answer.Refused.class);
        assertThat(store.heard(key, 1, 1, List.of(new WorkerEvent.Heartbeat(5, 1)), NOW)).isEmpty();
        store.suspect(key, NOW);
        assertThat(store.find(key)).contains(ended);
    }

    @Test
    void theServiceConcludesWithoutAClaimAndUnknownAttemptsAreFenced() {
        AttemptKey key = submitted();
        AttemptEnd end = new AttemptEnd.Failed(FailureCause.ERROR, "exit 3", OptionalInt.of(3));
        assertThat(store.conclude(key(), 1, 0, end, NOW)).isEqualTo(Recording.FENCED);
        assertThat(store.conclude(key, 2, 0, end, NOW)).isEqualTo(Recording.FENCED);
        assertThat(store.conclude(key, 1, 0, end, NOW)).isEqualTo(Recording.RECORDED);
        assertThat(store.find(key).orElseThrow().end()).contains(end);
    }

    private AttemptKey key() {
        return AttemptKey.of(ids.run(), "t0", 1);
    }

    private AttemptKey submitted() {
        AttemptKey key = key();
        store.intend(key, 1, "run", "local", "hash", NOW);
        store.submitted(key, "1", NOW);
        return key;
    }

    private static Claim claim(String nonce, int restarts) {
        return new Claim(1, nonce, "node", 1, restarts);
    }

    private static AttemptEnd succeeded(double score) {
        return new AttemptEnd.Succeeded(new WorkerEvent.Result(new TreeMap<>(java.util.Map.of("accuracy", score)), new TreeMap<>(java.util.Map.of("rounds", 1e9)), new TreeMap<>(), List.of("n"), false, 1.25, 0, 5));
    }
}
