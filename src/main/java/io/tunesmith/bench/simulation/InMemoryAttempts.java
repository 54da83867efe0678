package io.tunesmith.bench.simulation;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.Claim;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.dispatch.Attempt;
import io.tunesmith.dispatch.AttemptEnd;
import io.tunesmith.dispatch.AttemptStore;
import io.tunesmith.dispatch.Heard;
import io.tunesmith.dispatch.Recording;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Attempts in maps. Every method is synchronized. */
public final class InMemoryAttempts implements AttemptStore {
    private static final long BASE = 10_000_000_000L;
    private final Map<AttemptKey, Attempt> attempts = new LinkedHashMap<>();
    private final Map<AttemptKey, Integer> restarts = new LinkedHashMap<>();
    private final Map<AttemptKey, TreeMap<Long, WorkerEvent>> events = new LinkedHashMap<>();

    @Override
    public synchronized Attempt intend(AttemptKey key, int n, String affinity, String backend, String tokenHash, Instant at) {
        return attempts.computeIfAbsent(key, _ -> new Attempt(key, n, affinity, backend, tokenHash, Attempt.State.INTENT, 0, Optional.empty(), Optional.empty(), at, Optional.empty(), Optional.empty(), at, Optional.empty()));
    }

    @Override
    public synchronized void submitted(AttemptKey key, String engineId, Instant at) {
        Attempt a = attempts.get(key);
        if (a == null || a.end().isPresent()) {
            return;
        }
        Attempt.State state = a.state() == Attempt.State.INTENT ? Attempt.State.SUBMITTED : a.state();
        attempts.put(key, new Attempt(key, a.n(), a.affinity(), a.backend(), a.tokenHash(), state, a.incarnation(), a.nonce(), Optional.of(engineId), a.intended(), a.claimed(), a.started(), a.heard(), a.end()));
    }

    @Override
    public synchronized Claim.Answer claim(AttemptKey key, Claim claim, Instant at) {
        Attempt a = attempts.get(key);
        if (a == null || a.end().isPresent() || claim.n() != a.n()) {
            return new Claim.Answer.Refused("the attempt has ended, or is another");
        }
        if (a.nonce().filter(claim.nonce()::equals).isPresent()) {
            return new Claim.Answer.Granted(a.incarnation());
        }
        if (a.nonce().isPresent() && claim.restarts() <= restarts.getOrDefault(key, 0)) {
            return new Claim.Answer.Refused("another process works on it");
        }
        restarts.put(key, claim.restarts());
        attempts.put(key, new Attempt(key, a.n(), a.affinity(), a.backend(), a.tokenHash(), Attempt.State.CLAIMED, a.incarnation() + 1, Optional.of(claim.nonce()), a.engineId(), a.intended(), Optional.of(at), a.started(), at, a.end()));
        return new Claim.Answer.Granted(a.incarnation() + 1);
    }

    @Override
    public synchronized Optional<List<WorkerEvent>> heard(AttemptKey key, int n, int incarnation, List<WorkerEvent> batch, Instant at) {
        Attempt a = attempts.get(key);
        if (a == null || a.end().isPresent() || a.n() != n || incarnation < 1 || a.incarnation() != incarnation) {
            return Optional.empty();
        }
        List<WorkerEvent> fresh = new ArrayList<>();
        Optional<Instant> started = a.started();
        for (WorkerEvent event : batch) {
            if (events.computeIfAbsent(key, _ -> new TreeMap<>()).putIfAbsent(incarnation * BASE + event.seq(), event) == null) {
                fresh.add(event);
            }
            started = started.or(() -> event instanceof WorkerEvent.Started ? Optional.of(at) : Optional.empty());
        }
        Attempt.State state = started.isPresent() ? Attempt.State.RUNNING : Attempt.State.CLAIMED;
        attempts.put(key, new Attempt(key, a.n(), a.affinity(), a.backend(), a.tokenHash(), state, a.incarnation(), a.nonce(), a.engineId(), a.intended(), a.claimed(), started, at, a.end()));
        return Optional.of(fresh);
    }

    @Override
    public synchronized Recording conclude(AttemptKey key, int n, int incarnation, AttemptEnd end, Instant at) {
        Attempt a = attempts.get(key);
        if (a == null || a.n() != n || incarnation != 0 && a.incarnation() != incarnation) {
            return Recording.FENCED;
        }
        if (a.end().isPresent()) {
            return a.end().get().equals(end) ? Recording.SAME_AGAIN : Recording.CONFLICT;
        }
        attempts.put(key, new Attempt(key, a.n(), a.affinity(), a.backend(), a.tokenHash(), Attempt.State.after(end), a.incarnation(), a.nonce(), a.engineId(), a.intended(), a.claimed(), a.started(), a.heard(), Optional.of(end)));
        return Recording.RECORDED;
    }

    @Override
    public synchronized void suspect(AttemptKey key, Instant at) {
        attempts.computeIfPresent(key, (_, a) -> !a.state().leadsTo(Attempt.State.SUSPECT) ? a
                : new Attempt(key, a.n(), a.affinity(), a.backend(), a.tokenHash(), Attempt.State.SUSPECT, a.incarnation(), a.nonce(), a.engineId(), a.intended(), a.claimed(), a.started(), a.heard(), a.end()));
    }

    @Override
    public synchronized Optional<Attempt> find(AttemptKey key) {
        return Optional.ofNullable(attempts.get(key));
    }

    @Override
    public synchronized List<Attempt> open() {
        return attempts.values().stream().filter(attempt -> attempt.end().isEmpty()).sorted(Comparator.comparing(Attempt::intended)).toList();
    }

    @Override
    public synchronized List<Attempt> beginning(String affinity) {
        return attempts.values().stream().filter(attempt -> attempt.affinity().startsWith(affinity)).sorted(Comparator.comparing(Attempt::intended)).toList();
    }

    @Override
    public synchronized List<Heard> events(AttemptKey key) {
        return events.getOrDefault(key, new TreeMap<>()).entrySet().stream().map(entry -> new Heard((int) (entry.getKey() / BASE), entry.getValue())).toList();
    }
}
