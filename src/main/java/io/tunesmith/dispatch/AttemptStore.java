package io.tunesmith.dispatch;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.Claim;
import io.tunesmith.contract.WorkerEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The memory of attempts. Every call is atomic; thread-safe, also across services. */
public interface AttemptStore {

    /** Stores the intent to run on a backend; the first one under a key stays and is returned. */
    Attempt intend(AttemptKey key, int n, String affinity, String backend, String tokenHash, Instant at);

    /** The engine took it under this id. */
    void submitted(AttemptKey key, String engineId, Instant at);

    /**
     * Grants the attempt to one process: the same nonce again gets the same incarnation; another nonce while one holds it is refused, unless the engine
     * restarted the job ({@code restarts} grew): then the incarnation grows and the older is fenced. A wrong number or an ended attempt is refused.
     */
    Claim.Answer claim(AttemptKey key, Claim claim, Instant at);

    /**
     * Records events, each once per (key, incarnation, seq).
     *
     * @return those that are new; empty in the optional's place if the incarnation is fenced or the attempt has ended
     */
    Optional<List<WorkerEvent>> heard(AttemptKey key, int n, int incarnation, List<WorkerEvent> events, Instant at);

    /**
     * Records the end by one conditional update.
     *
     * @param incarnation that reports it; 0 when the service itself concludes
     */
    Recording conclude(AttemptKey key, int n, int incarnation, AttemptEnd end, Instant at);

    /** Marks an attempt as suspect while it has not ended. */
    void suspect(AttemptKey key, Instant at);

    Optional<Attempt> find(AttemptKey key);

    /** Attempts that have not ended, oldest first. */
    List<Attempt> open();

    /** All attempts, open or ended, whose affinity begins so, by their intent. */
    List<Attempt> beginning(String affinity);

    /** All recorded events of the attempt, by incarnation and number. */
    List<Heard> events(AttemptKey key);
}
