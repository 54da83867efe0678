package io.tunesmith.model;

import io.tunesmith.contract.Feature;
import io.tunesmith.contract.TaskKind;
import io.tunesmith.core.Metric;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model folder holds, as its {@code model.json}.
 *
 * @param format the folder's format, {@value ModelFolder#FORMAT}
 * @param metric what the model was chosen by
 * @param features the columns that it reads, in order
 * @param classes what it tells apart; absent for numbers
 * @param members averaged by weight; the class decided on is the one with the largest averaged probability
 * @param rows rows that it was trained on
 * @param onnx the member that {@code model.onnx} holds; absent without that file
 */
public record ModelDescription(
        int format, TaskKind kind, String target, Metric metric, List<Feature> features, Optional<Classes> classes, List<Member> members, int rows,
        Optional<Integer> onnx) {

    public ModelDescription {
        features = List.copyOf(features);
        members = List.copyOf(members);
        if (kind.classes() != classes.isPresent() || members.isEmpty()) {
            throw new IllegalArgumentException("a " + kind.wire() + " model of " + members.size() + " members, classes " + classes);
        }
    }

    /**
     * @param file the native file's name in the folder
     * @param weight share in the average; all sum to 1
     * @param config the hyperparameters it was fitted with
     */
    public record Member(String file, Learner learner, Link link, double weight, int rounds, Map<String, Object> config) {
        public Member {
            config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
        }
    }
}
