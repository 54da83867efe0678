package io.tunesmith.dispatch;

import io.tunesmith.contract.AttemptKey;
import java.time.Instant;
import java.util.Optional;

/**
 * An attempt as stored.
 *
 * @param n the attempt's number, the first half of the fencing token
 * @param backend the name of the backend that it was given to
 * @param incarnation the second half: 0 before the claim
 * @param tokenHash SHA-256 of the token that its process must show
 * @param heard when its process last said something, or when it was submitted
 */
public record Attempt(AttemptKey key, int n, String affinity, String backend, String tokenHash, State state, int incarnation, Optional<String> nonce, Optional<String> engineId,
        Instant intended, Optional<Instant> claimed, Optional<Instant> started, Instant heard, Optional<AttemptEnd> end) {

    /** Where an attempt stands. The last four are terminal. */
    public enum State {
        /** Committed: key and token are drawn, the engine may or may not know. */
        INTENT,
        /** The engine took it. */
        SUBMITTED,
        /** A process claimed it. */
        CLAIMED,
        /** It has said that training began. */
        RUNNING,
        /** Three heartbeats are missing: the engine is asked, nothing is decided. */
        SUSPECT,
        SUCCEEDED,
        FAILED,
        CANCELLED,
        /** Its process is lost: what it may still report counts no more; the work is tried again under a new key. */
        FENCED;

        public boolean terminal() {
            return compareTo(SUCCEEDED) >= 0;
        }

        /** The table of legal moves. A claim may overtake the word that the engine took the job; an engine's restart leads back to a claim. */
        public boolean leadsTo(State next) {
            return switch (this) {
                case INTENT -> next == SUBMITTED || next == CLAIMED || next.terminal();
                case SUBMITTED -> next == CLAIMED || next == SUSPECT || next.terminal();
                case CLAIMED -> next == RUNNING || next == SUSPECT || next.terminal();
                case RUNNING -> next == CLAIMED || next == SUSPECT || next.terminal();
                case SUSPECT -> next == CLAIMED || next == RUNNING || next.terminal();
                case SUCCEEDED, FAILED, CANCELLED, FENCED -> false;
            };
        }

        /** The state in which this end leaves an attempt. */
        public static State after(AttemptEnd end) {
            return switch (end) {
                case AttemptEnd.Succeeded _ -> SUCCEEDED;
                case AttemptEnd.Failed _, AttemptEnd.TimedOut _ -> FAILED;
                case AttemptEnd.Lost _ -> FENCED;
                case AttemptEnd.Cancelled _ -> CANCELLED;
            };
        }
    }
}
