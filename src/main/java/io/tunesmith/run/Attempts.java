package io.tunesmith.run;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.AttemptSpec;
import io.tunesmith.contract.Callback;
import io.tunesmith.contract.Operation;
import io.tunesmith.contract.Resources;
import io.tunesmith.contract.Wire;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.RunId;
import io.tunesmith.dispatch.Dispatcher;
import io.tunesmith.dispatch.Ending;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Runs jobs of one run as attempts. The attempt key is made of run, work and try: a job that was concluded before is not run again, its end is read
 * from the store. Ends that say nothing about the job (a lost process) are retried at most {@value #TRIES} times. Thread-safe.
 *
 * @param callback the service's address for worker callbacks, up to and without the attempt key
 */
record Attempts(RunId run, Folders folders, Dispatcher dispatcher, int threads, long memoryBytes, String callback) {
    private static final int TRIES = 3;
    private static final String RECIPE = "tabular";

    /** How the job ended, after retries. */
    Ending run(Job job) {
        Ending ending = attempt(job, 1);
        for (int n = 2; n <= TRIES && ending instanceof Ending.Retry; n++) {
            ending = attempt(job, n);
        }
        return ending;
    }

    /** The job's result; any other end is a failure. */
    Done result(Job job) {
        for (int n = 1; n <= TRIES; n++) {
            switch (attempt(job, n)) {
                case Ending.Complete complete -> {
                    return new Done(folders.attempts(run), key(job, n).value(), complete.result());
                }
                case Ending.Pruned pruned -> {
                    return new Done(folders.attempts(run), key(job, n).value(), pruned.result());
                }
                case Ending.Retry _ -> { }
                case Ending.Infeasible infeasible -> throw failure(job, infeasible.detail());
                case Ending.Failed failed -> throw failed(job, failed);
                case Ending.Cancelled _ -> throw new Failure.Exhausted(FailureCode.RUN_CONFLICT, "the run was cancelled").asException();
            }
        }
        throw failure(job, "its process was lost " + TRIES + " times");
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
                case TRAIN, REFIT -> TRAINING;
                case EVALUATE, PREDICT -> TEST;
            };
        }

        String of(RunId run) {
            return run.value() + "/" + name().toLowerCase(Locale.ROOT);
        }
    }

    private Ending attempt(Job job, int n) {
        AttemptKey key = key(job, n);
        Resources resources = new Resources(0, memoryBytes, job.wallSeconds(), threads);
        Map<String, io.tunesmith.contract.InputFile> none = Map.of();
        AttemptSpec spec = new AttemptSpec(key, n, RECIPE, 1, job.operation(), job.config(), job.seed(), none, Wire.tree(job.options()), 1, resources, Optional.empty(),
                Optional.of(new Callback(callback + "/" + key)));
        return Ending.of(dispatcher.run(new Dispatcher.Work(key, folders.attempt(run, key), spec, job.inputs(), Circle.of(job.operation()).of(run), job.listener())).join());
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
