package io.tunesmith.model.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.tunesmith.model.Matrix;
import io.tunesmith.model.Predictions;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs a model.onnx of ours in ONNX Runtime. Loads a native library, on a thread with a large stack: version 1.29 recurses with the
 * length of the process's command line when its environment is made, and a class path of 27,000 characters overflows a usual stack, which ends the process.
 */
public final class OnnxModel {
    private static final long STACK_BYTES = 256L << 20;

    private OnnxModel() {}

    /** The model's probabilities or values for these rows. */
    public static Predictions predict(byte[] model, Matrix features) {
        FutureTask<Predictions> task = new FutureTask<>(() -> run(model, features));
        new Thread(null, task, "onnx", STACK_BYTES).start();
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("ONNX Runtime: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in ONNX Runtime", e);
        }
    }

    private static Predictions run(byte[] model, Matrix features) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            try (OrtSession session = environment.createSession(model, options);
                    OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(features.values()), new long[] {features.rows(), features.columns()});
                    OrtSession.Result result = session.run(Map.of(OnnxWriter.INPUT, input))) {
                return read(result.get(0));
            }
        }
    }

    private static Predictions read(OnnxValue value) throws OrtException {
        float[][] rows = (float[][]) value.getValue();
        int width = rows.length == 0 ? 1 : rows[0].length;
        double[] values = new double[rows.length * width];
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < width; column++) {
                values[row * width + column] = rows[row][column];
            }
        }
        return new Predictions(values, rows.length, width);
    }
}
