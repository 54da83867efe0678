package io.tunesmith.run;

import io.tunesmith.budget.Budget;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
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

/** The runs of one caller: the one place where it is decided whose run may be seen and changed. Thread-safe. */
final class OwnRuns implements Runs {
    private final RunService all;
    private final Caller caller;

    OwnRuns(RunService all, Caller caller) {
        this.all = all;
        this.caller = caller;
    }

    @Override
    public Run start(RunRequest request) {
        caller.needs(Scope.RUN);
        request.parent().ifPresent(this::seen);
        return all.start(request, caller);
    }

    @Override
    public Run start(RunId id, RunRequest request) {
        caller.needs(Scope.RUN);
        Optional<Run> before = find(id);
        request.parent().ifPresent(this::seen);
        return before.orElseGet(() -> all.start(id, request, caller));
    }

    @Override
    public Optional<Run> find(RunId id) {
        return all.find(id).filter(run -> caller.sees(run.owner()));
    }

    @Override
    public Optional<RunVersion> version(RunId id) {
        return all.version(id).filter(version -> caller.sees(version.run().owner()));
    }

    @Override
    public List<Run> list(RunQuery query) {
        return all.list(query, caller);
    }

    @Override
    public void cancel(RunId id) {
        all.cancel(mine(id));
    }

    @Override
    public void pause(RunId id) {
        all.pause(mine(id));
    }

    @Override
    public void resume(RunId id) {
        all.resume(mine(id));
    }

    @Override
    public Run extend(RunId id, More more) {
        return all.extend(mine(id), more);
    }

    @Override
    public Optional<Question> question(RunId id) {
        return all.question(seen(id));
    }

    @Override
    public void answer(RunId id, String question, String answer) {
        all.answer(mine(id), question, answer);
    }

    @Override
    public Optional<Budget> budget(RunId id) {
        return all.budget(seen(id));
    }

    @Override
    public List<RunEvent> events(RunId id, long after, int limit) {
        return all.events(seen(id), after, limit);
    }

    @Override
    public List<RunEvent> await(RunId id, long after, Duration wait) {
        return all.await(seen(id), after, wait);
    }

    @Override
    public Follower follow(RunId id, long after) {
        return all.follow(seen(id), after);
    }

    @Override
    public long lastEvent(RunId id) {
        return all.lastEvent(seen(id));
    }

    @Override
    public Map<String, Double> importance(RunId id) {
        return all.importance(seen(id));
    }

    @Override
    public List<TrialStore.TimedTrial> trials(RunId id) {
        return all.trials(seen(id));
    }

    @Override
    public Path artifacts(RunId id) {
        return all.artifacts(seen(id));
    }

    @Override
    public Optional<Profile> profile(RunId id) {
        return all.profile(seen(id));
    }

    @Override
    public Optional<TaskSpec> task(RunId id) {
        return all.task(seen(id));
    }

    @Override
    public Optional<PipelinePlan> plan(RunId id) {
        return all.plan(seen(id));
    }

    @Override
    public Optional<String> waits(RunId id, int trial) {
        return all.waits(seen(id), trial);
    }

    @Override
    public Audit audit(RunId id) {
        return all.audit(seen(id));
    }

    @Override
    public LogChunk log(RunId id, OptionalInt trial, long fromByte) {
        return all.log(seen(id), trial, fromByte);
    }

    private RunId seen(RunId id) {
        return find(id).map(Run::id).orElseThrow(() -> unknown(id));
    }

    /** Of the caller, and the caller may change it. */
    private RunId mine(RunId id) {
        seen(id);
        caller.needs(Scope.RUN);
        return id;
    }

    private static FailureException unknown(RunId id) {
        return Failure.BadRequest.of(FailureCode.RUN_NOT_FOUND, "run_id", "there is no run " + id).hint("list them: tunesmith runs, or GET /api/v1/runs").asException();
    }
}
