package io.tunesmith.plan;

import io.tunesmith.budget.Budget;
import io.tunesmith.budget.Estimate;
import io.tunesmith.core.Direction;
import io.tunesmith.core.Metric;
import io.tunesmith.space.Assignment;
import io.tunesmith.space.SearchSpace;
import java.util.List;

/**
 * What will be done, settled before anything is spent.
 *
 * @param recipe for example {@code tabular}
 * @param kind binary, multiclass or regression
 * @param metric what is optimised; chosen here where the request names none
 * @param metricWhy the words or the reason that chose the metric
 * @param columns every column of the data: used (and how) or dropped, each with its reason
 * @param split shares and folds
 * @param space the search space; its defaults are the default configuration
 * @param warmStarts configurations to try first, the default foremost
 * @param ensemble whether an ensemble of the best is a candidate
 * @param parallel trials at once, as the slots were when the plan was made: it shapes the order of the search, so it stays
 * @param budget complete: trials and seconds are always present
 * @param estimate of the whole run
 * @param notes what the reader of the plan should know, in sentences
 */
public record PipelinePlan(
        String recipe,
        String kind,
        String target,
        Metric metric,
        Direction direction,
        String metricWhy,
        List<ColumnUse> columns,
        SplitShape split,
        SearchSpace space,
        List<Assignment> warmStarts,
        boolean ensemble,
        int parallel,
        Budget budget,
        Estimate estimate,
        List<String> learners,
        List<String> notes) {

    public PipelinePlan {
        parallel = Math.max(1, parallel);
        columns = List.copyOf(columns);
        warmStarts = List.copyOf(warmStarts);
        learners = List.copyOf(learners);
        notes = List.copyOf(notes);
    }

    /** @param treatment numeric, categorical, date, or {@code dropped} */
    public record ColumnUse(String name, String treatment, String why) {
        public boolean used() {
            return !treatment.equals("dropped");
        }
    }

    /** @param folds validation folds in the train part; 1 is one held-out fifth */
    public record SplitShape(double testShare, int folds, boolean stratified) {}
}
