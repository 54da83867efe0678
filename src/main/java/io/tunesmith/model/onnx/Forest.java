package io.tunesmith.model.onnx;

import java.util.Arrays;
import java.util.List;

/**
 * Boosted trees of any library, as ONNX can say them: the raw score of an output is its base plus a leaf of each of its trees.
 *
 * @param base one an output
 */
public record Forest(int features, List<Double> base, List<Tree> trees) {
    /** Trees of a single leaf go into the base; if none is left, one that splits for nothing stays, for an ensemble needs a tree. */
    public Forest {
        double[] sums = base.stream().mapToDouble(Double::doubleValue).toArray();
        trees.forEach(tree -> sums[tree.output()] += tree.root() instanceof Leaf leaf ? leaf.value() : 0);
        base = Arrays.stream(sums).boxed().toList();
        List<Tree> split = trees.stream().filter(tree -> !(tree.root() instanceof Leaf)).toList();
        trees = split.isEmpty() ? List.of(new Tree(0, new Below(0, 0, false, true, new Leaf(0), new Leaf(0)))) : split;
    }

    /** @param output which raw score the leaf adds to */
    public record Tree(int output, Node root) {}

    public sealed interface Node {}

    public record Leaf(double value) implements Node {}

    /** To {@code yes} if the feature is below the threshold (or at it, if {@code orEqual}), or missing and {@code missingYes}. */
    public record Below(int feature, float threshold, boolean orEqual, boolean missingYes, Node yes, Node no) implements Node {}

    /** To {@code yes} if the feature is one of the categories, or missing and {@code missingYes}. */
    public record Among(int feature, List<Integer> categories, boolean missingYes, Node yes, Node no) implements Node {
        public Among {
            categories = List.copyOf(categories);
        }
    }
}
