package io.tunesmith.dispatch;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.Claim;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.core.FailureException;
import java.lang.System.Logger.Level;
import java.lang.System.Logger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks after what runs: asks the engine in one call, decides by {@link Step}, acts. A fault with one attempt leaves the others alone and is tried again
 * at the next look. Thread-safe: one lock for looks; a look that finds another under way does nothing. {@link #cancel} needs no lock.
 */
final class Watch {
    private static final Logger LOG = System.getLogger(Watch.class.getName());
    /** From TERM to KILL. */
    static final Duration GRACE = Duration.ofSeconds(20);
    /** A process whose end is recorded may take this long to leave before it is asked to, and asked again. */
    private static final Duration LINGER = Duration.ofSeconds(10);
    private static final Duration SWEEP_EVERY = Duration.ofSeconds(10);
    private static final Duration COMPLAIN_EVERY = Duration.ofSeconds(10);
    /** A job that no attempt knows is ended when it is older. */
    private static final Duration ORPHAN = Duration.ofSeconds(60);

    private final AttemptStore store;
    private final Backends backends;
    private final Clock clock;
    private final Recorder recorder;
    private final Launch launch;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<AttemptKey, Instant> orphans = new HashMap<>();
    private Instant swept = Instant.EPOCH;
    private volatile Instant complained = Instant.EPOCH;

    Watch(AttemptStore store, Backends backends, Clock clock, Recorder recorder, Launch launch) {
        this.store = store;
        this.backends = backends;
        this.clock = clock;
        this.recorder = recorder;
        this.launch = launch;
    }

    void look() {
        if (!lock.tryLock()) {
            return;
        }
        try {
            List<Running> all = recorder.given().stream().filter(Running::launched).toList();
            all.stream().filter(one -> one.job().isEmpty()).forEach(one -> guarded("look for " + one.key(), () -> launch.look(one)));
            Map<JobRef, AttemptView> views = views(all);
            Instant now = clock.instant();
            all.forEach(one -> one.job().ifPresent(job -> guarded("look at " + one.key(), () -> act(one, views.getOrDefault(job, UNKNOWN), now))));
            recorder.leaving().forEach(one -> guarded("let go of " + one.job().key(), () -> letGo(one, views.getOrDefault(one.job(), UNKNOWN), now)));
            guarded("sweep", () -> sweep(now));
        } finally {
            lock.unlock();
        }
    }

    private static final AttemptView UNKNOWN = new AttemptView(AttemptView.Phase.UNKNOWN, Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), 0, "", Optional.empty(), Optional.empty(), "no answer");

    /** What the engines say, one call each; nothing of one that does not answer, which is never read as "not there". */
    private Map<JobRef, AttemptView> views(List<Running> all) {
        Map<String, List<JobRef>> jobs = Stream.concat(all.stream().flatMap(one -> one.job().stream()), recorder.leaving().stream().map(Recorder.Leaving::job))
                .collect(Collectors.groupingBy(JobRef::backend));
        Map<JobRef, AttemptView> views = new HashMap<>();
        jobs.forEach((name, theirs) -> backends.named(name).ifPresent(backend -> views.putAll(views(backend, theirs))));
        return views;
    }

    private Map<JobRef, AttemptView> views(TrainingBackend backend, List<JobRef> jobs) {
        try {
            return backend.observe(jobs);
        } catch (Unreachable | RuntimeException e) {
            complain(backend.describe().name() + " does not answer", e);
            return Map.of();
        }
    }

    private void act(Running one, AttemptView view, Instant now) {
        Optional<Attempt> stored = store.find(one.key());
        if (stored.isEmpty() || stored.get().end().isPresent()) {
            recorder.settle(one.key());
            return;
        }
        Attempt attempt = byFiles(one, stored.get(), now);
        boolean over = view.phase() == AttemptView.Phase.ENDED || view.phase() == AttemptView.Phase.GONE;
        Step.Seen seen = one.seen(view.phase(), attempt.claimed().isPresent(), now);
        double limit = one.limitSeconds();
        switch (Step.next(attempt, view, seen, over && one.folder(attempt.incarnation()).outcome().isPresent(), limit, settle(one), now)) {
            case Step.Wait() -> { }
            case Step.Suspect() -> store.suspect(one.key(), now);
            case Step.Stop(AttemptEnd end) -> stop(one, end);
            case Step.ReadRemains() -> readRemains(one, attempt, view, limit, now);
        }
    }

    private static Duration settle(Running one) {
        return one.backend().map(backend -> backend.describe().settleWindow()).orElse(Duration.ZERO);
    }

    /** Reports by file, where there is no other way or the other way has gone silent. @return the attempt as it is then */
    private Attempt byFiles(Running one, Attempt attempt, Instant now) {
        boolean needed = one.work().spec().callback().isEmpty() || attempt.state() == Attempt.State.SUSPECT;
        if (!needed) {
            return attempt;
        }
        Attempt known = claimedByFile(one, attempt, now);
        if (known.incarnation() > 0) {
            hear(one, known, one.reports().next(known.incarnation()), now);
        }
        return store.find(one.key()).orElse(known);
    }

    private Attempt claimedByFile(Running one, Attempt attempt, Instant now) {
        List<Claim> claims = one.reports().claims();
        if (claims.size() <= attempt.incarnation()) {
            return attempt;
        }
        claims.forEach(claim -> store.claim(one.key(), claim, now));
        return store.find(one.key()).orElse(attempt);
    }

    private void hear(Running one, Attempt attempt, List<WorkerEvent> said, Instant now) {
        if (!said.isEmpty()) {
            List<WorkerEvent> sound = Numbers.upToFirstNotFinite(said);
            store.heard(one.key(), one.n(), attempt.incarnation(), sound, now).ifPresent(_ -> one.tell(attempt.incarnation(), sound));
        }
    }

    /** The last reports first, then the end. */
    private void readRemains(Running one, Attempt attempt, AttemptView view, double limit, Instant now) {
        Attempt known = claimedByFile(one, attempt, now);
        List<WorkerEvent> said = known.incarnation() == 0 ? List.of() : one.folder(known.incarnation()).events();
        hear(one, known, said, now);
        AttemptEnd end = Numbers.notFinite(said).<AttemptEnd>map(bad -> bad).orElseGet(() -> new Remains(known, one.folder(known.incarnation()), said, view, limit).end());
        recorder.conclude(one.key(), one.n(), 0, end);
    }

    private void stop(Running one, AttemptEnd end) {
        recorder.conclude(one.key(), one.n(), 0, end);
        one.job().ifPresent(this::cancel);
    }

    /** Asks the job to end; its attempt has its end already, so whatever its process still says is refused. */
    void cancel(JobRef job) {
        backends.named(job.backend()).ifPresent(backend -> {
            try {
                backend.cancel(job, GRACE);
            } catch (Unreachable e) {
                complain(job.key() + " is asked again to end", e);
            }
        });
    }

    private void letGo(Recorder.Leaving one, AttemptView view, Instant now) {
        switch (view.phase()) {
            case ENDED, GONE -> forget(one.job());
            case QUEUED, RUNNING, STOPPING, UNKNOWN -> {
                if (Duration.between(one.since(), now).compareTo(LINGER) > 0) {
                    recorder.leave(one.job());
                    cancel(one.job());
                }
            }
        }
    }

    private void forget(JobRef job) {
        try {
            Optional<TrainingBackend> backend = backends.named(job.backend());
            if (backend.isPresent()) {
                backend.get().forget(job);
            }
            recorder.left(job.key());
        } catch (Unreachable e) {
            complain(job.key() + " is forgotten later", e);
        }
    }

    /** What nobody looks after: jobs of ended attempts, old jobs that no attempt knows, and open attempts that no run asks for any more. */
    private void sweep(Instant now) {
        if (swept.isAfter(now.minus(SWEEP_EVERY))) {
            return;
        }
        swept = now;
        backends.all().forEach(backend -> sweep(backend, now));
        List<Attempt> unasked = store.open().stream().filter(attempt -> recorder.here(attempt.key()).isEmpty()).toList();
        orphans.keySet().retainAll(unasked.stream().map(Attempt::key).toList());
        unasked.stream().filter(attempt -> orphans.computeIfAbsent(attempt.key(), _ -> now).isBefore(now.minus(ORPHAN)))
                .forEach(attempt -> recorder.conclude(attempt.key(), attempt.n(), 0, new AttemptEnd.Cancelled()));
    }

    private void sweep(TrainingBackend backend, Instant now) {
        try {
            for (JobRef job : backend.ours()) {
                Optional<Attempt> attempt = recorder.knows(job.key()) ? Optional.empty() : store.find(job.key());
                boolean orphan = attempt.isEmpty() && job.submitted().isBefore(now.minus(ORPHAN));
                if (!recorder.knows(job.key()) && (orphan || attempt.filter(known -> known.state().terminal()).isPresent())) {
                    recorder.leave(job);
                }
            }
        } catch (Unreachable e) {
            complain(backend.describe().name() + " is swept later", e);
        }
    }

    private void guarded(String what, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            complain("could not " + what + ", tried again soon", e);
        }
    }

    /** Looks come many a second: one complaint in a while is enough. */
    private void complain(String what, Exception why) {
        Instant now = clock.instant();
        Level level = complained.isAfter(now.minus(COMPLAIN_EVERY)) ? Level.DEBUG : Level.WARNING;
        complained = level == Level.WARNING ? now : complained;
        if (why instanceof Unreachable || why instanceof FailureException) {
            LOG.log(level, what + ": " + why.getMessage());
        } else {
            LOG.log(level, what, why);
        }
    }
}
