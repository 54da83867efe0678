package io.tunesmith.dispatch;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.AttemptSpec;
import io.tunesmith.contract.Claim;
import io.tunesmith.contract.Outcome;
import io.tunesmith.contract.Report;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.core.CrashPoint;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Runs attempts on backends and records how each ended, once. Attempts wait here until a backend has room. The store decides every race between a report,
 * the engine's word, a time limit and a cancellation; whoever comes second learns what was recorded. Thread-safe: concurrent maps, the queue's lock and
 * the watch's; all calls may block on store, folder and engine, so call from virtual threads.
 */
public final class Dispatcher {
    /** The role of the checkpoint to go on from, placed as {@code inputs/checkpoint}. */
    public static final String CHECKPOINT = "checkpoint";
    private final AttemptStore store;
    private final Backends backends;
    private final Clock clock;
    private final Executor launches;
    private final Recorder recorder;
    private final Queue queue;
    private final Launch launch;
    private final Watch watch;

    /**
     * @param tokenEntropy 32 unpredictable bytes a call
     * @param launches runs each launch: a thread each, or the caller's
     */
    public Dispatcher(AttemptStore store, Backends backends, Clock clock, Supplier<byte[]> tokenEntropy, Executor launches) {
        this.store = store;
        this.backends = backends;
        this.clock = clock;
        this.launches = launches;
        this.recorder = new Recorder(store, clock);
        this.queue = new Queue(backends);
        this.launch = new Launch(store, backends, clock, new Tokens(tokenEntropy), recorder);
        this.watch = new Watch(store, backends, clock, recorder, launch);
        backends.all().forEach(backend -> backend.onRoom(() -> launches.execute(this::pump)));
    }

    /**
     * A piece of work.
     *
     * @param folder of this attempt alone; made if it is not there
     * @param inputs role → file or folder, placed into {@code folder}
     * @param affinity processes that served one affinity never serve another
     * @param until when it must be over, however long it waited before: its process gets what is left of that, if that is less than the spec's limit
     * @param listener is told new events, each once, mostly in order; its answer goes back to the process. Called from several threads
     */
    public record Work(AttemptKey key, Path folder, AttemptSpec spec, Map<String, Path> inputs, String affinity, Where where, Instant until, Function<List<WorkerEvent>, Report.Answer> listener) {
        public Work {
            inputs = Map.copyOf(inputs);
            if (!spec.attempt().equals(key)) {
                throw new IllegalArgumentException("the spec is of " + spec.attempt() + ", not of " + key);
            }
        }

        /** Work that may take as long as its spec says, whenever it begins. */
        public Work(AttemptKey key, Path folder, AttemptSpec spec, Map<String, Path> inputs, String affinity, Where where, Function<List<WorkerEvent>, Report.Answer> listener) {
            this(key, folder, spec, inputs, affinity, where, Instant.MAX, listener);
        }
    }

    /**
     * Starts the work once a backend has room; the future completes with the attempt and its recorded end, in the thread that recorded it. Work whose end
     * is recorded is not run again; work that an earlier service began is found on the engine and goes on; for work that goes on here already the listener
     * takes over. Fails exceptionally only if the store cannot be reached.
     */
    public CompletableFuture<Attempt> run(Work work) {
        Running one = new Running(work, clock.instant());
        Optional<Running> here = recorder.begin(one);
        if (here.isPresent()) {
            here.get().relisten(work.listener());
            here.get().tellAll(store.events(work.key()));
            return here.get().end();
        }
        try {
            Optional<Attempt> before = store.find(work.key());
            if (before.isPresent()) {
                launch.adopt(one, before.get());
            } else {
                if (queue.add(one)) {
                    pump();
                }
            }
        } catch (RuntimeException e) {
            recorder.abandon(one, e);
        }
        return one.end();
    }

    /** Launches what waits and has room. */
    private void pump() {
        for (Optional<Queue.Placement> next = queue.next(); next.isPresent(); next = queue.next()) {
            Queue.Placement placement = next.get();
            launches.execute(() -> launch(placement));
        }
    }

    private void launch(Queue.Placement next) {
        try {
            launch.begin(next.one(), next.backend());
        } catch (RuntimeException e) {
            recorder.abandon(next.one(), e);
        } finally {
            queue.arrived(next.backend());
        }
    }

    /** Why the attempt waits for a backend; empty if it does not wait here. */
    public Optional<String> waits(AttemptKey key) {
        return queue.why(key);
    }

    /** A process asks to be the one. A wrong token fails with {@code INVALID_API_KEY}, as in each of these calls. */
    public Claim.Answer claim(AttemptKey key, String token, Claim claim) {
        known(key, token);
        Claim.Answer answer = store.claim(key, claim, clock.instant());
        CrashPoint.CLAIM_GRANTED.reached();
        if (answer instanceof Claim.Answer.Granted) {
            recorder.here(key).ifPresent(one -> one.claimed(clock.instant()));
        }
        return answer;
    }

    /**
     * A process reports; the answer may say stop. A fenced one is told so ({@code REFUSED}). A value that is not finite ends the attempt. More than
     * {@value AttemptFolder#MOST_EVENTS} events of one process are too many ({@code TOO_LARGE}): measured values beyond are not taken.
     */
    public Report.Answer events(AttemptKey key, String token, Report report) {
        known(key, token);
        claimed(key, report.incarnation());
        bounded(report.events());
        List<WorkerEvent> sound = Numbers.upToFirstNotFinite(report.events());
        store.heard(key, report.n(), report.incarnation(), sound, clock.instant()).orElseThrow(() -> fenced(key));
        Report.Answer answer = recorder.here(key).map(one -> one.tell(report.incarnation(), sound)).orElse(Report.Answer.GO_ON);
        Optional<AttemptEnd.Failed> notFinite = Numbers.notFinite(report.events());
        notFinite.ifPresent(end -> recorder.conclude(key, report.n(), report.incarnation(), end));
        return notFinite.map(end -> new Report.Answer(true, end.message())).orElse(answer);
    }

    private static void bounded(List<WorkerEvent> events) {
        boolean tooMany = events.stream().anyMatch(event -> event.seq() > Integer.MAX_VALUE - 1L || event instanceof WorkerEvent.Measured && event.seq() > AttemptFolder.MOST_EVENTS);
        if (tooMany) {
            throw Failure.BadRequest.of(FailureCode.TOO_LARGE, "events", "this process has measured too often").allowed("at most " + AttemptFolder.MOST_EVENTS + " events of one process")
                    .hint("report every tenth step").asException();
        }
    }

    /** A process hands in its end. The same again is fine; another, or a fenced one's, fails with {@code REFUSED}. */
    public void result(AttemptKey key, String token, Outcome outcome) {
        known(key, token);
        claimed(key, outcome.incarnation());
        recorder.here(key).flatMap(one -> one.folder(outcome.incarnation()).missing(outcome)).ifPresent(file -> {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "artifacts", "the file " + file + " is not in the folder of this process")
                    .hint("hand it in by PUT …/files/" + outcome.incarnation() + "/… first").asException();
        });
        CrashPoint.RESULT_TAKEN.reached();
        Recording recording = recorder.conclude(key, outcome.n(), outcome.incarnation(), AttemptEnd.of(outcome));
        CrashPoint.RESULT_RECORDED.reached();
        switch (recording) {
            case RECORDED, SAME_AGAIN -> { }
            case CONFLICT, FENCED -> throw fenced(key);
        }
    }

    /** Looks after what runs; called a few times a second. A call while another is under way does nothing. Never throws. */
    public void tick() {
        watch.look();
        pump();
    }

    /** Ends every open attempt of the affinity: fenced first, then asked to stop, killed after a grace. */
    public void cancel(String affinity) {
        queue.of(affinity).forEach(this::cancel);
        recorder.all().stream().filter(one -> one.work().affinity().equals(affinity)).forEach(Running::cancel);
        store.open().stream().filter(attempt -> attempt.affinity().equals(affinity)).forEach(this::cancel);
    }

    /** Ends one attempt likewise; nothing happens if it has ended or is unknown. */
    public void cancel(AttemptKey key) {
        recorder.here(key).ifPresent(Running::cancel);
        queue.remove(key).ifPresent(this::neverBegun);
        store.find(key).filter(attempt -> attempt.end().isEmpty()).ifPresent(this::cancel);
    }

    /** One that could not be stored as cancelled waits no more and is in no store: whoever waits for it must learn of that. */
    private void neverBegun(Running one) {
        try {
            launch.neverBegun(one);
        } catch (RuntimeException e) {
            recorder.abandon(one, e);
            throw e;
        }
    }

    private void cancel(Attempt attempt) {
        Optional<JobRef> job = recorder.here(attempt.key()).flatMap(Running::job);
        if (recorder.conclude(attempt.key(), attempt.n(), 0, new AttemptEnd.Cancelled()) == Recording.RECORDED) {
            job.ifPresent(watch::cancel);
        }
    }

    /** The affinity is over: its processes end. */
    public void release(String affinity) {
        backends.all().forEach(backend -> backend.release(affinity));
    }

    /** The attempt as stored. */
    public Optional<Attempt> find(AttemptKey key) {
        return store.find(key);
    }

    /** All attempts whose affinity begins so, open or ended. */
    public List<Attempt> attempts(String affinity) {
        return store.beginning(affinity);
    }

    /** The jobs that backends hold; empty of one that does not answer. */
    public List<JobRef> jobs() {
        return backends.all().stream().flatMap(backend -> {
            try {
                return backend.ours().stream();
            } catch (Unreachable e) {
                return Stream.<JobRef>empty();
            }
        }).toList();
    }

    /** The recorded events of an attempt, also of one that has ended. */
    public List<Heard> heard(AttemptKey key) {
        return store.events(key);
    }

    private Attempt known(AttemptKey key, String token) {
        return store.find(key).filter(attempt -> Tokens.matches(token, attempt.tokenHash()))
                .orElseThrow(() -> Failure.BadRequest.of(FailureCode.INVALID_API_KEY, "Authorization", "this token does not open the attempt " + key).asException());
    }

    /** Incarnations count from 1; 0 is the service itself. */
    private static void claimed(AttemptKey key, int incarnation) {
        if (incarnation < 1) {
            throw fenced(key);
        }
    }

    private static RuntimeException fenced(AttemptKey key) {
        return Failure.BadRequest.of(FailureCode.REFUSED, "incarnation", "the attempt " + key + " is no longer this process's").asException();
    }
}
