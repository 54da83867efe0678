package io.tunesmith.dispatch.agent;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.dispatch.AttemptView;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An attempt that was given to an agent, as stored.
 *
 * @param folder on the service's machine
 * @param delivered whether an answer that holds it was ever made: then the agent may have it
 * @param stop the grace of its cancellation, if it was cancelled
 * @param view what the agent reported, or what the service concluded; empty until then
 */
public record AgentJob(AttemptKey key, String agent, String affinity, Path folder, int gpus, Instant submitted, boolean delivered, Optional<Duration> stop, Optional<AttemptView> view) {

    boolean ended() {
        return view.filter(known -> known.phase() == AttemptView.Phase.ENDED).isPresent();
    }
}
