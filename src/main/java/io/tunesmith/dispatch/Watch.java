package io.tunesmith.dispatch;

import io.tunesmith.contract.WorkerEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;

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
    private final TrainingBackend backend;
    private final Clock clock;
    private final Recorder recorder;
    private final Launch launch;
    private final ReentrantLock lock = new ReentrantLock();
    private Instant swept = Instant.EPOCH;
    private volatile Instant complained = Instant.EPOCH;

    Watch(AttemptStore store, TrainingBackend backend, Clock clock, Recorder recorder, Launch launch) {
        this.store = store;
        this.backend = backend;
        this.clock = clock;
        this.recorder = recorder;
        this.launch = launch;
    }

    void look() {
        if (!lock.tryLock()) {
            return;
        }
        try {
            List<Running> all = recorder.all().stream().filter(Running::launched).toList();
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

    /** What the engine says; nothing if it does not answer, which is never read as "not there". */
    private Map<JobRef, AttemptView> views(List<Running> all) {
        List<JobRef> jobs = new ArrayList<>(all.stream().flatMap(one -> one.job().stream()).toList());
        recorder.leaving().forEach(one -> jobs.add(one.job()));
        try {
            return jobs.isEmpty() ? Map.of() : backend.observe(jobs);
        } catch (Unreachable | RuntimeException e) {
            complain("the engine does not answer", e);
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
        Instant endedSince = over ? one.engineEnded(now) : now;
        double limit = one.work().spec().resources().wallSeconds();
        switch (Step.next(attempt, view, endedSince, over && one.folder().outcome().isPresent(), limit, backend.describe().settleWindow(), now)) {
            case Step.Wait() -> { }
            case Step.Suspect() -> store.suspect(one.key(), now);
            case Step.Stop(AttemptEnd end) -> stop(one, end);
            case Step.ReadRemains() -> readRemains(one, attempt, view, limit, now);
        }
    }

    /** Reports by file, where there is no other way or the other way has gone silent. @return the attempt as it is then */
    private Attempt byFiles(Running one, Attempt attempt, Instant now) {
        boolean needed = one.work().spec().callback().isEmpty() || attempt.state() == Attempt.State.SUSPECT;
        if (!needed) {
            return attempt;
        }
        Attempt known = claimedByFile(one, attempt, now);
        if (known.incarnation() > 0) {
            hear(one, known, one.files().next(), now);
        }
        return store.find(one.key()).orElse(known);
    }

    private Attempt claimedByFile(Running one, Attempt attempt, Instant now) {
        if (attempt.claimed().isPresent()) {
            return attempt;
        }
        one.files().claim().ifPresent(claim -> store.claim(one.key(), claim, now));
        return store.find(one.key()).orElse(attempt);
    }

    private void hear(Running one, Attempt attempt, List<WorkerEvent> said, Instant now) {
        if (!said.isEmpty()) {
            store.heard(one.key(), one.n(), attempt.incarnation(), Numbers.upToFirstNotFinite(said), now).filter(fresh -> !fresh.isEmpty()).ifPresent(one::tell);
        }
    }

    /** The last reports first, then the end. */
    private void readRemains(Running one, Attempt attempt, AttemptView view, double limit, Instant now) {
        Attempt known = claimedByFile(one, attempt, now);
        List<WorkerEvent> said = known.incarnation() == 0 ? List.of() : one.folder().events();
        hear(one, known, said, now);
        AttemptEnd end = Numbers.notFinite(said).<AttemptEnd>map(bad -> bad).orElseGet(() -> new Remains(known, one.folder(), said, view, limit).end());
        recorder.conclude(one.key(), one.n(), 0, end);
    }

    private void stop(Running one, AttemptEnd end) {
        recorder.conclude(one.key(), one.n(), 0, end);
        one.job().ifPresent(this::cancel);
    }

    /** Asks the job to end; its attempt has its end already, so whatever its process still says is refused. */
    void cancel(JobRef job) {
        try {
            backend.cancel(job, GRACE);
        } catch (Unreachable e) {
            complain(job.key() + " is asked again to end", e);
        }
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
            backend.forget(job);
            recorder.left(job.key());
        } catch (Unreachable e) {
            complain(job.key() + " is forgotten later", e);
        }
    }

    /** Jobs on the engine that nobody looks after: those of ended attempts, and old ones that no attempt knows. */
    private void sweep(Instant now) {
        if (swept.isAfter(now.minus(SWEEP_EVERY))) {
            return;
        }
        swept = now;
        try {
            for (JobRef job : backend.ours()) {
                Optional<Attempt> attempt = recorder.knows(job.key()) ? Optional.empty() : store.find(job.key());
                boolean orphan = attempt.isEmpty() && job.submitted().isBefore(now.minus(ORPHAN));
                if (!recorder.knows(job.key()) && (orphan || attempt.filter(known -> known.state().terminal()).isPresent())) {
                    recorder.leave(job);
                }
            }
        } catch (Unreachable e) {
            complain("swept later", e);
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
        if (why instanceof Unreachable) {
            LOG.log(level, what + ": " + why.getMessage());
        } else {
            LOG.log(level, what, why);
        }
    }
}
