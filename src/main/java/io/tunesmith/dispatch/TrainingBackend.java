package io.tunesmith.dispatch;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.Resources;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** An engine that runs attempts: this machine, an agent, Ray, Slurm, Kubernetes. Thread-safe. Retries are the service's, never the engine's. */
public interface TrainingBackend {

    Capabilities describe();

    /**
     * Whether one more attempt with these needs would start now. Attempts wait in the dispatcher's queue, not in the engine's.
     *
     * @param placed attempts that are on their way to this backend and that it does not know yet
     */
    Room room(Resources asked, int placed);

    /** Is told each time that room may have appeared: a slot became free, an agent came. Called from any thread, must return at once. */
    default void onRoom(Runnable listener) {}

    /**
     * Starts the attempt or queues it. The same key again gives the same job.
     *
     * @throws Refused for good
     * @throws Unreachable outcome unknown: {@link #find} before anything else
     */
    JobRef submit(Submission submission) throws Refused, Unreachable;

    /** The jobs of this key, none to several; empty only if the engine really answered. */
    List<JobRef> find(AttemptKey key) throws Unreachable;

    /** One engine call for the whole batch; a job that the engine does not know is GONE. */
    Map<JobRef, AttemptView> observe(Collection<JobRef> jobs) throws Unreachable;

    /** Asks the job to end (TERM), kills it after {@code grace}. Idempotent, asynchronous; an unknown job is fine. */
    void cancel(JobRef job, Duration grace) throws Unreachable;

    /** At most {@code max} bytes of the attempt's own log from {@code fromByte}. */
    LogChunk logs(JobRef job, long fromByte, int max) throws Unreachable;

    /** Every job that carries this installation's mark, for the orphan sweep. */
    List<JobRef> ours() throws Unreachable;

    /** Forgets a job whose result is recorded. */
    void forget(JobRef job) throws Unreachable;

    /** Runs of this affinity are over: processes kept warm for it end. */
    default void release(String affinity) {}
}
