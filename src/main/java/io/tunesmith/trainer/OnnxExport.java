package io.tunesmith.trainer;

import io.tunesmith.model.Learner;
import io.tunesmith.model.Matrix;
import io.tunesmith.model.ModelDescription;
import io.tunesmith.model.ModelFolder;
import io.tunesmith.model.Preprocessing;
import io.tunesmith.model.onnx.LightgbmText;
import io.tunesmith.model.onnx.OnnxModel;
import io.tunesmith.model.onnx.OnnxWriter;
import io.tunesmith.model.onnx.XgboostJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Adds {@code model.onnx} of the member with the largest weight to a model folder, if ONNX Runtime gives the same predictions for the training rows
 * as the member itself. Fact {@code onnx_max_difference}: the largest difference, for numbers in units of max(1, |value|).
 */
final class OnnxExport {
    /** Single precision sums of some hundred leaves stay below this; a wrong branch does not. */
    static final double SAME = 1e-4;

    private OnnxExport() {}

    /** @return the member that was exported; empty if the export was not good enough, and then a note says why */
    static Optional<Integer> add(List<RefitHandler.Fitted> members, Examples examples, Preprocessing preprocessing, Map<String, byte[]> files,
            Map<String, Double> facts, List<String> notes) {
        int best = IntStream.range(0, members.size()).boxed().max(Comparator.comparingDouble(i -> members.get(i).member().weight())).orElseThrow();
        RefitHandler.Fitted fitted = members.get(best);
        try {
            Matrix features = fitted.member().learner().encode(preprocessing, examples.columns(), examples.all());
            byte[] onnx = write(fitted, features);
            double difference = relativeDifference(fitted.fitted().values(), OnnxModel.predict(onnx, features).values());
            if (!(difference <= SAME)) {
                notes.add("No ONNX file: its predictions differ from the model's own by up to " + difference + ".");
                return Optional.empty();
            }
            facts.put("onnx_max_difference", difference);
            files.put(ModelFolder.ONNX, onnx);
        } catch (IllegalStateException | IllegalArgumentException | LinkageError e) {
            notes.add("No ONNX file: " + e.getMessage());
            return Optional.empty();
        }
        if (members.size() > 1) {
            notes.add("The ONNX file holds the member of the largest weight (" + fitted.member().file() + "), not the whole ensemble.");
        }
        return Optional.of(best);
    }

    private static byte[] write(RefitHandler.Fitted fitted, Matrix features) {
        ModelDescription.Member member = fitted.member();
        Map<String, String> notes = new TreeMap<>(Map.of("features", String.join("\n", features.names()), "learner", member.learner().wire()));
        if (member.learner() == Learner.LIGHTGBM) {
            return OnnxWriter.write(new LightgbmText(new String(fitted.file(), StandardCharsets.UTF_8)).forest(), member.link(), notes);
        }
        XgboostJson json = new XgboostJson(json(fitted.file()));
        return json.linear() ? OnnxWriter.write(json.line(), member.link(), notes) : OnnxWriter.write(json.forest(), member.link(), notes);
    }

    private static byte[] json(byte[] file) {
        try {
            Booster booster = XGBoost.loadModel(file);
            try {
                return booster.toByteArray("json");
            } finally {
                booster.dispose();
            }
        } catch (XGBoostError | IOException e) {
            throw new IllegalStateException("XGBoost: " + e.getMessage(), e);
        }
    }

    /** The largest difference, in units of max(1, |expected|); NaN if one of them is. */
    static double relativeDifference(double[] expected, double[] actual) {
        double most = expected.length == actual.length ? 0 : Double.NaN;
        for (int i = 0; i < expected.length && !Double.isNaN(most); i++) {
            double difference = Math.abs(expected[i] - actual[i]) / Math.max(1, Math.abs(expected[i]));
            most = difference > most || Double.isNaN(difference) ? difference : most;
        }
        return most;
    }
}
