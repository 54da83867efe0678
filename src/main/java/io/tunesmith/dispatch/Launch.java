package io.tunesmith.dispatch;

import io.tunesmith.contract.AttemptSpec;
import io.tunesmith.contract.FailureCause;
import io.tunesmith.contract.Wire;
import io.tunesmith.core.CrashPoint;
import io.tunesmith.core.FailureException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
    private final Backends backends;
    private final Clock clock;
    private final Tokens tokens;
    private final Recorder recorder;
    private final Provisioning provisioning = new Provisioning();

    Launch(AttemptStore store, Backends backends, Clock clock, Tokens tokens, Recorder recorder) {
        this.store = store;
        this.backends = backends;
        this.clock = clock;
        this.tokens = tokens;
        this.recorder = recorder;
    }

    /** Starts an attempt that is stored nowhere yet. */
    void begin(Running one, TrainingBackend backend) {
        try {
            Prepared prepared = prepare(one);
            CrashPoint.ATTEMPT_PREPARED.reached();
            store.intend(one.key(), one.n(), one.work().affinity(), backend.describe().name(), Tokens.hash(prepared.token()), clock.instant());
            CrashPoint.ATTEMPT_INTENDED.reached();
            recorder.given(one, backend);
            if (prepared.fault().isPresent()) {
                String fault = prepared.fault().get();
                FailureCause cause = fault.contains("No space left") ? FailureCause.DISK_FULL : FailureCause.ERROR;
                conclude(one, new AttemptEnd.Failed(cause, "its folder could not be prepared: " + fault, OptionalInt.empty()));
            } else {
                submit(one, backend);
            }
        } finally {
            one.launchIsOver();
        }
    }

    /** Records an attempt as cancelled that no backend was given. */
    void neverBegun(Running one) {
        store.intend(one.key(), one.n(), one.work().affinity(), backends.all().getFirst().describe().name(), Tokens.hash(tokens.draw()), clock.instant());
        conclude(one, new AttemptEnd.Cancelled());
    }

    /** An attempt of an earlier service: its recorded end, or its job, goes on here; the listener is told what was recorded before. */
    void adopt(Running one, Attempt attempt) {
        try {
            if (recorder.settle(one.key())) {
                return;
            }
            Optional<TrainingBackend> backend = backends.named(attempt.backend());
            if (backend.isEmpty()) {
                conclude(one, new AttemptEnd.Lost(AttemptView.Cause.NOT_STARTED, "the backend " + attempt.backend() + " is not there any more"));
                return;
            }
            recorder.given(one, backend.get());
            tellWhere(one);
            limit(one);
            one.before(store.events(attempt.key()));
            look(one, attempt, backend.get());
        } finally {
            one.launchIsOver();
        }
    }

    private static void limit(Running one) {
        try {
            one.limit(Wire.read(one.files().spec(), AttemptSpec.class).resources().wallSeconds());
        } catch (IOException | FailureException e) {
            // Its folder is gone: the limit of today must do.
            return;
        }
    }

    /** @param fault why the folder is not whole */
    private record Prepared(String token, Optional<String> fault) {}

    private Prepared prepare(Running one) {
        String drawn = tokens.draw();
        try {
            AttemptSpec spec = inTime(one.work());
            one.limit(spec.resources().wallSeconds());
            return new Prepared(provisioning.prepare(one.work().folder(), spec, drawn, one.work().inputs()), Optional.empty());
        } catch (IOException e) {
            return new Prepared(drawn, Optional.of(String.valueOf(e)));
        }
    }

    private AttemptSpec inTime(Dispatcher.Work work) {
        return work.until().equals(Instant.MAX) ? work.spec() : work.spec().within(Duration.between(clock.instant(), work.until()).toMillis() / 1000.0);
    }

    /** A process that an earlier service started learns where this one answers. */
    private static void tellWhere(Running one) {
        one.work().spec().callback().filter(_ -> Files.isDirectory(one.work().folder()))
                .ifPresent(callback -> Wire.writeBytes(one.files().callback(), (callback.url() + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    /** Hands it to the engine, unless it was cancelled meanwhile: the flag is set before the store is asked, and read after it was told. */
    private void submit(Running one, TrainingBackend backend) {
        if (one.cancelled()) {
            conclude(one, new AttemptEnd.Cancelled());
            return;
        }
        try {
            JobRef job = backend.submit(new Submission(one.key(), one.work().folder(), one.work().spec().resources(), one.work().affinity()));
            CrashPoint.ATTEMPT_SUBMITTED.reached();
            attach(one, job, backend);
        } catch (Refused e) {
            conclude(one, new AttemptEnd.Failed(FailureCause.ERROR, e.getMessage(), OptionalInt.empty()));
        } catch (Unreachable e) {
            // The outcome is unknown: the watch looks for the job.
            return;
        }
    }

    /** The job is known; if the attempt ended while it was submitted, the job must go: the end is told before the job is read, and here the other way round. */
    private void attach(Running one, JobRef job, TrainingBackend backend) throws Unreachable {
        store.submitted(one.key(), job.engineId(), clock.instant());
        one.job(job, clock.instant());
        if (one.end().isDone()) {
            recorder.leave(job);
            backend.cancel(job, Watch.GRACE);
        }
    }

    /** Looks for the job of a launched attempt whose job is not known. */
    void look(Running one) {
        if (!recorder.settle(one.key())) {
            one.backend().ifPresent(backend -> store.find(one.key()).ifPresent(attempt -> look(one, attempt, backend)));
        }
    }

    private void look(Running one, Attempt attempt, TrainingBackend backend) {
        try {
            List<JobRef> jobs = backend.find(one.key());
            if (!jobs.isEmpty()) {
                attach(one, jobs.stream().min(Comparator.comparing(JobRef::submitted)).orElseThrow(), backend);
            } else if (attempt.engineId().isPresent() || attempt.claimed().isPresent()) {
                attach(one, new JobRef(backend.describe().name(), one.key(), attempt.engineId().orElse(one.key().value()), attempt.intended()), backend);
            } else if (settled(one, backend)) {
                again(one, attempt, backend);
            }
        } catch (Unreachable e) {
            giveUp(one);
        }
    }

    /** The engine surely does not have it: the same key once more, if its folder is whole and holds the token that was stored. */
    private void again(Running one, Attempt attempt, TrainingBackend backend) {
        try {
            boolean whole = Files.exists(one.files().spec()) && Tokens.matches(Files.readString(one.files().token()).strip(), attempt.tokenHash());
            if (whole) {
                submit(one, backend);
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
        boolean tooLong = Duration.between(one.given(), clock.instant()).compareTo(Step.START_LIMIT) > 0;
        if (one.job().isEmpty() && !one.end().isDone() && tooLong && store.find(one.key()).flatMap(Attempt::claimed).isEmpty()) {
            conclude(one, new AttemptEnd.Lost(AttemptView.Cause.NOT_STARTED, "the engine did not answer within " + Step.START_LIMIT.toSeconds() + " s"));
        }
    }

    private boolean settled(Running one, TrainingBackend backend) {
        return Duration.between(one.given(), clock.instant()).compareTo(backend.describe().settleWindow()) >= 0;
    }

    private void conclude(Running one, AttemptEnd end) {
        recorder.conclude(one.key(), one.n(), 0, end);
    }
}
