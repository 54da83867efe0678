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
import java.util.List;
import java.util.Optional;

/** The store as one service sees it, its answers checked by the oracle. */
record ServiceStore(Seam seam, AttemptStore store, Oracle oracle) implements AttemptStore {

    @Override
    public Attempt intend(AttemptKey key, int n, String affinity, String backend, String tokenHash, Instant at) {
        seam.service().intends(key);
        return seam.write("intends " + key + " on " + backend, () -> {
            oracle.intended(key);
            oracle.called(one -> one.intend(key, n, affinity, backend, tokenHash, at));
            return store.intend(key, n, affinity, backend, tokenHash, at);
        });
    }

    @Override
    public void submitted(AttemptKey key, String engineId, Instant at) {
        seam.write("submitted " + key, () -> {
            oracle.called(one -> one.submitted(key, engineId, at));
            store.submitted(key, engineId, at);
            return engineId;
        });
    }

    @Override
    public Claim.Answer claim(AttemptKey key, Claim claim, Instant at) {
        return seam.write("claim of " + key + " by " + claim.nonce(), () -> {
            oracle.called(one -> one.claim(key, claim, at));
            Claim.Answer answer = store.claim(key, claim, at);
            oracle.claimed(key, claim, answer);
            return answer;
        });
    }

    @Override
    public Optional<List<WorkerEvent>> heard(AttemptKey key, int n, int incarnation, List<WorkerEvent> events, Instant at) {
        return seam.write("hears " + key + " i" + incarnation, () -> {
            oracle.called(one -> one.heard(key, n, incarnation, events, at));
            Optional<List<WorkerEvent>> fresh = store.heard(key, n, incarnation, events, at);
            oracle.heard(key, incarnation, fresh);
            return fresh;
        });
    }

    @Override
    public Recording conclude(AttemptKey key, int n, int incarnation, AttemptEnd end, Instant at) {
        return seam.write("ends " + key + " i" + incarnation + " by " + end, () -> {
            oracle.called(one -> one.conclude(key, n, incarnation, end, at));
            Recording recording = store.conclude(key, n, incarnation, end, at);
            oracle.concluded(key, incarnation, end, recording);
            return recording;
        });
    }

    @Override
    public void suspect(AttemptKey key, Instant at) {
        seam.write("suspects " + key, () -> {
            oracle.called(one -> one.suspect(key, at));
            store.suspect(key, at);
            return "";
        });
    }

    @Override
    public Optional<Attempt> find(AttemptKey key) {
        return seam.read(() -> store.find(key));
    }

    @Override
    public List<Attempt> open() {
        return seam.read(store::open);
    }

    @Override
    public List<Attempt> beginning(String affinity) {
        return seam.read(() -> store.beginning(affinity));
    }

    @Override
    public List<Heard> events(AttemptKey key) {
        return seam.read(() -> store.events(key));
    }
}
