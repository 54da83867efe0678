package io.tunesmith.batch;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FileId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a caller asks for.
 *
 * @param metadata at most 16 pairs, keys of 1 to 64 and values of at most 512 characters
 * @param maxSeconds the cap on all runs together; absent: the service's
 * @param maxTrials the same for trials
 */
public record BatchOrder(FileId input, BatchEndpoint endpoint, Map<String, String> metadata, Optional<Duration> keepOutput, Optional<Double> maxSeconds, Optional<Long> maxTrials) {
    private static final int MOST_PAIRS = 16;
    private static final int LONGEST_KEY = 64;
    private static final int LONGEST_VALUE = 512;

    public BatchOrder {
        metadata = Map.copyOf(metadata);
        if (metadata.size() > MOST_PAIRS) {
            refuse("metadata", "there are " + metadata.size() + " pairs", "at most " + MOST_PAIRS);
        }
        metadata.forEach((key, value) -> {
            if (key.isEmpty() || key.length() > LONGEST_KEY) {
                refuse("metadata", "a key has " + key.length() + " characters", "1 to " + LONGEST_KEY);
            }
            if (value.length() > LONGEST_VALUE || value.indexOf('\0') >= 0 || key.indexOf('\0') >= 0) {
                refuse("metadata." + key.replace("\0", ""), "the value has " + value.length() + " characters", "at most " + LONGEST_VALUE + ", no NUL");
            }
        });
    }

    private static void refuse(String field, String message, String allowed) {
        throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, field, message).allowed(allowed).asException();
    }
}
