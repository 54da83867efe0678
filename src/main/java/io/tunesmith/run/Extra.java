package io.tunesmith.run;

import io.tunesmith.budget.Budget;

/** What a run was given on top of its plan's budget, in all: trials and seconds, 0 for none. */
public record Extra(long trials, double seconds) {
    public static final Extra NONE = new Extra(0, 0);

    Extra and(More more) {
        return new Extra(trials + more.trials().orElse(0L), seconds + more.seconds().orElse(0.0));
    }

    /** The budget that holds; refused where the sum is out of the budget's own range. */
    Budget on(Budget planned) {
        return new Budget(planned.trials().map(own -> own + trials), planned.seconds().map(own -> own + seconds), planned.gpuSeconds(), planned.tokens(), planned.moneyUsd());
    }
}
