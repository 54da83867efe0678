package io.tunesmith.postgres;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.Claim;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.dispatch.Attempt;
import io.tunesmith.dispatch.AttemptEnd;
import io.tunesmith.dispatch.AttemptStore;
import io.tunesmith.dispatch.Heard;
import io.tunesmith.dispatch.Recording;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Attempts in PostgreSQL. Thread-safe, also across services: claims and reports of one attempt are taken one after the other under its row's
 * lock; an end is recorded by one conditional update.
 */
@ApplicationScoped
@Outlasting
@Transactional
public class PostgresAttempts implements AttemptStore {
    private static final String INTEND = """
            insert into attempt (key, n, affinity, backend, token_hash, state, intended, heard)
            values (:key, :n, :affinity, :backend, :hash, 'INTENT', :at, :at) on conflict do nothing""";
    private static final String SUBMITTED = """
            update attempt set engine_id = :engine, heard = greatest(heard, cast(:at as timestamptz)), state = case state when 'INTENT' then 'SUBMITTED' else state end
            where key = :key and ending is null""";
    private static final String CONCLUDE = """
            update attempt set ending = cast(:ending as jsonb), state = :state, heard = greatest(heard, cast(:at as timestamptz))
            where key = :key and n = :n and (:incarnation = 0 or incarnation = :incarnation) and ending is null""";
    private static final String WHY_NOT = """
            select case when n <> :n or (:incarnation <> 0 and incarnation <> :incarnation) then 'FENCED'
                when ending = cast(:ending as jsonb) then 'SAME_AGAIN' else 'CONFLICT' end from attempt where key = :key""";
    private static final String EVENT = """
            insert into attempt_event (attempt, incarnation, seq, event, at)
            values (:key, :incarnation, :seq, cast(:event as jsonb), :at) on conflict do nothing""";
    private final EntityManager entities;

    public PostgresAttempts(EntityManager entities) {
        this.entities = entities;
    }

    @Override
    @LeaderOnly
    public Attempt intend(AttemptKey key, int n, String affinity, String backend, String tokenHash, Instant at) {
        entities.createNativeQuery(INTEND).setParameter("key", key.value()).setParameter("n", n).setParameter("affinity", affinity).setParameter("backend", backend)
                .setParameter("hash", tokenHash).setParameter("at", at).executeUpdate();
        return find(key).orElseThrow();
    }

    @Override
    @LeaderOnly
    public void submitted(AttemptKey key, String engineId, Instant at) {
        entities.createNativeQuery(SUBMITTED).setParameter("key", key.value()).setParameter("engine", engineId).setParameter("at", at).executeUpdate();
    }

    @Override
    @LeaderOnly
    public Claim.Answer claim(AttemptKey key, Claim claim, Instant at) {
        Optional<AttemptRow> found = locked(key);
        if (found.isEmpty() || found.get().n != claim.n()) {
            return new Claim.Answer.Refused("there is no attempt " + key + " number " + claim.n());
        }
        AttemptRow row = found.get();
        if (row.ending != null) {
            return new Claim.Answer.Refused("the attempt " + key + " has ended");
        }
        if (!claim.nonce().equals(row.nonce)) {
            if (row.nonce != null && claim.restarts() <= row.restarts) {
                return new Claim.Answer.Refused("another process works on the attempt " + key);
            }
            row.incarnation++;
            row.nonce = claim.nonce();
            row.restarts = claim.restarts();
            row.claimed = at;
            row.become(Attempt.State.CLAIMED);
        }
        row.heard = at;
        return new Claim.Answer.Granted(row.incarnation);
    }

    @Override
    @LeaderOnly
    public Optional<List<WorkerEvent>> heard(AttemptKey key, int n, int incarnation, List<WorkerEvent> events, Instant at) {
        Optional<AttemptRow> working = locked(key).filter(row -> row.n == n && row.incarnation == incarnation && row.ending == null);
        return working.map(row -> {
            List<WorkerEvent> fresh = events.stream().filter(event -> insert(key, incarnation, event, at) || OutageRetry.again()).toList();
            row.heard = at;
            if (row.started == null && fresh.stream().anyMatch(WorkerEvent.Started.class::isInstance)) {
                row.started = at;
            }
            if (row.nonce != null) {
                row.become(row.started == null ? Attempt.State.CLAIMED : Attempt.State.RUNNING);
            }
            return fresh;
        });
    }

    @Override
    @LeaderOnly
    public Recording conclude(AttemptKey key, int n, int incarnation, AttemptEnd end, Instant at) {
        String ending = Json.write(AttemptEnd.class, end);
        int rows = entities.createNativeQuery(CONCLUDE).setParameter("ending", ending).setParameter("state", Attempt.State.after(end).name()).setParameter("at", at)
                .setParameter("key", key.value()).setParameter("n", n).setParameter("incarnation", incarnation).executeUpdate();
        if (rows == 1) {
            return Recording.RECORDED;
        }
        List<?> why = entities.createNativeQuery(WHY_NOT, String.class).setParameter("ending", ending)
                .setParameter("key", key.value()).setParameter("n", n).setParameter("incarnation", incarnation).getResultList();
        Recording recording = why.isEmpty() ? Recording.FENCED : Recording.valueOf((String) why.getFirst());
        return recording == Recording.SAME_AGAIN && OutageRetry.again() ? Recording.RECORDED : recording;
    }

    @Override
    @LeaderOnly
    public void suspect(AttemptKey key, Instant at) {
        AttemptRow.update("state = ?1 where key = ?2 and ending is null and state in ?3", Attempt.State.SUSPECT, key.value(),
                List.of(Attempt.State.SUBMITTED, Attempt.State.CLAIMED, Attempt.State.RUNNING));
    }

    @Override
    public Optional<Attempt> find(AttemptKey key) {
        return AttemptRow.<AttemptRow>findByIdOptional(key.value()).map(AttemptRow::attempt);
    }

    @Override
    public List<Attempt> open() {
        return AttemptRow.<AttemptRow>list("ending is null order by intended, key").stream().map(AttemptRow::attempt).toList();
    }

    @Override
    public List<Attempt> beginning(String affinity) {
        return AttemptRow.<AttemptRow>list("left(affinity, ?1) = ?2 order by intended, key", affinity.length(), affinity).stream().map(AttemptRow::attempt).toList();
    }

    @Override
    public List<Heard> events(AttemptKey key) {
        return entities.createNativeQuery("select incarnation, cast(event as text) as event from attempt_event where attempt = :key order by incarnation, seq", Tuple.class)
                .setParameter("key", key.value()).getResultStream().map(row -> heard((Tuple) row)).toList();
    }

    private static Heard heard(Tuple row) {
        return new Heard(((Number) row.get("incarnation")).intValue(), Json.read((String) row.get("event"), WorkerEvent.class));
    }

    private Optional<AttemptRow> locked(AttemptKey key) {
        return AttemptRow.<AttemptRow>findByIdOptional(key.value(), LockModeType.PESSIMISTIC_WRITE);
    }

    private boolean insert(AttemptKey key, int incarnation, WorkerEvent event, Instant at) {
        return entities.createNativeQuery(EVENT).setParameter("key", key.value()).setParameter("incarnation", incarnation).setParameter("seq", event.seq())
                .setParameter("event", Json.write(WorkerEvent.class, event)).setParameter("at", at).executeUpdate() == 1;
    }
}
