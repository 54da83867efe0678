package io.tunesmith.batch;

import io.tunesmith.core.BatchId;
import io.tunesmith.core.FileId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file of requests that is worked through.
 *
 * @param owner whose it is, and whose its runs and output are
 * @param metadata the client's own words, handed back as they came
 * @param keepOutput how long its output is kept; absent: until it is removed
 * @param errors why the file was refused
 * @param output the answers, and {@code error} the refusals; a file with no line is never written, and named only while it is being decided
 * @param reached when it came to each status
 */
public record Batch(BatchId id, String owner, BatchEndpoint endpoint, FileId input, Map<String, String> metadata, Optional<Duration> keepOutput, BatchCap cap, BatchStatus status,
        List<BatchError> errors, Counts counts, Optional<FileId> output, Optional<FileId> error, Instant created, Instant expires, Map<BatchStatus, Instant> reached) {
    public Batch {
        metadata = Map.copyOf(metadata);
        errors = List.copyOf(errors);
        reached = Map.copyOf(reached);
    }

    /** Lines in all, those that were answered, and those that were refused or never ran. */
    public record Counts(int total, int completed, int failed) {
        public static final Counts NONE = new Counts(0, 0, 0);
    }

    public Optional<Instant> reached(BatchStatus when) {
        return Optional.ofNullable(reached.get(when));
    }

    /** Its time ran out while lines had not ended. */
    boolean late() {
        return reached.containsKey(BatchStatus.EXPIRED);
    }
}
