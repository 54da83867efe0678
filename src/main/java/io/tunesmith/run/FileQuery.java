package io.tunesmith.run;

import io.tunesmith.core.FileId;
import java.util.Optional;

/**
 * Which files to list, by the time they were made.
 *
 * @param after only files that come later in this order than this one
 * @param limit 1 to 10,001
 */
public record FileQuery(Optional<FilePurpose> purpose, Optional<FileId> after, boolean newestFirst, int limit) {}
