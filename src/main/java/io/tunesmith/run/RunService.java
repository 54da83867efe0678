package io.tunesmith.run;

import io.tunesmith.budget.Budget;
import io.tunesmith.core.CrashPoint;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.Ids;
import io.tunesmith.core.RunId;
import io.tunesmith.data.DatasetRef;
import io.tunesmith.data.Profile;
import io.tunesmith.dispatch.Leadership;
import io.tunesmith.dispatch.LogChunk;
import io.tunesmith.plan.PipelinePlan;
import io.tunesmith.study.Importance;
import io.tunesmith.study.StudyState;
import io.tunesmith.task.Settling;
import io.tunesmith.task.TaskSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Starts runs, each walked by a virtual thread of its own, at most {@value #AT_ONCE} at a time (the others wait as queued), and takes up again
 * those that a stopped service left unfinished, or that another service on the same database accepted. Only the leading service walks; any may be asked
 * to start, answer, pause, resume, extend and cancel. A run that waits for an answer, or is paused, holds no thread and no place. Thread-safe.
 */
public final class RunService {
    private static final int AT_ONCE = 2;
    private static final int MOST_CHARACTERS = 100_000;
    private final Ports ports;
    private final Folders folders;
    private final EventLog log;
    private final EndedRuns ended = new EndedRuns();
    private final SharedLooks looks;
    private final Ids ids;
    private final LongSupplier entropy;
    private final String callback;
    private final long trialMemoryBytes;
    private final Duration byItself;
    private final Places places;
    private final RunLogs logs;
    private final Extensions extensions;
    private final Leadership leadership;
    private volatile boolean ending;
    /** Whose walk has begun, and when it would have if it had been worked on ever since; or waits for a place. */
    private final Map<RunId, Optional<Instant>> walking = new ConcurrentHashMap<>();

    /**
     * @param root folder of the runs' files
     * @param entropy draws the seed of a run that states none
     * @param callback where workers report: the service's attempts address, without a slash at its end
     * @param byItself how much time a run that may ask takes without asking
     */
    public RunService(Ports ports, Path root, Ids ids, LongSupplier entropy, String callback, long trialMemoryBytes, Leadership leadership, Duration byItself) {
        this.byItself = byItself;
        this.leadership = leadership;
        this.ports = ports;
        this.folders = new Folders(root);
        this.places = new Places(AT_ONCE, ports.allowances());
        this.looks = new SharedLooks(ports.runs()::versions);
        this.log = new EventLog(ports.runs(), ports.clock(), ids);
        this.ids = ids;
        this.entropy = entropy;
        this.callback = callback;
        this.trialMemoryBytes = trialMemoryBytes;
        this.logs = new RunLogs(folders);
        this.extensions = new Extensions(ports, log, (request, owner) -> accept(ids.run(), request, owner));
    }

    /**
     * Called about once a second while this service leads: takes up every run that is to be worked on and that nobody walks here, notes how long runs were
     * worked on, and does what another service was asked for.
     */
    public void tick() {
        places.look();
        for (Run run : ports.runs().open()) {
            Optional<Instant> began = Optional.ofNullable(walking.get(run.id())).flatMap(known -> known);
            began.ifPresent(since -> ports.runs().worked(run.id(), Duration.between(since, ports.clock().instant())));
            asked(run);
        }
    }

    /** Does what the run's status asks for. */
    private void asked(Run run) {
        switch (run.status()) {
            case QUEUED, PLANNING, RUNNING, PAUSING -> walk(run);
            case CANCELLING -> {
                attempts(run.id()).cancel();
                places.withdraw(run.id());
                walk(run);
            }
            case WAITING_INPUT, PAUSED -> places.withdraw(run.id());
            case SUCCEEDED, FAILED, CANCELLED, BUDGET_EXHAUSTED -> { }
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
        return accept(id, request.parent().map(parent -> goingOn(parent, request)).orElse(request), caller.owner());
    }

    private RunRequest goingOn(RunId parent, RunRequest request) {
        Run before = find(parent).orElseThrow();
        extensions.check(before, request);
        return extensions.settled(before, request);
    }

    private Run accept(RunId id, RunRequest request, String owner) {
        long seed = request.overrides().seed().orElseGet(() -> entropy.getAsLong() >>> 33);
        Run run = new Run(id, owner, request, RunStatus.QUEUED, seed, ports.clock().instant(), Duration.ZERO, Optional.empty(), Optional.empty());
        Map<String, Object> data = EventLog.data("run " + run.id() + " accepted", "seed", seed, "prompt", request.text());
        request.parent().ifPresent(parent -> data.put("parent", parent.value()));
        ports.runs().create(run, "run.created", data);
        log.wake();
        CrashPoint.RUN_CREATED.reached();
        Run stored = ports.runs().find(run.id()).orElse(run);
        if (leadership.leads()) {
            asked(stored);
        }
        return stored;
    }

    private DatasetRef dataset(RunRequest request, Caller caller) {
        return ports.datasets().find(request.data()).filter(found -> caller.sees(found.owner())).orElseThrow(() -> Failure.BadRequest.of(FailureCode.NOT_FOUND, "data_id", "there is no data set " + request.data())
                .hint("upload it first").asException());
    }

    /** Walks it unless it is walked already. What is only to be ended waits for no place. */
    private void walk(Run run) {
        if (walking.putIfAbsent(run.id(), Optional.empty()) != null) {
            return;
        }
        if (run.status() != RunStatus.CANCELLING) {
            places.lineUp(run);
        }
        Thread.ofVirtual().name(run.id().value()).start(() -> {
            boolean again = false;
            boolean placed = places.take(run);
            try {
                // Whoever lost the place in line is only ended here: one that was resumed meanwhile lines up anew.
                again = !placed && !toBeEnded(run.id()) || walked(run.id());
            } finally {
                if (placed) {
                    places.leave(run);
                }
                walking.remove(run.id());
            }
            if (again && leadership.leads()) {
                find(run.id()).filter(now -> now.status().works()).ifPresent(this::walk);
            }
        });
    }

    private boolean toBeEnded(RunId id) {
        return find(id).filter(run -> run.status() == RunStatus.CANCELLING).isPresent();
    }

    private boolean walked(RunId id) {
        Run run = find(id).orElseThrow();
        Instant began = ports.clock().instant().minus(run.worked());
        walking.put(id, Optional.of(began));
        RunContext context = new RunContext(run, dataset(run.request(), Caller.OPERATOR), ports, folders, log, attempts(id), began);
        return new RunWorkflow(context, () -> ending, byItself).walk();
    }

    private Attempts attempts(RunId id) {
        return new Attempts(id, folders, ports.dispatcher(), ports.machine().get().threads(), trialMemoryBytes, callback);
    }

    Optional<Run> find(RunId id) {
        return ports.runs().find(id);
    }

    Optional<RunVersion> version(RunId id) {
        return ended.find(id).or(() -> looks.version(id).map(ended::seen));
    }

    List<Run> list(RunQuery query, Caller caller) {
        return ports.runs().list(query, caller);
    }

    void cancel(RunId id) {
        if (ports.runs().cancel(id, ports.clock().instant(), "run.status", EventLog.data("cancelling", "status", RunStatus.CANCELLING.wire()))) {
            changed(id);
        }
    }

    /** Where this service leads, it does at once what the run's new status asks for; elsewhere the leader finds it. */
    private void changed(RunId id) {
        log.wake();
        if (leadership.leads()) {
            find(id).ifPresent(this::asked);
        }
    }

    void pause(RunId id) {
        if (change(id, Set.of(RunStatus.QUEUED), RunStatus.PAUSED, "paused") || change(id, Set.of(RunStatus.PLANNING, RunStatus.RUNNING), RunStatus.PAUSING, "pausing")) {
            changed(id);
            return;
        }
        RunStatus status = find(id).orElseThrow().status();
        if (status != RunStatus.PAUSED && status != RunStatus.PAUSING) {
            throw conflict("the run is " + status.wire() + " and cannot be paused").hint(status == RunStatus.WAITING_INPUT ? "it waits for an answer and costs nothing meanwhile" : "only a run that is worked on can be").asException();
        }
    }

    void resume(RunId id) {
        if (change(id, Set.of(RunStatus.PAUSED), RunStatus.QUEUED, "resumed") || change(id, Set.of(RunStatus.PAUSING), RunStatus.RUNNING, "resumed")) {
            changed(id);
            return;
        }
        throw conflict("the run is " + find(id).orElseThrow().status().wire() + ", not paused").hint("only a paused run can be resumed").asException();
    }

    private boolean change(RunId id, Set<RunStatus> from, RunStatus to, String text) {
        return ports.runs().change(id, from, to, log.draw(), ports.clock().instant(), "run.status", EventLog.data(text, "status", to.wire()));
    }

    private static Failure.BadRequest conflict(String message) {
        return Failure.BadRequest.of(FailureCode.RUN_CONFLICT, "run_id", message);
    }

    Run extend(RunId id, More more) {
        return extensions.extend(find(id).orElseThrow(), more);
    }

    Optional<Question> question(RunId id) {
        return ports.runs().questions(id).stream().filter(asked -> asked.answer().isEmpty()).map(RunStore.Asked::question).findFirst()
                .filter(_ -> find(id).filter(run -> run.status() == RunStatus.WAITING_INPUT).isPresent());
    }

    void answer(RunId id, String question, String typed) {
        RunStore.Asked asked = ports.runs().questions(id).stream().filter(one -> one.question().id().equals(question)).findFirst().orElseThrow(() -> notAsked(id, question));
        List<String> also = question.equals(Settling.TARGET) ? profile(id).map(Profile::columnNames).orElse(List.of()) : List.of();
        String answer = Answers.read(asked.question(), typed, also);
        boolean ends = question.equals(Question.START) && answer.equals(Answers.NO);
        boolean stored = asked.answer().isEmpty() && ports.runs().answer(id, question, answer, ends ? RunStatus.CANCELLING : RunStatus.QUEUED, ports.clock().instant(),
                EventLog.data(question + ": " + answer, "question_id", question, "answer", answer));
        if (stored) {
            CrashPoint.ANSWER_STORED.reached();
            changed(id);
        } else {
            same(id, question, answer);
        }
    }

    private FailureException notAsked(RunId id, String question) {
        Failure.BadRequest failure = conflict("the run does not ask \"" + question + "\"");
        return question(id).map(open -> failure.hint("it asks \"" + open.id() + "\": " + open.text())).orElse(failure.hint("it asks nothing now")).asException();
    }

    /** The first answer stands: the same again is fine. */
    private void same(RunId id, String question, String answer) {
        Optional<String> stands = ports.runs().questions(id).stream().filter(one -> one.question().id().equals(question)).findFirst().flatMap(RunStore.Asked::answer);
        if (!stands.equals(Optional.of(answer))) {
            throw stands.map(first -> conflict("\"" + question + "\" was answered with \"" + first + "\"").hint("the first answer stands"))
                    .orElseGet(() -> conflict("the run is " + find(id).orElseThrow().status().wire() + " and waits for no answer").hint("start another run")).asException();
        }
    }

    Optional<Budget> budget(RunId id) {
        return plan(id).map(plan -> find(id).orElseThrow().extra().on(plan.budget()));
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

    Follower follow(RunId id, long after) {
        return log.follow(id, after);
    }

    long lastEvent(RunId id) {
        return ports.runs().lastEvent(id);
    }

    Map<String, Double> importance(RunId id) {
        Run run = find(id).orElseThrow();
        return plan(id).map(plan -> Importance.of(new StudyState(Training.study(run, ports, plan, run.extra()), ports.trials().all(id)))).orElse(Map.of());
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
