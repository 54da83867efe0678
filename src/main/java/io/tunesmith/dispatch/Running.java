package io.tunesmith.dispatch;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.Report;
import io.tunesmith.contract.WorkerEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * An attempt that this service looks after. Thread-safe: what several threads share is volatile; the rest is written by the watching thread alone.
 */
final class Running {
    private final Dispatcher.Work work;
    private final Instant since;
    private final CompletableFuture<AttemptEnd> end = new CompletableFuture<>();
    private final AttemptFolder folder;
    private final FileReports files;
    private volatile Optional<JobRef> job = Optional.empty();
    private volatile boolean launched;
    private volatile boolean cancelled;
    private Optional<Instant> engineEnded = Optional.empty();

    Running(Dispatcher.Work work, Instant since) {
        this.work = work;
        this.since = since;
        this.folder = new AttemptFolder(work.folder());
        this.files = new FileReports(folder);
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

    /** When this service began to look after it. */
    Instant since() {
        return since;
    }

    CompletableFuture<AttemptEnd> end() {
        return end;
    }

    AttemptFolder folder() {
        return folder;
    }

    FileReports files() {
        return files;
    }

    Optional<JobRef> job() {
        return job;
    }

    void job(JobRef known) {
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

    /** When the engine was first seen to have ended it. */
    Instant engineEnded(Instant now) {
        engineEnded = Optional.of(engineEnded.orElse(now));
        return engineEnded.get();
    }

    Report.Answer tell(List<WorkerEvent> fresh) {
        return work.listener().apply(fresh);
    }
}
