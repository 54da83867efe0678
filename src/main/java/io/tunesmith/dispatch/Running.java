package io.tunesmith.dispatch;

import io.tunesmith.contract.AttemptFiles;
import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.Report;
import io.tunesmith.contract.WorkerEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * An attempt that this service looks after. Thread-safe: what several threads share is volatile, what was told is under a lock; the rest is written by
 * the watching thread alone.
 */
final class Running {
    private final Dispatcher.Work work;
    private final CompletableFuture<Attempt> end = new CompletableFuture<>();
    private final FileReports files;
    private final ReentrantLock telling = new ReentrantLock();
    private final Map<Integer, BitSet> told = new HashMap<>();
    private Function<List<WorkerEvent>, Report.Answer> listener;
    private Report.Answer answer = Report.Answer.GO_ON;
    private double secondsBefore;
    private volatile double limitSeconds;
    private volatile Optional<TrainingBackend> backend = Optional.empty();
    private volatile Optional<JobRef> job = Optional.empty();
    private volatile Instant given;
    private volatile Instant jobSince;
    private volatile boolean launched;
    private volatile boolean cancelled;
    private Optional<Instant> engineRuns = Optional.empty();
    private Optional<Instant> engineEnded = Optional.empty();
    private volatile Optional<Instant> claimSeen = Optional.empty();

    Running(Dispatcher.Work work, Instant since) {
        this.work = work;
        this.given = since;
        this.jobSince = since;
        this.listener = work.listener();
        this.limitSeconds = work.spec().resources().wallSeconds();
        this.files = new FileReports(files());
    }

    AttemptKey key() {
        return work.key();
    }

    int n() {
        return work.spec().n();
    }

    Dispatcher.Work work() {
        return work;
    }

    /** How long its process may work. */
    double limitSeconds() {
        return limitSeconds;
    }

    /** What the process was told when it was started counts, not what a later service would tell it. */
    void limit(double seconds) {
        limitSeconds = seconds;
    }

    /** Completes with the attempt as stored, its end recorded. */
    CompletableFuture<Attempt> end() {
        return end;
    }

    AttemptFiles files() {
        return new AttemptFiles(work.folder());
    }

    /** What the incarnation wrote. */
    AttemptFolder folder(int incarnation) {
        return new AttemptFolder(files().work(incarnation));
    }

    FileReports reports() {
        return files;
    }

    /** Where it was given to; empty while it waits. */
    Optional<TrainingBackend> backend() {
        return backend;
    }

    void on(TrainingBackend its, Instant now) {
        given = now;
        backend = Optional.of(its);
    }

    /** When this service gave it to its backend, or found it there; before that, when it began to look after it. */
    Instant given() {
        return given;
    }

    Optional<JobRef> job() {
        return job;
    }

    void job(JobRef known, Instant now) {
        jobSince = now;
        job = Optional.of(known);
    }

    /** Whether its launch is over, so that the watch may look for its job. */
    boolean launched() {
        return launched;
    }

    void launchIsOver() {
        launched = true;
    }

    boolean cancelled() {
        return cancelled;
    }

    void cancel() {
        cancelled = true;
    }

    /** What was seen of it until now. */
    Step.Seen seen(AttemptView.Phase phase, boolean claimed, Instant now) {
        boolean runs = phase == AttemptView.Phase.RUNNING || phase == AttemptView.Phase.STOPPING;
        boolean over = phase == AttemptView.Phase.ENDED || phase == AttemptView.Phase.GONE;
        engineRuns = engineRuns.or(() -> runs ? Optional.of(now) : Optional.empty());
        engineEnded = engineEnded.or(() -> over ? Optional.of(now) : Optional.empty());
        return new Step.Seen(jobSince, engineRuns.orElse(now), engineEnded.orElse(now), claimed ? worked(now) : Duration.ZERO);
    }

    /** A process works on it: its time runs from the first such word. */
    void claimed(Instant now) {
        claimSeen = Optional.of(claimSeen.orElse(now));
    }

    /**
     * How long its process has worked: what it said itself before this service looked, and what has passed here since. No clock of another machine or of
     * an earlier service counts.
     */
    private Duration worked(Instant now) {
        claimed(now);
        telling.lock();
        try {
            return Duration.between(claimSeen.orElse(now), now).plusMillis(Math.round(1000 * secondsBefore));
        } finally {
            telling.unlock();
        }
    }

    /** Tells the listener those events that it was not told yet; its answer stays for those that are told again. Events of which it failed count as not told. */
    Report.Answer tell(int incarnation, List<WorkerEvent> events) {
        telling.lock();
        try {
            BitSet known = told.computeIfAbsent(incarnation, _ -> new BitSet());
            BitSet now = new BitSet();
            List<WorkerEvent> fresh = new ArrayList<>();
            for (WorkerEvent event : events) {
                int seq = Math.toIntExact(event.seq());
                if (!known.get(seq) && !now.get(seq)) {
                    now.set(seq);
                    fresh.add(event);
                }
            }
            answer = fresh.isEmpty() ? answer : listener.apply(List.copyOf(fresh));
            known.or(now);
            return answer;
        } finally {
            telling.unlock();
        }
    }

    /** What was recorded before this service looked. */
    void before(List<Heard> events) {
        telling.lock();
        try {
            secondsBefore = events.stream().mapToDouble(Heard::seconds).max().orElse(0);
        } finally {
            telling.unlock();
        }
        tellAll(events);
    }

    /** All that was recorded, as far as it was not told yet. */
    void tellAll(List<Heard> events) {
        telling.lock();
        try {
            events.forEach(heard -> tell(heard.incarnation(), List.of(heard.event())));
        } finally {
            telling.unlock();
        }
    }

    /** Another listener takes over, to be told everything from the beginning: what is recorded is read after this, or what comes between is lost to it. */
    void relisten(Function<List<WorkerEvent>, Report.Answer> next) {
        telling.lock();
        try {
            listener = next;
            told.clear();
        } finally {
            telling.unlock();
        }
    }
}
