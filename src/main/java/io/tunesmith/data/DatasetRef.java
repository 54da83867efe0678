package io.tunesmith.data;

import io.tunesmith.core.DatasetId;
import io.tunesmith.core.Sha256;

/**
 * A data set that the service keeps.
 *
 * @param owner whose it is
 * @param name the file's own name as the user gave it, for people; never used as a path
 * @param bytes its size
 */
public record DatasetRef(DatasetId id, String owner, String name, DataFormat format, Sha256 sha256, long bytes) {}
