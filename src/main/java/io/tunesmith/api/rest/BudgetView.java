package io.tunesmith.api.rest;

import java.util.Optional;

/** The one budget schema: a hard cap on each thing that is present. */
public record BudgetView(Optional<Long> trials, Optional<Double> seconds, Optional<Double> gpuSeconds, Optional<Long> tokens, Optional<Double> moneyUsd) {
    public static final BudgetView NONE = new BudgetView(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
