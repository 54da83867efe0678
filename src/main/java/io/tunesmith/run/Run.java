package io.tunesmith.run;

import io.tunesmith.core.Failure;
import io.tunesmith.core.RunId;
import java.time.Instant;
import java.util.Optional;

/**
 * A run as stored.
 *
 * @param accepted when it was accepted: the budget's seconds count from here
 * @param failure why it ended without a model
 * @param seed of the study: stated, or drawn when the run was accepted
 */
public record Run(RunId id, RunRequest request, RunStatus status, long seed, Instant accepted, Optional<Instant> ended, Optional<Failure> failure) {}
