package io.tunesmith.run;

import io.tunesmith.core.Failure;
import io.tunesmith.core.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The memory of runs. Every call is one transaction; thread-safe. */
public interface RunStore {

    /** Stores the run and its first event. */
    void create(Run run, String type, Map<String, Object> data);

    Optional<Run> find(RunId id);

    /** Those of these runs that there are, each with the number of its last event, in one look. */
    Map<RunId, RunVersion> versions(Set<RunId> ids);

    /** Newest first: those that the query asks for and the caller sees. */
    List<Run> list(RunQuery query, Caller caller);

    /** Runs that have not ended, oldest first. */
    List<Run> open();

    /** Marks a run that has not ended as to be cancelled, with an event; false if it had ended or was so marked. Any service may ask, not only the leading one. */
    boolean cancel(RunId id, Instant at, String type, Map<String, Object> data);

    /** Notes how long the run was worked on in all; it never shrinks. */
    void worked(RunId id, Duration worked);

    /** Moves a run that is worked on to another status; false if it has ended, waits, is paused, or was asked to pause or to end. */
    boolean move(RunId id, RunStatus status);

    /**
     * Moves a run from one of these statuses to another, with an event; false if it was in none of them. Any service may ask.
     *
     * @param draw drawn for this change
     */
    boolean change(RunId id, Set<RunStatus> from, RunStatus to, String draw, Instant at, String type, Map<String, Object> data);

    /** A question of a run. */
    record Asked(Question question, Optional<String> answer) {}

    /** Asks: keeps the question, appends {@code question.asked}, and the run waits; false, and nothing is done, where it is not worked on any more (see {@link #move}). */
    boolean ask(RunId id, Question question, Instant at, Map<String, Object> data);

    /** All that the run was asked, in order. */
    List<Asked> questions(RunId id);

    /**
     * Keeps the answer to the open question, appends {@code question.answered}, and the run moves on; false, and nothing is done, if it does not wait for this answer.
     * Any service may take it.
     */
    boolean answer(RunId id, String question, String answer, RunStatus then, Instant at, Map<String, Object> data);

    /**
     * Gives a run more, with the event {@code budget.updated}; false, and nothing is done, if it has ended or is to be, if its search is over, or if it was given
     * something since {@code before}. Any service may ask.
     *
     * @param draw drawn for this change
     */
    boolean extend(RunId id, Extra before, Extra after, String draw, Instant at, Map<String, Object> data);

    /** Keeps a step's output like {@link #keep}, unless the run was given more than {@code seen} since: then false, and nothing is kept. */
    boolean keepUnlessExtended(RunId id, RunStep step, Object output, Extra seen);

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
