package io.tunesmith.api.rest;

import io.tunesmith.budget.Budget;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.util.Optional;

/** The one budget schema: a hard cap on each thing that is present. */
public record BudgetView(Optional<Long> trials, Optional<Double> seconds, Optional<Double> gpuSeconds, Optional<Long> tokens, Optional<Double> moneyUsd) {
    public static final BudgetView NONE = new BudgetView(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    static BudgetView of(Budget budget) {
        return new BudgetView(budget.trials(), budget.seconds(), budget.gpuSeconds(), budget.tokens(), budget.moneyUsd());
    }

    /** Refuses the caps that nothing keeps. */
    void onlyTrialsAndSeconds() {
        gpuSeconds.ifPresent(_ -> refuse("budget.gpu_seconds"));
        tokens.ifPresent(_ -> refuse("budget.tokens"));
        moneyUsd.ifPresent(_ -> refuse("budget.money_usd"));
    }

    private static void refuse(String field) {
        throw Failure.BadRequest.of(FailureCode.UNSUPPORTED, field, "this cap cannot be kept yet").allowed("budget.trials, budget.seconds").asException();
    }
}
