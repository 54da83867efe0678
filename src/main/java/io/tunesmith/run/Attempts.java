package io.tunesmith.run;

import io.tunesmith.contract.AttemptFiles;
import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.AttemptSpec;
import io.tunesmith.contract.Callback;
import io.tunesmith.contract.InputFile;
import io.tunesmith.contract.Operation;
import io.tunesmith.contract.Resources;
import io.tunesmith.contract.Resume;
import io.tunesmith.contract.Wire;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.RunId;
import io.tunesmith.core.Sha256;
import io.tunesmith.dispatch.Attempt;
import io.tunesmith.dispatch.AttemptEnd;
import io.tunesmith.dispatch.Dispatcher;
import io.tunesmith.dispatch.Ending;
import io.tunesmith.dispatch.Heard;
import io.tunesmith.dispatch.Where;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Runs jobs of one run as attempts. The attempt key is made of run, work and try: a job that was concluded before is not run again, its end is read
 * from the store. Ends that say nothing about the job (a lost process) are retried at most {@value #TRIES} times, after a growing wait, from the last
 * recorded checkpoint. Thread-safe.
 *
 * @param callback the service's address for worker callbacks, up to and without the attempt key
 */
record Attempts(RunId run, Folders folders, Dispatcher dispatcher, int threads, long memoryBytes, String callback) {
    static final int TRIES = 3;
    private static final long FIRST_WAIT_MILLIS = 200;
    private static final int WAIT_GROWS = 5;
    private static final String RECIPE = "tabular";

    /** How the job ended, after retries. */
    Ending run(Job job) {
        return Ending.of(last(job).end().orElseThrow());
    }

    /** The job's result; any other end is a failure. */
    Done result(Job job) {
        Attempt attempt = last(job);
        return switch (Ending.of(attempt.end().orElseThrow())) {
            case Ending.Complete(WorkerEvent.Result result) -> done(attempt, result);
            case Ending.Pruned(WorkerEvent.Result result) -> done(attempt, result);
            case Ending.Retry retry -> throw failure(job, "its process was lost " + TRIES + " times: " + retry.why());
            case Ending.Infeasible infeasible -> throw failure(job, infeasible.detail());
            case Ending.Failed failed -> throw failed(job, failed);
            case Ending.Cancelled _ -> throw new Failure.Exhausted(FailureCode.RUN_CONFLICT, "the run was cancelled").asException();
        };
    }

    /** What a piece of work that was done before has left; empty if none of its attempts has a result. */
    Optional<Done> before(String work) {
        return IntStream.rangeClosed(1, TRIES).mapToObj(n -> dispatcher.find(AttemptKey.of(run, work, n))).flatMap(Optional::stream)
                .flatMap(attempt -> attempt.end().filter(AttemptEnd.Succeeded.class::isInstance).map(end -> done(attempt, ((AttemptEnd.Succeeded) end).result())).stream())
                .findFirst();
    }

    /** Why the work waits for a backend; empty if it does not. */
    Optional<String> waits(String work) {
        return IntStream.rangeClosed(1, TRIES).mapToObj(n -> dispatcher.waits(AttemptKey.of(run, work, n))).flatMap(Optional::stream).findFirst();
    }

    /** Whether a process may be under way for the run. */
    boolean underWay() {
        return dispatcher.attempts(run.value() + "/").stream().anyMatch(attempt -> attempt.end().isEmpty());
    }

    /** Ends whatever runs for the run. */
    void cancel() {
        for (Circle circle : Circle.values()) {
            dispatcher.cancel(circle.of(run));
        }
    }

    /** The run is over: its processes end. */
    void release() {
        for (Circle circle : Circle.values()) {
            dispatcher.release(circle.of(run));
        }
    }

    /** Processes that may share what they have seen: one that has seen sealed rows never trains. */
    private enum Circle {
        /** Sees all of the data. */
        DATA,
        /** Sees the train part. */
        TRAINING,
        /** Sees the sealed part, after the choice. */
        TEST;

        static Circle of(Operation operation) {
            return switch (operation) {
                case PROFILE, SPLIT -> DATA;
                case TRAIN, REFIT, PROBE -> TRAINING;
                case EVALUATE, PREDICT -> TEST;
            };
        }

        String of(RunId run) {
            return run.value() + "/" + name().toLowerCase(Locale.ROOT);
        }
    }

    private Attempt last(Job job) {
        Attempt attempt = attempt(job, 1);
        for (int n = 2; n <= TRIES && Ending.of(attempt.end().orElseThrow()) instanceof Ending.Retry; n++) {
            waitBefore(n);
            attempt = attempt(job, n);
        }
        return attempt;
    }

    /** Whatever took the process away may need a moment; not if the next attempt has begun already. */
    private void waitBefore(int n) {
        long millis = FIRST_WAIT_MILLIS * (long) Math.pow(WAIT_GROWS, n - 2);
        CompletableFuture.runAsync(() -> { }, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)).join();
    }

    private Attempt attempt(Job job, int n) {
        AttemptKey key = key(job, n);
        Optional<Saved> saved = n == 1 ? Optional.empty() : saved(job, n);
        Map<String, Path> inputs = new HashMap<>(job.inputs());
        saved.ifPresent(one -> inputs.put(Dispatcher.CHECKPOINT, one.file()));
        Resources resources = new Resources(0, memoryBytes, job.wallSeconds(), threads);
        Map<String, InputFile> none = Map.of();
        AttemptSpec spec = new AttemptSpec(key, n, RECIPE, 1, job.operation(), job.config(), job.seed(), none, Wire.tree(job.options()), 1, resources,
                saved.map(one -> new Resume("inputs/" + Dispatcher.CHECKPOINT, one.sha256())), Optional.of(new Callback(callback + "/" + key)));
        Circle circle = Circle.of(job.operation());
        try {
            return dispatcher.run(new Dispatcher.Work(key, folders.attempt(run, key), spec, inputs, circle.of(run), circle == Circle.TRAINING ? Where.ANYWHERE : Where.HOME, job.until(), job.listener())).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** A checkpoint that was recorded. */
    private record Saved(Path file, String sha256) {}

    /** The last recorded checkpoint of the earlier attempts that is whole. */
    private Optional<Saved> saved(Job job, int n) {
        return IntStream.iterate(n - 1, earlier -> earlier >= 1, earlier -> earlier - 1).mapToObj(earlier -> key(job, earlier))
                .flatMap(key -> dispatcher.heard(key).reversed().stream().flatMap(heard -> saved(key, heard).stream())).findFirst();
    }

    private Optional<Saved> saved(AttemptKey key, Heard heard) {
        if (!(heard.event() instanceof WorkerEvent.Checkpointed checkpoint)) {
            return Optional.empty();
        }
        Path work = new AttemptFiles(folders.attempt(run, key)).work(heard.incarnation());
        Path file = work.resolve(checkpoint.path()).normalize();
        try {
            boolean whole = file.startsWith(work) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Sha256.of(file).hex().equals(checkpoint.sha256());
            return whole ? Optional.of(new Saved(file, checkpoint.sha256())) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Done done(Attempt attempt, WorkerEvent.Result result) {
        Path work = new AttemptFiles(folders.attempt(run, attempt.key())).work(attempt.incarnation());
        return new Done(folders.attempts(run), folders.attempts(run).relativize(work).toString(), result);
    }

    private AttemptKey key(Job job, int n) {
        return AttemptKey.of(run, job.work(), n);
    }

    private static RuntimeException failed(Job job, Ending.Failed failed) {
        return failed.advice().<RuntimeException>map(advice -> advice.failure(failed.message()).asException()).orElseGet(() -> failure(job, failed.message()));
    }

    private static RuntimeException failure(Job job, String message) {
        return new Failure.Exhausted(FailureCode.TRAINING_FAILED, job.work() + " failed: " + message).asException();
    }
}
