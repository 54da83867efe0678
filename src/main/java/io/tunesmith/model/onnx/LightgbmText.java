package io.tunesmith.model.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads LightGBM's text model (version v4 as written by LightGBM 4). In a tree a value at or below the threshold, or a category in the node's
 * set, goes left; a missing value follows the node's flag, counts as zero where training saw no missing value, and is never in a set.
 */
public final class LightgbmText {
    private static final int CATEGORICAL = 1;
    private static final int DEFAULT_LEFT = 2;
    private static final int MISSING_IS_NAN = 2;
    private final Map<String, String> header;
    private final List<Map<String, String>> trees = new ArrayList<>();

    public LightgbmText(String text) {
        String[] blocks = text.split("(?m)^(?=Tree=\\d+$)");
        this.header = fields(blocks[0]);
        for (int i = 1; i < blocks.length; i++) {
            trees.add(fields(blocks[i].split("(?m)^end of trees$")[0]));
        }
    }

    private static Map<String, String> fields(String block) {
        Map<String, String> fields = new HashMap<>();
        block.lines().filter(line -> line.contains("=")).forEach(line -> fields.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        return fields;
    }

    public Forest forest() {
        int outputs = Integer.parseInt(header.getOrDefault("num_tree_per_iteration", "1"));
        int features = Integer.parseInt(header.get("max_feature_idx")) + 1;
        List<Forest.Tree> read = new ArrayList<>();
        for (int i = 0; i < trees.size(); i++) {
            read.add(new Forest.Tree(i % outputs, new Reader(trees.get(i)).root()));
        }
        return new Forest(features, Collections.nCopies(outputs, 0.0), read);
    }

    /** One tree; children below zero are leaves, counted from −1 down. */
    private record Reader(Map<String, String> tree) {
        Forest.Node root() {
            return tree.get("num_leaves").equals("1") ? new Forest.Leaf(number("leaf_value", 0)) : node(0);
        }

        private String text(String field, int at) {
            return tree.get(field).split(" ")[at];
        }

        private double number(String field, int at) {
            return Double.parseDouble(text(field, at));
        }

        private int whole(String field, int at) {
            return Integer.parseInt(text(field, at));
        }

        private Forest.Node node(int at) {
            if (at < 0) {
                return new Forest.Leaf(number("leaf_value", ~at));
            }
            int decision = whole("decision_type", at);
            Forest.Node left = node(whole("left_child", at));
            Forest.Node right = node(whole("right_child", at));
            int feature = whole("split_feature", at);
            if ((decision & CATEGORICAL) != 0) {
                return new Forest.Among(feature, categories((int) number("threshold", at)), false, left, right);
            }
            double threshold = number("threshold", at);
            boolean missingLeft = (decision >> 2 & 3) == MISSING_IS_NAN ? (decision & DEFAULT_LEFT) != 0 : 0 <= threshold;
            return new Forest.Below(feature, floor(threshold), true, missingLeft, left, right);
        }

        private List<Integer> categories(int set) {
            List<Integer> found = new ArrayList<>();
            int start = whole("cat_boundaries", set);
            int end = whole("cat_boundaries", set + 1);
            for (int word = start; word < end; word++) {
                long bits = Long.parseLong(text("cat_threshold", word));
                for (int bit = 0; bit < 32; bit++) {
                    if ((bits >> bit & 1) != 0) {
                        found.add((word - start) * 32 + bit);
                    }
                }
            }
            return found;
        }

        /** The largest float not above: floats compare to it as they do to the double. */
        private static float floor(double value) {
            float near = (float) value;
            return near > value ? Math.nextDown(near) : near;
        }
    }
}
