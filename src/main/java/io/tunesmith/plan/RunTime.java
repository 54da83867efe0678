package io.tunesmith.plan;

import io.tunesmith.budget.Budget;
import io.tunesmith.budget.Estimate;
import io.tunesmith.data.Profile;
import io.tunesmith.plan.PipelinePlan.ColumnUse;
import io.tunesmith.plan.PipelinePlan.SplitShape;
import java.util.List;
import java.util.Locale;

/**
 * How long a run will take, as a range, from the size of the table. The constants were measured on two cores ({@code bench dispatch}; 20,000
 * rows of 20 columns for the rest): a fixed part a trial, and a part that grows with cells times folds.
 */
final class RunTime {
    private static final double FIXED_SECONDS = 4;
    private static final double TRIAL_SECONDS = 0.15;
    private static final double SECONDS_PER_MILLION_CELLS = 13;
    /** Re-runs on fresh seeds, refit and test, in trials. */
    private static final int TRIALS_AFTER = 22;

    private RunTime() {}

    static Estimate estimate(Profile profile, List<ColumnUse> columns, SplitShape split, Budget budget, Planner.Machine machine) {
        double cells = profile.rows() * (double) columns.stream().filter(ColumnUse::used).count();
        double trial = TRIAL_SECONDS + SECONDS_PER_MILLION_CELLS * cells / 1e6 * Math.max(1, split.folds() - 1) / 4;
        double cap = budget.seconds().orElseThrow();
        double middle = FIXED_SECONDS + (budget.trials().orElseThrow() + TRIALS_AFTER) * trial / machine.parallel();
        return new Estimate(Math.min(cap, middle / 2), Math.min(cap, middle * 2), 0, 0,
                String.format(Locale.ROOT, "%,.0f cells, about %.1f s a trial, %d at once, never beyond %.0f s", cells, trial, machine.parallel(), cap));
    }
}
