package io.tunesmith.dispatch;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.AttemptSpec;
import io.tunesmith.contract.Claim;
import io.tunesmith.contract.Outcome;
import io.tunesmith.contract.Report;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs attempts on a backend and records how each ended, once. The store decides every race between a report, the engine's word, a time limit and a
 * cancellation; whoever comes second learns what was recorded. Thread-safe: concurrent maps and the watch's one lock; all calls may block on store,
 * folder and engine, so call from virtual threads.
 */
public final class Dispatcher {
    private final AttemptStore store;
    private final TrainingBackend backend;
    private final Clock clock;
    private final Recorder recorder;
    private final Launch launch;
    private final Watch watch;

    /** @param tokenEntropy 32 unpredictable bytes a call */
    public Dispatcher(AttemptStore store, TrainingBackend backend, Clock clock, Supplier<byte[]> tokenEntropy) {
        this.store = store;
        this.backend = backend;
        this.clock = clock;
        this.recorder = new Recorder(store, clock);
        this.launch = new Launch(store, backend, clock, new Tokens(tokenEntropy), recorder);
        this.watch = new Watch(store, backend, clock, recorder, launch);
    }

    /**
     * A piece of work.
     *
     * @param folder of this attempt alone; made if it is not there
     * @param inputs role → file or folder, placed into {@code folder}
     * @param affinity processes that served one affinity never serve another
     * @param listener is told new events, each once, mostly in order; its answer goes back to the process. Called from several threads
     */
    public record Work(AttemptKey key, Path folder, AttemptSpec spec, Map<String, Path> inputs, String affinity, Function<List<WorkerEvent>, Report.Answer> listener) {
        public Work {
            inputs = Map.copyOf(inputs);
            if (!spec.attempt().equals(key)) {
                throw new IllegalArgumentException("the spec is of " + spec.attempt() + ", not of " + key);
            }
        }
    }

    /**
     * Starts the work; the future completes with its recorded end, in the thread that recorded it. Work whose end is recorded is not run again; work that
     * an earlier service began is found on the engine and goes on. Fails exceptionally only if the store cannot be reached.
     */
    public CompletableFuture<AttemptEnd> run(Work work) {
        Running one = new Running(work, clock.instant());
        Optional<Running> here = recorder.begin(one);
        if (here.isPresent()) {
            return here.get().end();
        }
        try {
            launch.begin(one);
        } catch (RuntimeException e) {
            recorder.abandon(one, e);
        }
        return one.end();
    }

    /** A process asks to be the one. A wrong token fails with {@code INVALID_API_KEY}, as in each of these calls. */
    public Claim.Answer claim(AttemptKey key, String token, Claim claim) {
        known(key, token);
        return store.claim(key, claim, clock.instant());
    }

    /** A process reports; the answer may say stop. A fenced one is told so ({@code REFUSED}). A value that is not finite ends the attempt. */
    public Report.Answer events(AttemptKey key, String token, Report report) {
        known(key, token);
        claimed(key, report.incarnation());
        List<WorkerEvent> sound = Numbers.upToFirstNotFinite(report.events());
        List<WorkerEvent> fresh = store.heard(key, report.n(), report.incarnation(), sound, clock.instant()).orElseThrow(() -> fenced(key));
        Report.Answer answer = recorder.here(key).map(one -> one.tell(fresh)).orElse(Report.Answer.GO_ON);
        Optional<AttemptEnd.Failed> notFinite = Numbers.notFinite(report.events());
        notFinite.ifPresent(end -> recorder.conclude(key, report.n(), report.incarnation(), end));
        return notFinite.map(end -> new Report.Answer(true, end.message())).orElse(answer);
    }

    /** A process hands in its end. The same again is fine; another, or a fenced one's, fails with {@code REFUSED}. */
    public void result(AttemptKey key, String token, Outcome outcome) {
        known(key, token);
        claimed(key, outcome.incarnation());
        switch (recorder.conclude(key, outcome.n(), outcome.incarnation(), AttemptEnd.of(outcome))) {
            case RECORDED, SAME_AGAIN -> { }
            case CONFLICT, FENCED -> throw fenced(key);
        }
    }

    /** Looks after what runs; called a few times a second. A call while another is under way does nothing. Never throws. */
    public void tick() {
        watch.look();
    }

    /** Ends every open attempt of the affinity: fenced first, then asked to stop, killed after a grace. */
    public void cancel(String affinity) {
        recorder.all().stream().filter(one -> one.work().affinity().equals(affinity)).forEach(Running::cancel);
        store.open().stream().filter(attempt -> attempt.affinity().equals(affinity)).forEach(this::cancel);
    }

    /** Ends one attempt likewise; nothing happens if it has ended or is unknown. */
    public void cancel(AttemptKey key) {
        recorder.here(key).ifPresent(Running::cancel);
        store.find(key).filter(attempt -> attempt.end().isEmpty()).ifPresent(this::cancel);
    }

    private void cancel(Attempt attempt) {
        Optional<JobRef> job = recorder.here(attempt.key()).flatMap(Running::job);
        if (recorder.conclude(attempt.key(), attempt.n(), 0, new AttemptEnd.Cancelled()) == Recording.RECORDED) {
            job.ifPresent(watch::cancel);
        }
    }

    /** The affinity is over: its processes end. */
    public void release(String affinity) {
        backend.release(affinity);
    }

    private void known(AttemptKey key, String token) {
        boolean right = store.find(key).filter(attempt -> Tokens.matches(token, attempt.tokenHash())).isPresent();
        if (!right) {
            throw Failure.BadRequest.of(FailureCode.INVALID_API_KEY, "Authorization", "this token does not open the attempt " + key).asException();
        }
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
