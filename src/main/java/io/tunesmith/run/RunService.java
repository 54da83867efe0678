package io.tunesmith.run;

import io.tunesmith.budget.Budget;
import io.tunesmith.core.CrashPoint;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.Ids;
import io.tunesmith.core.RunId;
import io.tunesmith.data.DatasetRef;
import io.tunesmith.data.Profile;
import io.tunesmith.dispatch.Leadership;
import io.tunesmith.dispatch.LogChunk;
import io.tunesmith.plan.PipelinePlan;
import io.tunesmith.task.TaskSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/**
 * Starts runs, each walked by a virtual thread of its own, at most {@value #AT_ONCE} at a time (the others wait as queued), and takes up again
 * those that a stopped service left unfinished, or that another service on the same database accepted. Only the leading service walks. Thread-safe.
 */
public final class RunService {
    private static final int AT_ONCE = 2;
    private static final int MOST_CHARACTERS = 100_000;
    private final Ports ports;
    private final Folders folders;
    private final EventLog log;
    private final Ids ids;
    private final LongSupplier entropy;
    private final String callback;
    private final long trialMemoryBytes;
    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final RunLogs logs;
    private final Leadership leadership;
    private volatile boolean ending;
    private final Map<RunId, Instant> walking = new ConcurrentHashMap<>();

    /**
     * @param root folder of the runs' files
     * @param entropy draws the seed of a run that states none
     * @param callback where workers report: the service's attempts address, without a slash at its end
     */
    public RunService(Ports ports, Path root, Ids ids, LongSupplier entropy, String callback, long trialMemoryBytes, Leadership leadership) {
        this.leadership = leadership;
        this.ports = ports;
        this.folders = new Folders(root);
        this.log = new EventLog(ports.runs(), ports.clock(), ids);
        this.ids = ids;
        this.entropy = entropy;
        this.callback = callback;
        this.trialMemoryBytes = trialMemoryBytes;
        this.logs = new RunLogs(folders);
    }

    /**
     * Called about once a second while this service leads: takes up every run that has not ended and that nobody walks here, notes how long runs were
     * worked on, and ends what runs for those that are to be cancelled.
     */
    public void tick() {
        for (Run run : ports.runs().open()) {
            Optional<Instant> began = Optional.ofNullable(walking.get(run.id()));
            if (began.isEmpty()) {
                walk(run);
            } else {
                ports.runs().worked(run.id(), Duration.between(began.get(), ports.clock().instant()));
                if (run.status() == RunStatus.CANCELLING) {
                    attempts(run.id()).cancel();
                }
            }
        }
    }

    /** The service ends: what fails from now on is left to the next one. */
    public void end() {
        ending = true;
    }

    /** What this caller can do. */
    public Runs as(Caller caller) {
        return new OwnRuns(this, caller);
    }

    Run start(RunRequest request, Caller caller) {
        return start(ids.run(), request, caller);
    }

    /** The id makes it one run, also where two services are asked at once: what is stored is walked. */
    Run start(RunId id, RunRequest request, Caller caller) {
        if (request.text().isBlank() || request.text().length() > MOST_CHARACTERS) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "prompt", "the request has " + request.text().strip().length() + " characters")
                    .allowed("1 to " + MOST_CHARACTERS + " characters").hint("say in a sentence what to predict").asException();
        }
        dataset(request, caller);
        long seed = request.overrides().seed().orElseGet(() -> entropy.getAsLong() >>> 33);
        Run run = new Run(id, caller.owner(), request, RunStatus.QUEUED, seed, ports.clock().instant(), Duration.ZERO, Optional.empty(), Optional.empty());
        ports.runs().create(run, "run.created", EventLog.data("run " + run.id() + " accepted", "seed", seed, "prompt", request.text()));
        log.wake();
        CrashPoint.RUN_CREATED.reached();
        Run stored = ports.runs().find(run.id()).orElse(run);
        if (leadership.leads()) {
            walk(stored);
        }
        return stored;
    }

    private DatasetRef dataset(RunRequest request, Caller caller) {
        return ports.datasets().find(request.data()).filter(found -> caller.sees(found.owner())).orElseThrow(() -> Failure.BadRequest.of(FailureCode.NOT_FOUND, "data_id", "there is no data set " + request.data())
                .hint("upload it first").asException());
    }

    private void walk(Run run) {
        Instant began = ports.clock().instant().minus(run.worked());
        if (walking.putIfAbsent(run.id(), began) != null) {
            return;
        }
        RunContext context = new RunContext(run, dataset(run.request(), Caller.OPERATOR), ports, folders, log, attempts(run.id()), began);
        Thread.ofVirtual().name(run.id().value()).start(() -> {
            places.acquireUninterruptibly();
            try {
                new RunWorkflow(context, () -> ending).walk();
            } finally {
                places.release();
                walking.remove(run.id());
            }
        });
    }

    private Attempts attempts(RunId id) {
        return new Attempts(id, folders, ports.dispatcher(), ports.machine().get().threads(), trialMemoryBytes, callback);
    }

    Optional<Run> find(RunId id) {
        return ports.runs().find(id);
    }

    List<Run> list(RunQuery query, Caller caller) {
        return ports.runs().list(query, caller);
    }

    void cancel(RunId id) {
        if (ports.runs().cancel(id, ports.clock().instant(), "run.status", EventLog.data("cancelling", "status", RunStatus.CANCELLING.wire()))) {
            log.wake();
            if (leadership.leads()) {
                attempts(id).cancel();
            }
        }
    }

    void pause(RunId id) {
        throw new UnsupportedOperationException();
    }

    void resume(RunId id) {
        throw new UnsupportedOperationException();
    }

    Run extend(RunId id, More more) {
        throw new UnsupportedOperationException();
    }

    Optional<Question> question(RunId id) {
        return Optional.empty();
    }

    void answer(RunId id, String question, String answer) {
        throw new UnsupportedOperationException();
    }

    Optional<Budget> budget(RunId id) {
        return plan(id).map(PipelinePlan::budget);
    }

    Optional<Profile> profile(RunId id) {
        return ports.runs().kept(id, RunStep.PROFILE, Profile.class);
    }

    List<RunEvent> events(RunId id, long after, int limit) {
        return ports.runs().events(id, after, limit);
    }

    List<RunEvent> await(RunId id, long after, Duration wait) {
        return log.await(id, after, wait);
    }

    List<TrialStore.TimedTrial> trials(RunId id) {
        return ports.trials().timed(id);
    }

    Path artifacts(RunId id) {
        return folders.artifacts(id);
    }

    Optional<TaskSpec> task(RunId id) {
        return ports.runs().kept(id, RunStep.READ, TaskSpec.class);
    }

    Optional<PipelinePlan> plan(RunId id) {
        return ports.runs().kept(id, RunStep.PLAN, PipelinePlan.class);
    }

    Optional<String> waits(RunId id, int trial) {
        return attempts(id).waits("t" + trial);
    }

    Audit audit(RunId id) {
        return Auditor.of(ports, id);
    }

    LogChunk log(RunId id, OptionalInt trial, long fromByte) {
        return logs.read(id, trial, fromByte);
    }
}
