package io.tunesmith.trainer;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.AttemptSpec;
import io.tunesmith.contract.Feature;
import io.tunesmith.contract.InputFile;
import io.tunesmith.contract.Operation;
import io.tunesmith.contract.Resources;
import io.tunesmith.contract.TaskKind;
import io.tunesmith.contract.TrainOptions;
import io.tunesmith.contract.Wire;
import io.tunesmith.core.Metric;
import io.tunesmith.trainer.agent.AttemptAgent;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Trains a toy attempt in a temporary folder, so that classes are loaded and native code is linked before the first real one. */
final class WarmUp {
    private WarmUp() {}

    static void run() throws IOException {
        Path folder = Files.createTempDirectory("tunesmith-warm");
        try {
            StringBuilder csv = new StringBuilder("__row,__fold,x,c,y\n");
            for (int row = 0; row < 40; row++) {
                csv.append("%d,%d,%d,%s,%s%n".formatted(row, row % 2, row, row % 3 == 0 ? "a" : "b", row < 20 ? "no" : "yes"));
            }
            Files.writeString(folder.resolve("train.csv"), csv);
            Wire.writeFile(folder.resolve("spec.json"), spec());
            AttemptAgent.run(folder, TrainerHandlers.all());
            touchHttp();
        } finally {
            delete(folder);
        }
    }

    /** Port 1 of this machine refuses at once; what counts is that the classes are loaded. */
    private static void touchHttp() {
        try {
            HttpURLConnection connection = (HttpURLConnection) URI.create("http://127.0.0.1:1/").toURL().openConnection();
            connection.setConnectTimeout(200);
            connection.getResponseCode();
        } catch (IOException e) {
            System.err.println("HTTP is loaded");
        }
    }

    private static AttemptSpec spec() {
        TrainOptions options = new TrainOptions(TaskKind.BINARY, "y", Metric.ROC_AUC,
                List.of(new Feature("x", Feature.Treatment.NUMERIC), new Feature("c", Feature.Treatment.CATEGORICAL)));
        return new AttemptSpec(new AttemptKey("warm-up"), 1, TrainerHandlers.RECIPE, 1, Operation.TRAIN, Map.of("xgboost_max_rounds", 5), 1,
                Map.of("train", new InputFile("train.csv", Optional.empty())), Wire.tree(options), 1, new Resources(0, Long.MAX_VALUE, 60, 1), Optional.empty(),
                Optional.empty());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
