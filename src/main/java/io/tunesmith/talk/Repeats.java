package io.tunesmith.talk;

import io.tunesmith.core.RunId;
import java.time.Instant;

/** The memory of which message made which run, so that the same message again makes no other. Every call is one transaction; thread-safe. */
public interface Repeats {

    /** What names a message of an owner. */
    record Name(String owner, String key) {}

    /**
     * What a name stands for.
     *
     * @param content digest of the message
     * @param run the run that it makes: drawn before it is made
     */
    record Taken(String content, RunId run) {}

    /** Takes a name that is free, or was taken before {@code free}; else what has it. */
    Taken take(Name name, Taken wanted, Instant now, Instant free);

    /** Lets the name stand for another run, if it still stands for {@code old}; whether it did. */
    boolean replace(Name name, RunId old, Taken wanted, Instant now);

    /** Gives back the name of a message that made nothing. */
    void free(Name name, RunId run);

    /** Forgets what was taken before. */
    void forget(Instant before);
}
