package io.tunesmith.api.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tunesmith.run.StoredFile;
import java.util.Optional;

/** A file as OpenAI's clients know it. Times are seconds of the epoch; {@code expires_at} is left out where there is none. */
public record StoredFileView(String id, String object, long bytes, long createdAt, @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Long> expiresAt, String filename, String purpose, String status) {

    static StoredFileView of(StoredFile file) {
        return new StoredFileView(file.id().value(), "file", file.bytes(), file.created().getEpochSecond(), file.expires().map(java.time.Instant::getEpochSecond), file.name(), file.purpose().wire(), "processed");
    }

    /** The answer to a removal. */
    public record Deleted(String id, String object, boolean deleted) {}
}
