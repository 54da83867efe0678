package io.tunesmith.run;

import io.tunesmith.core.Failure;
import io.tunesmith.core.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A run as stored.
 *
 * @param owner whose it is ({@link Caller#owner})
 * @param accepted when it was accepted
 * @param worked how long services have worked on it: what the budget's seconds count, so that neither a time without any service nor a clock that was
 *     set costs it anything
 * @param failure why it ended without a model
 * @param seed of the study: stated, or drawn when the run was accepted
 * @param extra what it was given on top of its plan's budget
 */
public record Run(RunId id, String owner, RunRequest request, RunStatus status, long seed, Instant accepted, Duration worked, Optional<Instant> ended, Optional<Failure> failure, Extra extra) {

    /** With nothing on top of its budget. */
    public Run(RunId id, String owner, RunRequest request, RunStatus status, long seed, Instant accepted, Duration worked, Optional<Instant> ended, Optional<Failure> failure) {
        this(id, owner, request, status, seed, accepted, worked, ended, failure, Extra.NONE);
    }
}
