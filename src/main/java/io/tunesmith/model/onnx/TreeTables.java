package io.tunesmith.model.onnx;

import java.util.ArrayList;
import java.util.List;

/** Flattens trees into the attributes of a TreeEnsembleRegressor. */
final class TreeTables {
    private final List<Integer> treeIds = new ArrayList<>();
    private final List<Integer> nodeIds = new ArrayList<>();
    private final List<Integer> features = new ArrayList<>();
    private final List<String> modes = new ArrayList<>();
    private final List<Float> values = new ArrayList<>();
    private final List<Integer> yes = new ArrayList<>();
    private final List<Integer> no = new ArrayList<>();
    private final List<Integer> missingYes = new ArrayList<>();
    private final List<Integer> leafTrees = new ArrayList<>();
    private final List<Integer> leafNodes = new ArrayList<>();
    private final List<Integer> leafTargets = new ArrayList<>();
    private final List<Float> leafWeights = new ArrayList<>();
    private final Forest forest;
    private int tree;
    private int nextNode;

    TreeTables(Forest forest) {
        this.forest = forest;
        for (; tree < forest.trees().size(); tree++) {
            nextNode = 0;
            place(forest.trees().get(tree).root(), forest.trees().get(tree).output());
        }
    }

    /** Puts the node and what is below it into the lists. @return its id in the tree */
    private int place(Forest.Node node, int output) {
        return switch (node) {
            case Forest.Leaf leaf -> {
                int at = row("LEAF", 0, 0, false);
                leafTrees.add(tree);
                leafNodes.add(nodeIds.get(at));
                leafTargets.add(output);
                leafWeights.add((float) leaf.value());
                yield nodeIds.get(at);
            }
            case Forest.Below below -> {
                int at = row(below.orEqual() ? "BRANCH_LEQ" : "BRANCH_LT", below.feature(), below.threshold(), below.missingYes());
                yes.set(at, place(below.yes(), output));
                no.set(at, place(below.no(), output));
                yield nodeIds.get(at);
            }
            case Forest.Among among -> among(among, output);
        };
    }

    /** One equality a category, each leading to the same node if it holds and to the next if not. */
    private int among(Forest.Among among, int output) {
        if (among.categories().isEmpty()) {
            throw new IllegalArgumentException("a split on no category");
        }
        List<Integer> rows = new ArrayList<>();
        among.categories().forEach(category -> rows.add(row("BRANCH_EQ", among.feature(), category, among.missingYes())));
        int found = place(among.yes(), output);
        int other = place(among.no(), output);
        for (int i = 0; i < rows.size(); i++) {
            yes.set(rows.get(i), found);
            no.set(rows.get(i), i + 1 < rows.size() ? nodeIds.get(rows.get(i + 1)) : other);
        }
        return nodeIds.get(rows.getFirst());
    }

    private int row(String mode, int feature, float value, boolean missing) {
        treeIds.add(tree);
        nodeIds.add(nextNode++);
        features.add(feature);
        modes.add(mode);
        values.add(value);
        yes.add(0);
        no.add(0);
        missingYes.add(missing ? 1 : 0);
        return nodeIds.size() - 1;
    }

    Proto node(String input, String output) {
        Proto node = new Proto().text(1, input).text(2, output).text(4, "TreeEnsembleRegressor").text(7, "ai.onnx.ml");
        node.message(5, new Proto().text(1, "n_targets").whole(3, forest.base().size()).whole(20, 2));
        node.message(5, floats("base_values", forest.base().stream().map(Double::floatValue).toList()));
        node.message(5, wholes("nodes_treeids", treeIds)).message(5, wholes("nodes_nodeids", nodeIds));
        node.message(5, wholes("nodes_featureids", features)).message(5, floats("nodes_values", values));
        node.message(5, wholes("nodes_truenodeids", yes)).message(5, wholes("nodes_falsenodeids", no));
        node.message(5, wholes("nodes_missing_value_tracks_true", missingYes));
        Proto kinds = new Proto().text(1, "nodes_modes").whole(20, 8);
        modes.forEach(mode -> kinds.text(9, mode));
        node.message(5, kinds);
        node.message(5, wholes("target_treeids", leafTrees)).message(5, wholes("target_nodeids", leafNodes));
        return node.message(5, wholes("target_ids", leafTargets)).message(5, floats("target_weights", leafWeights));
    }

    private static Proto wholes(String name, List<Integer> values) {
        return new Proto().text(1, name).wholes(8, values).whole(20, 7);
    }

    private static Proto floats(String name, List<Float> values) {
        float[] plain = new float[values.size()];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = values.get(i);
        }
        return new Proto().text(1, name).floats(7, plain).whole(20, 6);
    }
}
