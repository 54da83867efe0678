package io.tunesmith.contract.agent;

import io.tunesmith.contract.AttemptSpec;

/**
 * An attempt for an agent. The same lease may come again until the agent reports it.
 *
 * @param token opens the attempt's own calls
 * @param affinity processes that served one affinity never serve another
 */
public record Lease(AttemptSpec spec, String token, String affinity) {
    @Override
    public String toString() {
        return "Lease[" + spec.attempt() + ", " + affinity + "]";
    }
}
