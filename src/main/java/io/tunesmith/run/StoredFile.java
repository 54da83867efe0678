package io.tunesmith.run;

import io.tunesmith.core.FileId;
import java.time.Instant;
import java.util.Optional;

/**
 * A file that the service keeps for a client, whatever it holds.
 *
 * @param owner whose it is ({@link Caller#owner})
 * @param name the file's own, for people only
 * @param expires when it is removed; absent: when its owner removes it
 */
public record StoredFile(FileId id, String owner, String name, FilePurpose purpose, long bytes, Instant created, Optional<Instant> expires) {}
