package io.tunesmith.dispatch.agent;

import java.time.Duration;
import java.time.Instant;

/**
 * Since when this service listens: an agent's silence counts only from then on. A service that was not there, was stopped, or did not lead, has not heard
 * its agents for a reason that is not theirs. Thread-safe: synchronized.
 */
final class Listening {
    /** Looks come several times a second; after a gap of so long we were away ourselves. */
    private static final Duration AWAY = Duration.ofSeconds(10);
    private Instant since;
    private Instant last;

    Listening(Instant now) {
        since = now;
        last = now;
    }

    /** We listen now. */
    synchronized void here(Instant now) {
        if (Duration.between(last, now).compareTo(AWAY) > 0) {
            since = now;
        }
        last = now;
    }

    /** How long it has been silent while we listened. */
    synchronized Duration silence(Instant heard, Instant now) {
        return Duration.between(heard.isAfter(since) ? heard : since, now);
    }
}
