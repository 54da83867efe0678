package io.tunesmith.api.openai;

import java.time.Duration;

/** How long an answer waits for the run that it tells of; after that it says honestly how far the run is. */
public record Waiting(Duration most) {
    /** Until the run has ended, or asks something. */
    public static final Waiting UNTIL_IT_RESTS = new Waiting(Duration.ofDays(3650));
}
