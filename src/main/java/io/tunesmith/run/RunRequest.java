package io.tunesmith.run;

import io.tunesmith.core.DatasetId;
import io.tunesmith.task.Overrides;

/**
 * What a caller asks for.
 *
 * @param text the request in plain words, 1 to 100,000 characters
 */
public record RunRequest(String text, DatasetId data, Overrides overrides) {}
