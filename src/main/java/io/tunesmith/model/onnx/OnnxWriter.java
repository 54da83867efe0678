package io.tunesmith.model.onnx;

import io.tunesmith.model.Link;
import java.util.List;
import java.util.Map;

/**
 * Writes a booster as an ONNX model (IR version 8, opset 15, ai.onnx.ml 3). Input {@code features}: float [N, F], encoded as preprocess.json says.
 * Output {@code probabilities}: float [N, classes], or {@code values}: float [N, 1].
 */
public final class OnnxWriter {
    public static final String INPUT = "features";
    private static final int FLOAT = 1;
    private final Proto graph = new Proto();
    private final Link link;
    private final int outputs;

    private OnnxWriter(Link link, int outputs) {
        this.link = link;
        this.outputs = outputs;
    }

    /** @param notes metadata of the model, such as the features' names */
    public static byte[] write(Forest forest, Link link, Map<String, String> notes) {
        OnnxWriter writer = new OnnxWriter(link, forest.base().size());
        writer.graph.message(1, new TreeTables(forest).node(INPUT, "raw"));
        return writer.finish(forest.features(), notes);
    }

    public static byte[] write(Linear linear, Link link, Map<String, String> notes) {
        OnnxWriter writer = new OnnxWriter(link, linear.outputs());
        writer.tensor("weights", linear.weights(), linear.features(), linear.outputs());
        writer.tensor("bias", linear.bias(), linear.outputs());
        writer.node("MatMul", List.of(INPUT, "weights"), "product");
        writer.node("Add", List.of("product", "bias"), "raw");
        return writer.finish(linear.features(), notes);
    }

    private byte[] finish(int features, Map<String, String> notes) {
        boolean classes = link.form() == Link.Form.SIGMOID || link.form() == Link.Form.SOFTMAX;
        String output = classes ? "probabilities" : "values";
        link(output);
        graph.text(2, "tunesmith");
        graph.message(11, value(INPUT, features));
        graph.message(12, value(output, link.form() == Link.Form.SIGMOID ? 2 : outputs));
        Proto model = new Proto().whole(1, 8).text(2, "tunesmith").message(7, graph)
                .message(8, new Proto().text(1, "").whole(2, 15)).message(8, new Proto().text(1, "ai.onnx.ml").whole(2, 3));
        notes.forEach((key, value) -> model.message(14, new Proto().text(1, key).text(2, value)));
        return model.bytes();
    }

    private void link(String output) {
        switch (link.form()) {
            case SIGMOID -> {
                node("Sigmoid", List.of("raw"), "second");
                tensor("one", new float[] {1});
                node("Sub", List.of("one", "second"), "first");
                node("Concat", List.of("first", "second"), output, new Proto().text(1, "axis").whole(3, 1).whole(20, 2));
            }
            case SOFTMAX -> node("Softmax", List.of("raw"), output, new Proto().text(1, "axis").whole(3, 1).whole(20, 2));
            case AFFINE -> affine(output);
            case AFFINE_LOG -> {
                affine("logarithm");
                tensor("one", new float[] {1});
                node("Exp", List.of("logarithm"), "power");
                node("Sub", List.of("power", "one"), output);
            }
        }
    }

    private void affine(String output) {
        tensor("scale", new float[] {(float) link.scale()});
        tensor("shift", new float[] {(float) link.shift()});
        node("Mul", List.of("raw", "scale"), "scaled");
        node("Add", List.of("scaled", "shift"), output);
    }

    private void node(String operator, List<String> inputs, String output, Proto... attributes) {
        Proto node = new Proto();
        inputs.forEach(input -> node.text(1, input));
        node.text(2, output).text(4, operator);
        for (Proto attribute : attributes) {
            node.message(5, attribute);
        }
        graph.message(1, node);
    }

    private void tensor(String name, float[] values, int... shape) {
        Proto tensor = new Proto();
        for (int size : shape.length == 0 ? new int[] {values.length} : shape) {
            tensor.whole(1, size);
        }
        graph.message(5, tensor.whole(2, FLOAT).text(8, name).raw(9, Proto.littleEndian(values)));
    }

    private static Proto value(String name, int columns) {
        Proto shape = new Proto().message(1, new Proto().text(2, "N")).message(1, new Proto().whole(1, columns));
        return new Proto().text(1, name).message(2, new Proto().message(1, new Proto().whole(1, FLOAT).message(2, shape)));
    }
}
