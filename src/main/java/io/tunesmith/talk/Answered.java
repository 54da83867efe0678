package io.tunesmith.talk;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The memory of answers that clients come back for. Every call is one transaction; thread-safe. */
public interface Answered {
    /** So long an answer is kept. */
    Duration KEPT = Duration.ofDays(30);

    /**
     * @param owner who asked
     * @param content as the door that answered writes it: a JSON object
     */
    record Kept(String id, String owner, Instant at, String content) {}

    /** Keeps it; the first one under an id stays. @return whether it is the first */
    boolean keep(Kept answer);

    Optional<Kept> find(String id);

    /** Whether it was there. */
    boolean delete(String id);

    /** Forgets what was kept before. */
    void forget(Instant before);
}
