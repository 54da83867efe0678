package io.tunesmith.run;

import io.tunesmith.core.RunId;
import io.tunesmith.data.DatasetRef;
import io.tunesmith.dispatch.LogChunk;
import io.tunesmith.plan.PipelinePlan;
import io.tunesmith.task.TaskSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What every door can do with runs. Thread-safe. An unknown id is a {@code RUN_NOT_FOUND} failure wherever the answer is not an {@link Optional}.
 */
public interface Runs {

    /** Accepts a request and starts it; refuses unknown data and empty or oversized text. */
    Run start(RunRequest request);

    Optional<Run> find(RunId id);

    /** Newest first. */
    List<Run> newest(int limit);

    /** Asks the run to end; a run that has ended stays as it is. */
    void cancel(RunId id);

    List<RunEvent> events(RunId id, long after, int limit);

    /** Like {@link #events} but waits until there is one, at most {@code wait}; empty after that. */
    List<RunEvent> await(RunId id, long after, Duration wait);

    List<TrialStore.TimedTrial> trials(RunId id);

    /** The folder with the run's report and model; absent files are not made yet. */
    Path artifacts(RunId id);

    Optional<TaskSpec> task(RunId id);

    Optional<PipelinePlan> plan(RunId id);

    /** Why a trial is in no process yet; empty if it is, or was, or if that cannot be said here. */
    Optional<String> waits(RunId id, int trial);

    /** Checks what is recorded of the run against what is promised of every run. */
    Audit audit(RunId id);

    /** The log of a trial, or of the run's other processes one after the other. */
    LogChunk log(RunId id, OptionalInt trial, long fromByte);

    DatasetRef addDataset(String name, Path uploaded);
}
