package io.tunesmith.contract;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a process is asked to do. Each reads and writes only files of its own folder. */
public enum Operation {
    /** Reads input {@code data}; writes artifact {@code profile} (a data.Profile as JSON). */
    PROFILE,
    /** Reads input {@code data}; writes artifacts {@code train} (canonical CSV with a fold column) and {@code test} (canonical CSV). */
    SPLIT,
    /** Cross-validates one configuration on {@code train}; reports round by round; writes artifact {@code oof} (out-of-fold predictions). */
    TRAIN,
    /** Fits one configuration, or the members of an ensemble, on all of {@code train}; writes the artifact {@code model} (a folder). */
    REFIT,
    /** Scores model folders on the sealed {@code test}; once a run, on a frozen list. */
    EVALUATE,
    /** Applies a model folder to new data; writes artifact {@code predictions}. */
    PREDICT,
    /**
     * Proves that work gets here and back: says a line, one measured value, writes artifact {@code probe}. With {@code wait} in its configuration it works
     * until it is told to stop or terminated.
     */
    PROBE;

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
