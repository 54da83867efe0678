package io.tunesmith.budget;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.util.Optional;

/**
 * The one budget schema: a hard cap on each thing that is present.
 *
 * @param trials at least 1
 * @param seconds wall clock from acceptance to exported model, positive
 * @param gpuSeconds summed over GPUs
 * @param tokens of language models
 * @param moneyUsd US dollars
 */
public record Budget(Optional<Long> trials, Optional<Double> seconds, Optional<Double> gpuSeconds, Optional<Long> tokens, Optional<Double> moneyUsd) {
    /** What holds when nothing is said: 5 minutes or 50 trials, whichever ends first. */
    public static final Budget DEFAULT = new Budget(Optional.of(50L), Optional.of(300.0), Optional.empty(), Optional.empty(), Optional.empty());

    public Budget {
        trials.filter(value -> value < 1 || value > 100_000).ifPresent(value -> refuse("budget.trials", value, "a whole number from 1 to 100000"));
        seconds.filter(value -> !(value >= 5 && value <= 30 * 86_400)).ifPresent(value -> refuse("budget.seconds", value, "from 5 seconds to 30 days (--minutes 0.1 is 6 seconds)"));
        gpuSeconds.filter(value -> !(value >= 0)).ifPresent(value -> refuse("budget.gpu_seconds", value, "0 or more"));
        tokens.filter(value -> value < 0).ifPresent(value -> refuse("budget.tokens", value, "0 or more"));
        moneyUsd.filter(value -> !(value >= 0)).ifPresent(value -> refuse("budget.money_usd", value, "0 or more"));
    }

    private static void refuse(String field, Object value, String allowed) {
        throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, field, "a budget of " + value + " is not possible").allowed(allowed).asException();
    }
}
