package io.tunesmith.run;

import io.tunesmith.core.RunId;
import java.util.Optional;
import java.util.Set;

/**
 * Which runs to list, newest first.
 *
 * @param statuses empty: all
 * @param text that the request contains, whatever its case; absent: any
 * @param before only runs older than this one; absent: from the newest
 * @param limit 1 to 1000
 */
public record RunQuery(Set<RunStatus> statuses, Optional<String> text, Optional<RunId> before, int limit) {
    public RunQuery {
        statuses = Set.copyOf(statuses);
    }

    public static RunQuery newest(int limit) {
        return new RunQuery(Set.of(), Optional.empty(), Optional.empty(), limit);
    }
}
