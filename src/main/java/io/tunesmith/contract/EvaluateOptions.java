package io.tunesmith.contract;

import io.tunesmith.core.Metric;
import java.util.List;

/**
 * Options of {@link Operation#EVALUATE}: scores of the frozen list of model folders (inputs of these roles) on input {@code test}.
 *
 * @param models roles of the model folders, in order, each scored with {@code metric} and the other usual metrics of the task
 * @param bootstrap resamples for the interval of each score and of the paired difference; 0 for none
 */
public record EvaluateOptions(TaskKind kind, String target, Metric metric, List<String> models, int bootstrap) {
    public EvaluateOptions {
        models = List.copyOf(models);
    }
}
