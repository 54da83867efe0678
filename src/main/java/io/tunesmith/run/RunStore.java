package io.tunesmith.run;

import io.tunesmith.core.Failure;
import io.tunesmith.core.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The memory of runs. Every call is one transaction; thread-safe. */
public interface RunStore {

    /** Stores the run and its first event. */
    void create(Run run, String type, Map<String, Object> data);

    Optional<Run> find(RunId id);

    /** Newest first: those that the query asks for and the caller sees. */
    List<Run> list(RunQuery query, Caller caller);

    /** Runs that have not ended, oldest first. */
    List<Run> open();

    /** Marks a run that has not ended as to be cancelled, with an event; false if it had ended or was so marked. Any service may ask, not only the leading one. */
    boolean cancel(RunId id, Instant at, String type, Map<String, Object> data);

    /** Notes how long the run was worked on in all; it never shrinks. */
    void worked(RunId id, Duration worked);

    /** Moves a run that has not ended to another status; false if it had ended already. */
    boolean move(RunId id, RunStatus status);

    /** Ends the run once and appends its last event; false if it had ended already. */
    boolean end(RunId id, RunStatus status, Optional<Failure> failure, Instant at, String type, Map<String, Object> data);

    /**
     * Appends an event under the next number and returns it.
     *
     * @param draw drawn for this event: the same again appends nothing and returns the first
     */
    RunEvent append(RunId id, String draw, Instant at, String type, Map<String, Object> data);

    /** The number of the last event; 0 if there is none. */
    long lastEvent(RunId id);

    /** Events with a number above {@code after}, in order, at most {@code limit}. */
    List<RunEvent> events(RunId id, long after, int limit);

    /** Keeps a step's output (a record); the first one stays. */
    void keep(RunId id, RunStep step, Object output);

    /** The kept output of a step. */
    <T> Optional<T> kept(RunId id, RunStep step, Class<T> type);
}
