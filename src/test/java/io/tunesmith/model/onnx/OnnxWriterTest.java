package io.tunesmith.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.model.Link;
import io.tunesmith.model.Matrix;
import io.tunesmith.model.onnx.Forest.Among;
import io.tunesmith.model.onnx.Forest.Below;
import io.tunesmith.model.onnx.Forest.Leaf;
import io.tunesmith.model.onnx.Forest.Tree;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OnnxWriterTest {
    private static final Link PLAIN = new Link(Link.Form.AFFINE, 0, 1);

    private static double[] run(Forest.Node root, float... column) {
        Forest forest = new Forest(1, List.of(0.0), List.of(new Tree(0, root)));
        return OnnxModel.predict(OnnxWriter.write(forest, PLAIN, Map.of()), new Matrix(column, column.length, List.of("x"), List.of(false))).values();
    }

    @Test
    void thresholdsAreStrictOrNotAndMissingValuesGoWhereTheyShould() {
        assertThat(run(new Below(0, 2, false, true, new Leaf(1), new Leaf(0)), 1, 2, 3, Float.NaN)).containsExactly(1, 0, 0, 1);
        assertThat(run(new Below(0, 2, true, false, new Leaf(1), new Leaf(0)), 1, 2, 3, Float.NaN)).containsExactly(1, 1, 0, 0);
    }

    @Test
    void setsOfCategoriesAreFoundOneByOne() {
        Forest.Node deep = new Below(0, 3, true, false, new Leaf(5), new Leaf(7));
        for (boolean missingYes : new boolean[] {true, false}) {
            Forest.Node among = new Among(0, List.of(0, 2, 4, 40), missingYes, deep, new Leaf(0));
            assertThat(run(among, 0, 1, 2, 3, 4, 40, 41, Float.NaN)).containsExactly(5, 0, 5, 0, 7, 7, 0, missingYes ? 7 : 0);
        }
    }
}
