package io.tunesmith.run;

import java.util.List;

/**
 * What a check of a run's records found.
 *
 * @param trials recorded
 * @param attempts recorded, of trials and of everything else
 * @param violations promises that the records break, in sentences; none is the only good number
 */
public record Audit(int trials, int attempts, List<String> violations) {
    public Audit {
        violations = List.copyOf(violations);
    }
}
