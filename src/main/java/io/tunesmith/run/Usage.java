package io.tunesmith.run;

/** What each owner has used of a day's allowance. Thread-safe; days are of UTC. */
public interface Usage {

    /** What is counted by the day. */
    enum Kind {
        /** Bytes of data sets and files sent in. */
        UPLOAD_BYTES,
        /** Tokens of language models. */
        TOKENS
    }

    /** Counts {@code amount}; where that would be more than is left, counts nothing and fails with {@code RATE_LIMITED} until the day ends. */
    void take(Caller caller, Kind kind, long amount);

    /** Counts what was used already, be it too much. */
    void add(Caller caller, Kind kind, long amount);

    /** What is left of this day, never below zero; {@link Long#MAX_VALUE} where there is no limit. */
    long left(Caller caller, Kind kind);
}
