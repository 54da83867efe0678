package io.tunesmith.contract;

/**
 * How an attempt ended: the content of {@code result.json} and the body of {@code POST …/result}. The same content again is answered as
 * the first time; another content for the same incarnation is refused.
 *
 * @param event a {@link WorkerEvent.Finished} or a {@link WorkerEvent.Failed}
 */
public record Outcome(int n, int incarnation, WorkerEvent event) {
    public Outcome {
        if (!(event instanceof WorkerEvent.Finished) && !(event instanceof WorkerEvent.Failed)) {
            throw new IllegalArgumentException("an attempt ends by finished or failed, not by " + event);
        }
    }
}
