package io.tunesmith.app;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.Ids;
import io.tunesmith.core.RunId;
import io.tunesmith.data.DatasetRef;
import io.tunesmith.dispatch.LogChunk;
import io.tunesmith.plan.PipelinePlan;
import io.tunesmith.postgres.DataFolder;
import io.tunesmith.run.DatasetStore;
import io.tunesmith.run.Run;
import io.tunesmith.run.RunEvent;
import io.tunesmith.run.RunRequest;
import io.tunesmith.run.RunStatus;
import io.tunesmith.run.RunStore;
import io.tunesmith.run.Runs;
import io.tunesmith.run.TrialStore;
import io.tunesmith.task.TaskSpec;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Accepts and shows runs on the real stores, and walks none: tests move them by hand. */
@Alternative
@Singleton
public final class FakeRuns implements Runs {
    private final RunStore runs;
    private final TrialStore trials;
    private final DatasetStore datasets;
    private final DataFolder data;
    private final Ids ids;
    private final Clock clock;

    public FakeRuns(RunStore runs, TrialStore trials, DatasetStore datasets, DataFolder data, Ids ids, Clock clock) {
        this.runs = runs;
        this.trials = trials;
        this.datasets = datasets;
        this.data = data;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Run start(RunRequest request) {
        datasets.find(request.data()).orElseThrow(() -> Failure.BadRequest.of(FailureCode.NOT_FOUND, "data_id", "there is no data set " + request.data()).asException());
        Run run = new Run(ids.run(), request, RunStatus.QUEUED, request.overrides().seed().orElse(0L), clock.instant(), Duration.ZERO, Optional.empty(), Optional.empty());
        runs.create(run, "run.created", Map.of("text", "accepted"));
        return run;
    }

    @Override
    public Optional<Run> find(RunId id) {
        return runs.find(id);
    }

    @Override
    public List<Run> newest(int limit) {
        return runs.newest(limit);
    }

    @Override
    public void cancel(RunId id) {
        runs.end(id, RunStatus.CANCELLED, Optional.empty(), clock.instant(), "run.finished", Map.of("text", "cancelled", "status", "cancelled"));
    }

    @Override
    public Optional<String> waits(RunId id, int trial) {
        return Optional.empty();
    }

    @Override
    public io.tunesmith.run.Audit audit(RunId id) {
        return new io.tunesmith.run.Audit(0, 0, List.of());
    }

    @Override
    public List<RunEvent> events(RunId id, long after, int limit) {
        return runs.events(id, after, limit);
    }

    @Override
    public List<RunEvent> await(RunId id, long after, Duration wait) {
        long end = System.nanoTime() + wait.toNanos();
        List<RunEvent> events = runs.events(id, after, 200);
        while (events.isEmpty() && System.nanoTime() < end) {
            Thread.yield();
            events = runs.events(id, after, 200);
        }
        return events;
    }

    @Override
    public List<TrialStore.TimedTrial> trials(RunId id) {
        return trials.timed(id);
    }

    @Override
    public Path artifacts(RunId id) {
        return data.root().resolve("artifacts").resolve(id.value());
    }

    @Override
    public Optional<TaskSpec> task(RunId id) {
        return Optional.empty();
    }

    @Override
    public Optional<PipelinePlan> plan(RunId id) {
        return Optional.empty();
    }

    @Override
    public LogChunk log(RunId id, OptionalInt trial, long fromByte) {
        return new LogChunk(trial.isPresent() ? "trial " + trial.getAsInt() : "run", fromByte + 1);
    }

    @Override
    public DatasetRef addDataset(String name, Path uploaded) {
        return datasets.add(name, uploaded);
    }
}
