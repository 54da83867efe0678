package io.tunesmith.run;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.util.Optional;

/**
 * What a run is given on top of its budget.
 *
 * @param trials 1 to 100,000; absent: none
 * @param seconds more than 0; absent: none
 */
public record More(Optional<Long> trials, Optional<Double> seconds) {
    public More {
        trials.filter(value -> value < 1 || value > 100_000).ifPresent(value -> refuse("budget.trials", value, "1 to 100000"));
        seconds.filter(value -> !(value > 0 && value <= 30 * 86_400)).ifPresent(value -> refuse("budget.seconds", value, "more than 0, at most 30 days"));
        if (trials.isEmpty() && seconds.isEmpty()) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "budget", "nothing is given").allowed("budget.trials, budget.seconds: what to add").asException();
        }
    }

    private static void refuse(String field, Object value, String allowed) {
        throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, field, value + " cannot be added").allowed(allowed).asException();
    }
}
