package io.tunesmith.batch;

import io.tunesmith.core.BatchId;
import io.tunesmith.core.FileId;
import io.tunesmith.core.RunId;
import io.tunesmith.run.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The memory of batches. Every call is one transaction, and made again it changes nothing more; thread-safe. */
public interface BatchStore {

    /**
     * @param most batches of its owner that have not ended, with this one
     * @return whether there was room for it; one that is kept already is
     */
    boolean create(Batch batch, int most);

    Optional<Batch> find(BatchId id);

    /** Newest first: those that the caller sees, older than {@code after}. */
    List<Batch> list(Caller caller, Optional<BatchId> after, int limit);

    /** Those that have not ended, oldest first. */
    List<Batch> open();

    /** Marks a batch as to be cancelled if it is validating or in progress; else false. Any service may ask. */
    boolean cancel(BatchId id, Instant at);

    /** Keeps lines, waiting; a line that is kept already stays as it is. */
    void add(BatchId id, List<BatchLine> lines);

    /** From validating to in progress, with all lines kept. False if it is no longer validating. */
    boolean begin(BatchId id, int total, Instant at);

    /** From validating to failed. False if it is no longer validating. */
    boolean fail(BatchId id, List<BatchError> errors, Instant at);

    /** From in progress to finalizing. @param late whether it expires, with lines that have not ended */
    boolean finalizing(BatchId id, boolean late, Instant at);

    /** Lines in these states after this number, in order. */
    List<BatchLine> lines(BatchId id, Set<BatchLine.State> states, int after, int limit);

    /** A waiting line is under way from now on, by this run. False if it does not wait. */
    boolean draw(BatchId id, int number, RunId run, Spend reserved);

    /** Ends a line once, and counts it. False if it had ended. */
    boolean end(BatchId id, int number, LineAnswer answer, Spend spent);

    /** What its lines in this state may spend or have spent. */
    Spend spent(BatchId id, BatchLine.State state);

    /** Names the files of its output, once: the names given first stay. */
    Batch outputs(BatchId id, FileId output, FileId error);

    /** Ends a batch once, takes back the names of files without a line, and forgets its lines. */
    boolean close(BatchId id, BatchStatus ending, Instant at);
}
