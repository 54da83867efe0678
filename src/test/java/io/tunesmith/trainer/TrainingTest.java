package io.tunesmith.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tunesmith.contract.EvaluateOptions;
import io.tunesmith.contract.Evaluation;
import io.tunesmith.contract.Feature;
import io.tunesmith.contract.InputFile;
import io.tunesmith.contract.Operation;
import io.tunesmith.contract.PredictOptions;
import io.tunesmith.contract.RefitOptions;
import io.tunesmith.contract.TaskKind;
import io.tunesmith.contract.TrainOptions;
import io.tunesmith.contract.Wire;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.core.Metric;
import io.tunesmith.core.RandomSource;
import io.tunesmith.model.OutOfFold;
import io.tunesmith.model.Scores;
import io.tunesmith.model.Table;
import io.tunesmith.model.TableReader;
import io.tunesmith.trainer.agent.AttemptAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingTest {
    @TempDir
    private Path root;

    private static int run(Path folder) {
        return AttemptAgent.run(folder, TrainerHandlers.all());
    }

    @ParameterizedTest
    @ValueSource(strings = {"xgboost", "lightgbm", "linear"})
    void eachLearnerTellsTheSpeciesApart(String learner) throws IOException {
        Path folder = AttemptFolders.train(root, learner, AttemptFolders.SPECIES, Map.of("learner", learner));
        assertThat(run(folder)).isZero();
        WorkerEvent.Result result = AttemptFolders.result(folder);
        assertThat(result.values().get("log_loss")).isLessThan(0.15);
        assertThat(result.values()).containsKeys("fold_0", "fold_4");
        assertThat(result.facts()).containsKeys("rounds", "rounds_refit", "rows", "features", "milliseconds_per_row", "model_bytes");
        assertThat(Files.readString(AttemptFolders.work(folder).resolve("exit"))).isEqualTo("0\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xgboost", "lightgbm", "linear"})
    void eachLearnerEstimatesTheMassOfAPenguin(String learner) throws IOException {
        Path folder = AttemptFolders.train(root, learner, AttemptFolders.MASS, Map.of("learner", learner));
        assertThat(run(folder)).isZero();
        assertThat(AttemptFolders.result(folder).values().get("rmse")).isBetween(200.0, 380.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xgboost", "lightgbm", "linear"})
    void theSameSpecGivesTheSameBits(String learner) throws IOException {
        Map<String, Object> config = Map.of("learner", learner, "xgboost_subsample", 0.7, "xgboost_colsample_bytree", 0.6, "lightgbm_bagging_fraction", 0.7, "class_balance", "balanced");
        Path one = AttemptFolders.train(root, "one", AttemptFolders.SEX, config);
        Path two = AttemptFolders.train(root, "two", AttemptFolders.SEX, config);
        assertThat(run(one)).isZero();
        assertThat(run(two)).isZero();
        assertThat(AttemptFolders.result(one).values()).isEqualTo(AttemptFolders.result(two).values());
        assertThat(Files.readAllBytes(AttemptFolders.work(one).resolve("oof.bin"))).isEqualTo(Files.readAllBytes(AttemptFolders.work(two).resolve("oof.bin")));
        assertThat(AttemptFolders.result(one).values().get("roc_auc")).isGreaterThan(0.9);
    }

    @Test
    void outOfFoldPredictionsCoverEveryTrainingRowAndScoreAsReported() throws IOException {
        Path folder = AttemptFolders.train(root, "oof", AttemptFolders.SPECIES, Map.of());
        run(folder);
        OutOfFold oof = OutOfFold.read(AttemptFolders.work(folder).resolve("oof.bin"));
        assertThat(oof.rows()).hasSize(AttemptFolders.result(folder).facts().get("rows").intValue()).isSorted();
        double mean = 0;
        for (int fold = 0; fold < 5; fold++) {
            int wanted = fold;
            int[] rows = IntStream.range(0, oof.rows().length).filter(row -> oof.folds()[row] == wanted).toArray();
            mean += Scores.score(Metric.LOG_LOSS, oof.truth().rows(rows), oof.predictions().rows(rows)).orElseThrow() / 5;
        }
        assertThat(mean).isCloseTo(AttemptFolders.result(folder).values().get("log_loss"), within(1e-12));
    }

    @Test
    void stepsAreReportedAtTheFixedSeriesWithoutGaps() throws IOException {
        Path folder = AttemptFolders.train(root, "steps", AttemptFolders.SPECIES, Map.of("xgboost_max_rounds", 10));
        run(folder);
        List<WorkerEvent> events = AttemptFolders.events(folder);
        assertThat(events.stream().map(WorkerEvent::seq)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(events.stream().filter(WorkerEvent.Measured.class::isInstance).map(event -> ((WorkerEvent.Measured) event).step())).containsExactly(1L, 2L, 3L, 5L, 8L);
        assertThat(events.getFirst()).isInstanceOf(WorkerEvent.Started.class);
        assertThat(events.getLast()).isInstanceOf(WorkerEvent.Finished.class);
    }

    /** Refit, evaluation and prediction of a two-member ensemble and a single model, one after the other. */
    @ParameterizedTest
    @ValueSource(strings = {"species", "body_mass_g", "sex"})
    void fromConfigurationsToPredictions(String target) throws IOException {
        TrainOptions options = target.equals("species") ? AttemptFolders.SPECIES : target.equals("sex") ? AttemptFolders.SEX : AttemptFolders.MASS;
        Path ensemble = refit("ensemble", options, List.of(new RefitOptions.Member(Map.of("learner", "xgboost"), 40, 0.5), new RefitOptions.Member(Map.of("learner", "lightgbm"), 40, 0.25),
                new RefitOptions.Member(Map.of("learner", "linear"), 30, 0.25)));
        Path single = refit("single", options, List.of(new RefitOptions.Member(Map.of(), 40, 1)));
        Evaluation evaluation = evaluate(ensemble, single, options);
        assertThat(evaluation.models()).hasSize(2);
        assertThat(evaluation.models().getFirst().interval()).isPresent();
        assertThat(evaluation.importance()).hasSize(options.features().size());
        predict(ensemble, options);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xgboost", "lightgbm", "linear"})
    void eachLearnerIsExportedToOnnxWithTheSamePredictions(String learner) throws IOException {
        for (TrainOptions options : List.of(AttemptFolders.SPECIES, AttemptFolders.SEX, AttemptFolders.MASS)) {
            refit(learner + "-" + options.kind().wire(), options, List.of(new RefitOptions.Member(Map.of("learner", learner), 60, 1)));
        }
    }

    /** Many categories make XGBoost and LightGBM split on sets of them; missing cells go where training sent them. */
    @ParameterizedTest
    @ValueSource(strings = {"xgboost", "lightgbm", "linear"})
    void manyCategoriesMissingCellsAndDatesAreExportedToo(String learner) throws IOException {
        Path folder = root.resolve("many");
        RandomGenerator generator = new RandomSource(5).stream("many");
        StringBuilder csv = new StringBuilder("__row,__fold,town,size,day,y\n");
        for (int row = 0; row < 1500; row++) {
            int town = generator.nextInt(40);
            double size = generator.nextDouble();
            String day = "2024-0" + (1 + generator.nextInt(9)) + "-1" + generator.nextInt(10);
            double y = town * 7 % 11 + (row % 9 == 0 ? 3 : size) + generator.nextGaussian() / 4;
            csv.append(row + ",0," + (row % 13 == 0 ? "" : "town " + town) + "," + (row % 9 == 0 ? "NA" : size) + "," + (row % 17 == 0 ? "" : day) + "," + y + "\n");
        }
        AttemptFolders.write(folder.resolve("train.csv"), csv.toString());
        List<Feature> features = List.of(new Feature("town", Feature.Treatment.CATEGORICAL),
                new Feature("size", Feature.Treatment.NUMERIC), new Feature("day", Feature.Treatment.DATE));
        RefitOptions refit = new RefitOptions(TaskKind.REGRESSION, "y", Metric.RMSE, features,
                List.of(new RefitOptions.Member(Map.of("learner", learner), 80, 1)), true);
        AttemptFolders.spec(folder, "many", Operation.REFIT, Map.of(), Map.of("train", AttemptFolders.input(folder.resolve("train.csv"))), refit, Optional.empty(), AttemptFolders.MEMORY);
        assertThat(run(folder)).isZero();
        assertThat(AttemptFolders.result(folder).notes()).isEmpty();
        assertThat(AttemptFolders.result(folder).facts().get("onnx_max_difference")).isLessThan(1e-5);
        assertThat(AttemptFolders.result(folder).facts().get("training_rmse")).isLessThan(learner.equals("linear") ? 1.5 : 0.6);
    }

    private Path refit(String name, TrainOptions options, List<RefitOptions.Member> members) throws IOException {
        Path folder = root.resolve(name);
        AttemptFolders.split(folder, options.target(), 5);
        RefitOptions refit = new RefitOptions(options.kind(), options.target(), options.metric(), options.features(), members, true);
        AttemptFolders.spec(folder, name, Operation.REFIT, Map.of(), Map.of("train", AttemptFolders.input(folder.resolve("train.csv"))), refit, Optional.empty(), AttemptFolders.MEMORY);
        assertThat(run(folder)).isZero();
        WorkerEvent.Result result = AttemptFolders.result(folder);
        assertThat(result.facts().get("reload_max_difference")).isLessThan(1e-6);
        assertThat(result.facts().get("onnx_max_difference")).isLessThan(1e-4);
        return AttemptFolders.work(folder).resolve("model");
    }

    @Test
    void aClassThatOnlyTheTestPartHasIsAMissAndSaidSo() throws IOException {
        Path model = refit("known", AttemptFolders.SPECIES, List.of(new RefitOptions.Member(Map.of(), 20, 1)));
        Path folder = root.resolve("strange");
        AttemptFolders.split(folder, "species", 5);
        Files.writeString(folder.resolve("test.csv"), Files.readString(folder.resolve("test.csv")) + "999,Emperor,Dream,40,18,200,4000,male,2009\n");
        EvaluateOptions evaluate = new EvaluateOptions(TaskKind.MULTICLASS, "species", Metric.LOG_LOSS, List.of("final"), 100);
        Map<String, InputFile> inputs = Map.of("test", AttemptFolders.input(folder.resolve("test.csv")), "final", new InputFile("../" + root.relativize(model), Optional.empty()));
        AttemptFolders.spec(folder, "strange", Operation.EVALUATE, Map.of(), inputs, evaluate, Optional.empty(), AttemptFolders.MEMORY);
        assertThat(run(folder)).isZero();
        assertThat(AttemptFolders.result(folder).notes()).containsExactly("The test part has classes that training did not have; the model cannot be right there: Emperor.");
        Evaluation.Confusion confusion = Wire.read(AttemptFolders.work(folder).resolve("evaluation.json"), Evaluation.class).confusion().orElseThrow();
        assertThat(confusion.classes()).endsWith("Emperor");
        assertThat(confusion.counts().getLast().stream().mapToLong(Long::longValue).sum()).isEqualTo(1);
    }

    private Evaluation evaluate(Path first, Path second, TrainOptions options) throws IOException {
        Path folder = root.resolve("evaluate");
        AttemptFolders.split(folder, options.target(), 5);
        Map<String, InputFile> inputs = Map.of("test", AttemptFolders.input(folder.resolve("test.csv")), "final", new InputFile("../" + root.relativize(first), Optional.empty()),
                "default", new InputFile("../" + root.relativize(second), Optional.empty()));
        EvaluateOptions evaluate = new EvaluateOptions(options.kind(), options.target(), options.metric(), List.of("final", "default"), 200);
        AttemptFolders.spec(folder, "evaluate", Operation.EVALUATE, Map.of(), inputs, evaluate, Optional.empty(), AttemptFolders.MEMORY);
        assertThat(run(folder)).isZero();
        assertThat(AttemptFolders.result(folder).values()).containsKeys("final." + options.metric().wire(), "default." + options.metric().wire());
        assertThat(AttemptFolders.result(folder).facts()).containsKeys("final.low", "final.high", "difference.default", "difference.default.low");
        return Wire.read(AttemptFolders.work(folder).resolve("evaluation.json"), Evaluation.class);
    }

    private void predict(Path model, TrainOptions options) throws IOException {
        Path folder = root.resolve("predict");
        AttemptFolders.write(folder.resolve("data.csv"), Files.readString(AttemptFolders.PENGUINS));
        Map<String, InputFile> inputs = Map.of("data", AttemptFolders.input(folder.resolve("data.csv")), "model", new InputFile("../" + root.relativize(model), Optional.empty()));
        AttemptFolders.spec(folder, "predict", Operation.PREDICT, Map.of(), inputs, new PredictOptions("csv"), Optional.empty(), AttemptFolders.MEMORY);
        assertThat(run(folder)).isZero();
        Table predictions = TableReader.csv(AttemptFolders.work(folder).resolve("predictions.csv"), Optional.empty());
        assertThat(predictions.rows()).isEqualTo(344);
        assertThat(predictions.names().getFirst()).isEqualTo("prediction");
        if (options.target().equals("species")) {
            assertThat(predictions.names()).containsExactly("prediction", "probability:Adelie", "probability:Chinstrap", "probability:Gentoo");
            String[] species = TableReader.csv(AttemptFolders.PENGUINS, Optional.empty()).required("species");
            long hits = IntStream.range(0, 344).filter(row -> species[row].equals(predictions.columns().getFirst()[row])).count();
            assertThat(hits).isGreaterThan(330);
        }
    }
}
