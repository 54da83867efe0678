package io.tunesmith.model.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import io.tunesmith.contract.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Reads XGBoost's JSON model (its doc/model.schema): trees with numeric and categorical splits, and gblinear. In a tree a value below the
 * condition goes left; a category in the node's set goes right; a missing value follows {@code default_left}.
 */
public final class XgboostJson {
    private final JsonNode learner;

    /** @param json as {@code Booster.toByteArray("json")} gives it */
    public XgboostJson(byte[] json) {
        try {
            this.learner = Wire.MAPPER.readTree(json).path("learner");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean linear() {
        return learner.path("gradient_booster").path("name").asText().equals("gblinear");
    }

    private int features() {
        return learner.path("learner_model_param").path("num_feature").asInt();
    }

    private int outputs() {
        return Math.max(1, learner.path("learner_model_param").path("num_class").asInt());
    }

    /** The raw score that every row starts from, an output each. */
    private List<Double> base() {
        String text = learner.path("learner_model_param").path("base_score").asText().replaceAll("[\\[\\]]", "");
        List<Double> given = java.util.Arrays.stream(text.split(",")).map(Double::parseDouble).map(this::margin).toList();
        return IntStream.range(0, outputs()).mapToObj(output -> given.get(Math.min(output, given.size() - 1))).toList();
    }

    private double margin(double score) {
        return learner.path("objective").path("name").asText().equals("binary:logistic") ? Math.log(score / (1 - score)) : score;
    }

    public Forest forest() {
        JsonNode model = learner.path("gradient_booster").path("model");
        List<Forest.Tree> trees = new ArrayList<>();
        for (int i = 0; i < model.path("trees").size(); i++) {
            trees.add(new Forest.Tree(model.path("tree_info").path(i).asInt(), new Reader(model.path("trees").path(i)).node(0)));
        }
        return new Forest(features(), base(), trees);
    }

    public Linear line() {
        int outputs = outputs();
        int features = features();
        JsonNode given = learner.path("gradient_booster").path("model").path("weights");
        if (given.size() != (features + 1) * outputs) {
            throw new IllegalArgumentException(given.size() + " weights for " + features + " features and " + outputs + " outputs");
        }
        float[] weights = new float[features * outputs];
        float[] bias = new float[outputs];
        List<Double> base = base();
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) given.path(i).asDouble();
        }
        for (int output = 0; output < outputs; output++) {
            bias[output] = (float) (given.path(weights.length + output).asDouble() + base.get(output));
        }
        return new Linear(features, outputs, weights, bias);
    }

    /** One tree. */
    private static final class Reader {
        private final JsonNode tree;
        private final Map<Integer, List<Integer>> categories = new HashMap<>();

        Reader(JsonNode tree) {
            this.tree = tree;
            for (int i = 0; i < tree.path("categories_nodes").size(); i++) {
                int start = tree.path("categories_segments").path(i).asInt();
                int size = tree.path("categories_sizes").path(i).asInt();
                categories.put(tree.path("categories_nodes").path(i).asInt(),
                        IntStream.range(start, start + size).mapToObj(at -> tree.path("categories").path(at).asInt()).toList());
            }
        }

        Forest.Node node(int at) {
            int left = tree.path("left_children").path(at).asInt();
            double condition = tree.path("split_conditions").path(at).asDouble();
            if (left < 0) {
                return new Forest.Leaf(condition);
            }
            int feature = tree.path("split_indices").path(at).asInt();
            boolean missingLeft = tree.path("default_left").path(at).asInt() != 0 || tree.path("default_left").path(at).asBoolean();
            Forest.Node onLeft = node(left);
            Forest.Node onRight = node(tree.path("right_children").path(at).asInt());
            return tree.path("split_type").path(at).asInt() == 1
                    ? new Forest.Among(feature, categories.getOrDefault(at, List.of()), !missingLeft, onRight, onLeft)
                    : new Forest.Below(feature, (float) condition, false, missingLeft, onLeft, onRight);
        }
    }
}
