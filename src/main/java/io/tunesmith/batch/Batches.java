package io.tunesmith.batch;

import io.tunesmith.core.BatchId;
import java.util.List;
import java.util.Optional;

/** What one caller can do with batches. Thread-safe. Another's batch is as absent as one that was never made. */
public interface Batches {

    /** Accepts a batch; its file is checked soon after. */
    Batch create(BatchOrder order);

    Optional<Batch> find(BatchId id);

    /** Newest first, older than {@code after}. */
    List<Batch> list(Optional<BatchId> after, int limit);

    /** Asks the batch to end; asked again it changes nothing. Fails with {@code RUN_CONFLICT} where it has ended, or is writing its output. */
    Batch cancel(BatchId id);
}
