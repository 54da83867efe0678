package io.tunesmith.run;

import io.tunesmith.core.DatasetId;
import io.tunesmith.core.RunId;
import io.tunesmith.task.Overrides;
import java.util.Optional;

/**
 * What a caller asks for.
 *
 * @param text the request in plain words, 1 to 100,000 characters
 * @param parent the finished run that this one goes on from; absent: none
 */
public record RunRequest(String text, DatasetId data, Overrides overrides, Start start, Optional<RunId> parent) {
    public RunRequest {
        // Rows of earlier versions have neither.
        start = start == null ? Start.NOW : start;
        parent = parent == null ? Optional.empty() : parent;
    }

    public static RunRequest now(String text, DatasetId data, Overrides overrides) {
        return new RunRequest(text, data, overrides, Start.NOW, Optional.empty());
    }
}
