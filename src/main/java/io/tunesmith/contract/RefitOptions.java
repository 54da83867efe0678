package io.tunesmith.contract;

import io.tunesmith.core.Metric;
import java.util.List;
import java.util.Map;

/**
 * Options of {@link Operation#REFIT}: one model from one or several members, fitted on all rows of {@code train} with the spec's seed.
 *
 * @param members the configurations; one for a single model
 * @param exportOnnx whether to write model.onnx of the best single member, checked against its own predictions
 */
public record RefitOptions(TaskKind kind, String target, Metric metric, List<Feature> features, List<Member> members, boolean exportOnnx) {
    public RefitOptions {
        features = List.copyOf(features);
        members = List.copyOf(members);
    }

    /**
     * @param rounds boosting rounds to fit, as the trial found them (already scaled to the larger data); 0 where the learner has none
     * @param weight share in the average of the members' predictions; the weights sum to 1
     */
    public record Member(Map<String, Object> config, int rounds, double weight) {}
}
