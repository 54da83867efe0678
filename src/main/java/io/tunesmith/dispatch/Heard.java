package io.tunesmith.dispatch;

import io.tunesmith.contract.WorkerEvent;

/** A recorded event, and the incarnation that said it. */
public record Heard(int incarnation, WorkerEvent event) {

    /** Seconds since the claim as its process counted them; 0 where the event does not say. */
    double seconds() {
        return switch (event) {
            case WorkerEvent.Started started -> started.seconds();
            case WorkerEvent.Heartbeat heartbeat -> heartbeat.seconds();
            case WorkerEvent.Measured measured -> measured.seconds();
            case WorkerEvent.Checkpointed _, WorkerEvent.Finished _, WorkerEvent.Failed _ -> 0;
        };
    }
}
