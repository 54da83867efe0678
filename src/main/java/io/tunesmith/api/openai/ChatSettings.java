package io.tunesmith.api.openai;

import java.time.Duration;

/**
 * How the service talks.
 *
 * @param url where it answers, for links
 * @param progress where a stream tells of a run's progress
 * @param patience how long an answer that is no stream waits for its run; at most {@link #LONGEST_WAIT}
 */
public record ChatSettings(String url, Progress progress, Duration patience) {
    /** Clients give up after ten minutes, and then send the request again. */
    public static final Duration LONGEST_WAIT = Duration.ofSeconds(540);

    public ChatSettings {
        if (patience.isNegative() || patience.compareTo(LONGEST_WAIT) > 0) {
            throw new IllegalArgumentException("tunesmith.wait-s is " + patience.toSeconds() + "; allowed: 0 to " + LONGEST_WAIT.toSeconds());
        }
    }

    /** Where progress is told. */
    public enum Progress {
        /** In {@code reasoning_content}, which clients show apart from the answer. */
        REASONING,
        /** In the answer itself, for clients that hide the other. */
        CONTENT,
        /** Nowhere: only the beginning and the end are told. */
        NONE
    }
}
