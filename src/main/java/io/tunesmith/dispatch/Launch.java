package io.tunesmith.dispatch;

import io.tunesmith.contract.FailureCause;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Brings an attempt onto its engine: folder, intent, submit. An attempt that an earlier service began, or whose submit had an unknown outcome, is looked
 * for by its key before anything else. Thread-safe: it holds no state of its own; one thread at a time works on one attempt.
 */
final class Launch {
    private final AttemptStore store;
    private final TrainingBackend backend;
    private final Clock clock;
    private final Tokens tokens;
    private final Recorder recorder;
    private final Provisioning provisioning = new Provisioning();

    Launch(AttemptStore store, TrainingBackend backend, Clock clock, Tokens tokens, Recorder recorder) {
        this.store = store;
        this.backend = backend;
        this.clock = clock;
        this.tokens = tokens;
        this.recorder = recorder;
    }

    /** Starts an attempt that nobody here looks after yet. */
    void begin(Running one) {
        try {
            Optional<Attempt> before = store.find(one.key());
            if (before.isPresent()) {
                adopt(one, before.get());
            } else {
                fresh(one);
            }
        } finally {
            one.launchIsOver();
        }
    }

    private void fresh(Running one) {
        String token = tokens.draw();
        Optional<String> fault = prepare(one, token);
        store.intend(one.key(), one.n(), one.work().affinity(), Tokens.hash(token), clock.instant());
        if (fault.isPresent()) {
            FailureCause cause = fault.get().contains("No space left") ? FailureCause.DISK_FULL : FailureCause.ERROR;
            conclude(one, new AttemptEnd.Failed(cause, "its folder could not be prepared: " + fault.get(), OptionalInt.empty()));
        } else {
            submit(one);
        }
    }

    private Optional<String> prepare(Running one, String token) {
        try {
            provisioning.prepare(one.work().folder(), one.work().spec(), token, one.work().inputs());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e));
        }
    }

    /** Hands it to the engine, unless it was cancelled meanwhile: the flag is set before the store is asked, and read after it was told. */
    private void submit(Running one) {
        if (one.cancelled()) {
            conclude(one, new AttemptEnd.Cancelled());
            return;
        }
        try {
            attach(one, backend.submit(new Submission(one.key(), one.work().folder(), one.work().spec().resources(), one.work().affinity())));
        } catch (Refused e) {
            conclude(one, new AttemptEnd.Failed(FailureCause.ERROR, e.getMessage(), OptionalInt.empty()));
        } catch (Unreachable e) {
            // The outcome is unknown: the watch looks for the job.
            return;
        }
    }

    /** The job is known; if the attempt ended while it was submitted, the job must go: the end is told before the job is read, and here the other way round. */
    private void attach(Running one, JobRef job) throws Unreachable {
        store.submitted(one.key(), job.engineId(), clock.instant());
        one.job(job);
        if (one.end().isDone()) {
            recorder.leave(job);
            backend.cancel(job, Watch.GRACE);
        }
    }

    /** An attempt of an earlier service: its recorded end, or its job, goes on here; the listener is told what was recorded before. */
    private void adopt(Running one, Attempt attempt) {
        if (!recorder.settle(one.key())) {
            one.tell(store.events(attempt.key()));
            look(one, attempt);
        }
    }

    /** Looks for the job of a launched attempt whose job is not known. */
    void look(Running one) {
        if (!recorder.settle(one.key())) {
            store.find(one.key()).ifPresent(attempt -> look(one, attempt));
        }
    }

    private void look(Running one, Attempt attempt) {
        try {
            List<JobRef> jobs = backend.find(one.key());
            if (!jobs.isEmpty()) {
                attach(one, jobs.stream().min(Comparator.comparing(JobRef::submitted)).orElseThrow());
            } else if (attempt.engineId().isPresent() || attempt.claimed().isPresent()) {
                attach(one, new JobRef(backend.describe().name(), one.key(), attempt.engineId().orElse(one.key().value()), attempt.intended()));
            } else if (settled(attempt.intended())) {
                again(one, attempt);
            }
        } catch (Unreachable e) {
            giveUp(one);
        }
    }

    /** The engine surely does not have it: the same key once more, if its folder is whole and holds the token that was stored. */
    private void again(Running one, Attempt attempt) {
        try {
            boolean whole = Files.exists(one.work().folder().resolve("spec.json"))
                    && Tokens.matches(Files.readString(one.work().folder().resolve("token")).strip(), attempt.tokenHash());
            if (whole) {
                submit(one);
                giveUp(one);
                return;
            }
        } catch (IOException e) {
            // No token, no attempt: its key is used up.
        }
        conclude(one, new AttemptEnd.Lost(AttemptView.Cause.NOT_STARTED, "its folder is not whole"));
    }

    /** An engine that does not answer for too long has not started it; should it have done so, the claim is refused. */
    private void giveUp(Running one) {
        boolean tooLong = Duration.between(one.since(), clock.instant()).compareTo(Step.START_LIMIT) > 0;
        if (one.job().isEmpty() && !one.end().isDone() && tooLong && store.find(one.key()).flatMap(Attempt::claimed).isEmpty()) {
            conclude(one, new AttemptEnd.Lost(AttemptView.Cause.NOT_STARTED, "the engine did not answer within " + Step.START_LIMIT.toSeconds() + " s"));
        }
    }

    private boolean settled(Instant intended) {
        return Duration.between(intended, clock.instant()).compareTo(backend.describe().settleWindow()) >= 0;
    }

    private void conclude(Running one, AttemptEnd end) {
        recorder.conclude(one.key(), one.n(), 0, end);
    }
}
