package io.tunesmith.run;

import io.tunesmith.core.RunId;
import io.tunesmith.study.Trial;
import java.time.Instant;
import java.util.List;

/** The memory of trials. Every call is one transaction; thread-safe. */
public interface TrialStore {

    /** Stores a proposed trial before it is dispatched; the first one under a number stays. */
    void propose(RunId run, Trial trial, Instant at);

    /** Stores a trial's new state and curve; a trial that has ended never changes (false). */
    boolean update(RunId run, Trial trial, Instant at);

    /** All trials, by number. */
    List<Trial> all(RunId run);

    /** All trials with their times, by number. */
    List<TimedTrial> timed(RunId run);

    /** @param ended equal to {@code proposed} while it has not ended */
    record TimedTrial(Trial trial, Instant proposed, Instant ended) {}
}
