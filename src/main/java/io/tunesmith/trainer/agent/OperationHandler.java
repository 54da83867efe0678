package io.tunesmith.trainer.agent;

/**
 * The work of one operation. It runs on the agent's main thread, after the claim and the check of the inputs' digests; it reads and writes
 * only files of the attempt's folder. What it throws becomes the attempt's failure ({@link FailureReader}).
 */
@FunctionalInterface
public interface OperationHandler {
    Findings run(Attempt attempt) throws Exception;
}
