package io.tunesmith.api.rest;

import io.tunesmith.budget.Budget;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.run.More;
import java.util.Optional;

/** The one budget schema: a hard cap on each thing that is present. */
public record BudgetView(Optional<Long> trials, Optional<Double> seconds, Optional<Double> gpuSeconds, Optional<Long> tokens, Optional<Double> moneyUsd) {
    public static final BudgetView NONE = new BudgetView(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    static BudgetView of(Budget budget) {
        return new BudgetView(budget.trials(), budget.seconds(), budget.gpuSeconds(), budget.tokens(), budget.moneyUsd());
    }

    /** These caps, if they are possible and can be kept. */
    BudgetView checked() {
        gpuSeconds.ifPresent(_ -> refuse("budget.gpu_seconds"));
        tokens.ifPresent(_ -> refuse("budget.tokens"));
        moneyUsd.ifPresent(_ -> refuse("budget.money_usd"));
        trials.filter(value -> value < 1 || value > 100_000).ifPresent(value -> {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "budget.trials", value + " trials are not possible").allowed("1 to 100000").asException();
        });
        seconds.filter(value -> !(value > 0 && value <= 30 * 86_400)).ifPresent(value -> {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "budget.seconds", value + " seconds are no time").allowed("more than 0, at most 30 days").asException();
        });
        return this;
    }

    /** As what a run is given on top of what it has. */
    More more() {
        checked();
        return new More(trials, seconds);
    }

    private static void refuse(String field) {
        throw Failure.BadRequest.of(FailureCode.UNSUPPORTED, field, "this cap cannot be kept yet").allowed("budget.trials, budget.seconds").asException();
    }
}
