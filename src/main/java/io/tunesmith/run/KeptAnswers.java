package io.tunesmith.run;

import io.tunesmith.core.Sha256;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The memory of what was answered under an {@code Idempotency-Key}. Every call is one transaction; thread-safe. */
public interface KeptAnswers {

    /** What names a request of a caller. */
    record Name(String owner, String key) {}

    /** An answer as it went out. {@code headers} are those that belong to it, such as {@code Location}. */
    record Answer(int status, Map<String, String> headers, String body) {
        public Answer {
            headers = Map.copyOf(headers);
        }
    }

    /**
     * A request that came before.
     *
     * @param request of the call and its body
     * @param draw 26 characters from which the ids of all that it makes are built
     * @param answer absent while it is under way, and if it was torn off
     */
    record Kept(Sha256 request, String draw, Optional<Answer> answer) {}

    /** Takes a name that is free, or that was taken before {@code free}; else what has it. */
    Kept take(Name name, Sha256 request, String draw, Instant now, Instant free);

    /** Keeps the answer; the first one stays. */
    void keep(Name name, Answer answer);

    /** Gives back the name of a request that made nothing. */
    void free(Name name);

    /** Forgets what was taken before. */
    void forget(Instant before);
}
