package io.tunesmith.api.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tunesmith.batch.Batch;
import io.tunesmith.batch.BatchError;
import io.tunesmith.batch.BatchStatus;
import io.tunesmith.core.FileId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A batch as OpenAI's clients know it. Times are seconds of the epoch; what has not come about is null. */
public record BatchView(String id, String object, String endpoint, Optional<Errors> errors, String inputFileId, String completionWindow, String status, Optional<String> outputFileId, Optional<String> errorFileId,
        long createdAt, Optional<Long> inProgressAt, long expiresAt, Optional<Long> finalizingAt, Optional<Long> completedAt, Optional<Long> failedAt, Optional<Long> expiredAt, Optional<Long> cancellingAt,
        Optional<Long> cancelledAt, Counts requestCounts, Map<String, String> metadata, @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Cap> tunesmith) {

    /** Why the file was refused, at most 100 of them. */
    public record Errors(String object, List<Error> data) {}

    /** @param line of the file, from 1 */
    public record Error(String code, String message, Optional<String> param, OptionalInt line) {}

    /** Lines in all, answered, and refused or never run. */
    public record Counts(int total, int completed, int failed) {}

    /** What all runs may spend together. */
    public record Cap(double maxSeconds, Optional<Long> maxTrials) {}

    static BatchView of(Batch batch) {
        boolean ended = batch.status().terminal();
        return new BatchView(batch.id().value(), "batch", batch.endpoint().path(), Optional.of(batch.errors()).filter(errors -> !errors.isEmpty()).map(BatchView::errors), batch.input().value(), "24h",
                batch.status().wire(), batch.output().filter(_ -> ended).map(FileId::value), batch.error().filter(_ -> ended).map(FileId::value), batch.created().getEpochSecond(), at(batch, BatchStatus.IN_PROGRESS),
                batch.expires().getEpochSecond(), at(batch, BatchStatus.FINALIZING), at(batch, BatchStatus.COMPLETED), at(batch, BatchStatus.FAILED),
                at(batch, BatchStatus.EXPIRED).filter(_ -> batch.status() == BatchStatus.EXPIRED), at(batch, BatchStatus.CANCELLING), at(batch, BatchStatus.CANCELLED),
                new Counts(batch.counts().total(), batch.counts().completed(), batch.counts().failed()), batch.metadata(), Optional.of(new Cap(batch.cap().seconds(), batch.cap().trials())));
    }

    private static Optional<Long> at(Batch batch, BatchStatus status) {
        return batch.reached(status).map(Instant::getEpochSecond);
    }

    private static Errors errors(List<BatchError> errors) {
        return new Errors("list", errors.stream().map(error -> new Error(error.code(), error.message(), error.param(), error.line())).toList());
    }
}
