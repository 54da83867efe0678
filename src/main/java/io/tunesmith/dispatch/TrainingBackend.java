package io.tunesmith.dispatch;

import io.tunesmith.contract.AttemptKey;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** An engine that runs attempts: this machine, an agent, Ray, Slurm, Kubernetes. Thread-safe. Retries are the service's, never the engine's. */
public interface TrainingBackend {

    Capabilities describe();

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
