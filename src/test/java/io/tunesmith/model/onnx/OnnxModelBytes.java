package io.tunesmith.model.onnx;

import io.tunesmith.model.Link;
import java.util.Map;

/** ONNX models for tests of other packages. */
public final class OnnxModelBytes {
    private OnnxModelBytes() {}

    /** A linear model, whole in itself. */
    public static byte[] inside() {
        return OnnxWriter.write(new Linear(1, 1, new float[] {2}, new float[] {1}), Link.SIGMOID, Map.of());
    }

    /** A model whose tensor lies in another file: TensorProto fields external_data (13) and data_location (14). */
    public static byte[] outside() {
        Proto tensor = new Proto().whole(1, 1).whole(2, 1).text(8, "weights").message(13, new Proto().text(1, "location").text(2, "/etc/passwd")).whole(14, 1);
        return new Proto().whole(1, 8).message(7, new Proto().text(2, "g").message(5, tensor)).bytes();
    }
}
