package io.tunesmith.run;

import io.tunesmith.budget.Budget;
import io.tunesmith.core.RunId;
import io.tunesmith.data.Profile;
import io.tunesmith.dispatch.LogChunk;
import io.tunesmith.plan.PipelinePlan;
import io.tunesmith.task.TaskSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What one caller can do with runs, behind every door. Thread-safe. An unknown id, and one of another owner, is a {@code RUN_NOT_FOUND} failure wherever
 * the answer is not an {@link Optional}; what the caller's scope does not allow is {@code FORBIDDEN}.
 */
public interface Runs {

    /** Accepts a request and starts it; refuses unknown data and empty or oversized text. */
    Run start(RunRequest request);

    /** The same under an id that the caller drew: the id again, whatever the request, starts nothing and returns the run that has it. */
    Run start(RunId id, RunRequest request);

    Optional<Run> find(RunId id);

    /** The run with the number of its last event, in one look. */
    Optional<RunVersion> version(RunId id);

    List<Run> list(RunQuery query);

    /** Asks the run to end; a run that has ended stays as it is. */
    void cancel(RunId id);

    /** Lets the trials under way end and begins no other; a run that is paused or pausing stays so. Fails with {@code RUN_CONFLICT} where it is not running. */
    void pause(RunId id);

    /** Goes on with a paused run. Fails with {@code RUN_CONFLICT} where it is not paused. */
    void resume(RunId id);

    /**
     * Gives a run more to spend.
     *
     * @return the run that goes on: this one, or, where it has ended, a new one with this one as parent, which begins with what this one found
     */
    Run extend(RunId id, More more);

    /** What the run waits for; empty if for nothing. */
    Optional<Question> question(RunId id);

    /** Answers the open question. The same answer again changes nothing; another one, or one to no open question, fails with {@code RUN_CONFLICT}. */
    void answer(RunId id, String question, String answer);

    /** What the run may spend, with all that was added; empty until it is planned. */
    Optional<Budget> budget(RunId id);

    List<RunEvent> events(RunId id, long after, int limit);

    /** Like {@link #events} but waits until there is one, at most {@code wait}; empty after that. */
    List<RunEvent> await(RunId id, long after, Duration wait);

    /** For one who stays: reads on from {@code after} without asking again whether the run may be seen. */
    Follower follow(RunId id, long after);

    /** The number of the run's last event: while it stays, nothing of the run has changed. */
    long lastEvent(RunId id);

    List<TrialStore.TimedTrial> trials(RunId id);

    /** Parameter to share of what it explains in the scores, the largest first; empty while there are too few trials to say. */
    Map<String, Double> importance(RunId id);

    /** The folder with the run's report and model; absent files are not made yet. */
    Path artifacts(RunId id);

    Optional<Profile> profile(RunId id);

    Optional<TaskSpec> task(RunId id);

    Optional<PipelinePlan> plan(RunId id);

    /** Why a trial is in no process yet; empty if it is, or was, or if that cannot be said here. */
    Optional<String> waits(RunId id, int trial);

    /** Checks what is recorded of the run against what is promised of every run. */
    Audit audit(RunId id);

    /** The log of a trial, or of the run's other processes one after the other. */
    LogChunk log(RunId id, OptionalInt trial, long fromByte);
}
