package io.tunesmith.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tunesmith.contract.Feature;
import io.tunesmith.contract.Operation;
import io.tunesmith.contract.Report;
import io.tunesmith.contract.TaskKind;
import io.tunesmith.contract.TrainOptions;
import io.tunesmith.contract.Wire;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.core.Metric;
import io.tunesmith.core.RandomSource;
import io.tunesmith.core.Sha256;
import io.tunesmith.trainer.agent.AttemptAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A training that goes on from a checkpoint is the training that was never broken. */
class ResumeTest {
    private static final int STOPPED_AT = 13;
    private static final Map<String, Object> RANDOM = Map.of("xgboost_subsample", 0.7, "xgboost_max_rounds", 60, "lightgbm_max_rounds", 60, "linear_max_rounds", 60,
            "lightgbm_bagging_fraction", 0.7, "lightgbm_feature_fraction", 0.6, "class_balance", "balanced");

    @TempDir
    private Path root;

    private static int run(Path folder) {
        return AttemptAgent.run(folder, TrainerHandlers.all());
    }

    private static Map<String, Object> with(Map<String, Object> more) {
        Map<String, Object> all = new TreeMap<>(RANDOM);
        all.putAll(more);
        return all;
    }

    /** A training that is stopped after round {@value #STOPPED_AT}, with a checkpoint after each round before. */
    private static void breakOff(Path folder) throws IOException {
        try (FakeService service = new FakeService()) {
            service.toEvents = report -> new FakeService.Answer(200, new Report.Answer(
                    report.events().stream().anyMatch(event -> event instanceof WorkerEvent.Measured measured && measured.step() == STOPPED_AT), "enough"));
            AttemptFolders.write(folder.resolve("token"), "secret");
            AttemptFolders.change(folder, spec -> spec.set("callback", Wire.tree(service.callback("broken"))));
            assertThat(AttemptAgent.run(folder, TrainerHandlers.all(), Duration.ZERO)).as(() -> log(folder)).isZero();
        }
    }

    private static String log(Path folder) {
        try {
            return Files.readString(AttemptFolders.work(folder).resolve("log.txt"));
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    private Path broken(TrainOptions options, Map<String, Object> config) throws IOException {
        Path folder = AttemptFolders.train(root, "broken", options, config);
        breakOff(folder);
        return folder;
    }

    private static List<Map.Entry<Long, SortedMap<String, Double>>> curve(Path folder) throws IOException {
        return AttemptFolders.events(folder).stream().filter(WorkerEvent.Measured.class::isInstance).map(WorkerEvent.Measured.class::cast)
                .map(measured -> Map.entry(measured.step(), measured.values())).toList();
    }

    private static Map<String, Double> facts(Path folder) throws IOException {
        Map<String, Double> facts = new TreeMap<>(AttemptFolders.result(folder).facts());
        facts.remove("milliseconds_per_row");
        return facts;
    }

    private void goesOn(TrainOptions options, Map<String, Object> config) throws IOException {
        goesOn(AttemptFolders.train(root, "whole", options, config), AttemptFolders.train(root, "broken", options, config));
    }

    private static void goesOn(Path whole, Path broken) throws IOException {
        assertThat(run(whole)).isZero();
        breakOff(broken);
        Path resumed = AttemptFolders.resumed(broken, "resumed", AttemptFolders.work(broken).resolve("checkpoints/12"));
        assertThat(run(resumed)).isZero();
        assertThat(Files.readString(AttemptFolders.work(resumed).resolve("log.txt"))).contains("going on after round 12");
        assertThat(curve(resumed)).isNotEmpty().isEqualTo(curve(whole).stream().filter(step -> step.getKey() > 12).toList());
        assertThat(AttemptFolders.result(resumed).values()).isEqualTo(AttemptFolders.result(whole).values());
        assertThat(facts(resumed)).isEqualTo(facts(whole));
        assertThat(AttemptFolders.work(resumed).resolve("oof.bin")).hasSameBinaryContentAs(AttemptFolders.work(whole).resolve("oof.bin"));
    }

    /** 9,000 rows, cells missing, two threads. */
    private Path large(String name, String learner) {
        RandomGenerator random = new RandomSource(5).stream("large");
        StringBuilder csv = new StringBuilder("__row,__fold,a,b,c,d,y\n");
        for (int row = 0; row < 9_000; row++) {
            double a = random.nextDouble();
            double b = random.nextGaussian();
            csv.append(row).append(',').append(row % 3).append(',').append(a).append(',').append(row % 7 == 0 ? "" : Double.toString(b)).append(',').append(random.nextInt(20))
                    .append(',').append(random.nextDouble()).append(',').append(Math.sin(9 * a) * b + 0.1 * random.nextGaussian()).append('\n');
        }
        Path folder = root.resolve(name);
        AttemptFolders.write(folder.resolve("train.csv"), csv.toString());
        List<Feature> features = Stream.of("a", "b", "c", "d").map(column -> new Feature(column, Feature.Treatment.NUMERIC)).toList();
        AttemptFolders.spec(folder, name, Operation.TRAIN, with(Map.of("learner", learner, "xgboost_colsample_bytree", 0.6, "xgboost_max_rounds", 30, "lightgbm_max_rounds", 30)),
                Map.of("train", AttemptFolders.input(folder.resolve("train.csv"))), new TrainOptions(TaskKind.REGRESSION, "y", Metric.RMSE, features), Optional.empty(), AttemptFolders.MEMORY);
        AttemptFolders.change(folder, spec -> ((ObjectNode) spec.get("resources")).put("threads", 2));
        return folder;
    }

    @ParameterizedTest
    @ValueSource(strings = {"xgboost", "lightgbm", "linear"})
    void ofManyRowsOnTwoThreadsIsToTheLastBitTheUnbrokenOne(String learner) throws IOException {
        goesOn(large("whole", learner), large("broken", learner));
    }

    @ParameterizedTest
    @ValueSource(strings = {"xgboost", "lightgbm", "linear"})
    void ofClassesIsToTheLastBitTheUnbrokenOne(String learner) throws IOException {
        goesOn(AttemptFolders.SPECIES, with(Map.of("learner", learner)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"xgboost", "lightgbm", "linear"})
    void ofTwoClassesIsToTheLastBitTheUnbrokenOne(String learner) throws IOException {
        goesOn(AttemptFolders.SEX, with(Map.of("learner", learner)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"xgboost", "lightgbm", "linear"})
    void ofNumbersIsToTheLastBitTheUnbrokenOne(String learner) throws IOException {
        goesOn(AttemptFolders.MASS, with(Map.of("learner", learner)));
    }

    @Test
    void ofTreesOnRandomColumnsIsToTheLastBitTheUnbrokenOne() throws IOException {
        goesOn(AttemptFolders.SPECIES, with(Map.of("xgboost_colsample_bytree", 0.6)));
    }

    @Test
    void checkpointsAreSaidOnceWrittenAndTheLastTwoAreKept() throws IOException {
        Path broken = broken(AttemptFolders.SPECIES, RANDOM);
        try (Stream<Path> files = Files.list(AttemptFolders.work(broken).resolve("checkpoints"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("11", "12");
        }
        List<WorkerEvent.Checkpointed> said = AttemptFolders.events(broken).stream().filter(WorkerEvent.Checkpointed.class::isInstance).map(WorkerEvent.Checkpointed.class::cast).toList();
        assertThat(said.stream().map(WorkerEvent.Checkpointed::step)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
        assertThat(said.getLast().path()).isEqualTo("checkpoints/12");
        assertThat(said.getLast().sha256()).isEqualTo(Sha256.of(AttemptFolders.work(broken).resolve("checkpoints/12")).hex());
    }

    private void startsFromTheBeginning(Path resumed, String because) throws IOException {
        assertThat(run(resumed)).isZero();
        assertThat(Files.readString(AttemptFolders.work(resumed).resolve("log.txt"))).contains(because).contains("starting from the beginning");
        assertThat(curve(resumed).getFirst().getKey()).isEqualTo(1);
    }

    @Test
    void aCheckpointThatIsNotWhatItsDigestSaysIsNotGoneOnFrom() throws IOException {
        Path broken = broken(AttemptFolders.SPECIES, RANDOM);
        Path changed = AttemptFolders.resumed(broken, "changed", AttemptFolders.work(broken).resolve("checkpoints/12"));
        Files.write(changed.resolve("checkpoint"), new byte[] {1}, StandardOpenOption.APPEND);
        startsFromTheBeginning(changed, "is not what its digest says");
        Path gone = AttemptFolders.resumed(broken, "gone", AttemptFolders.work(broken).resolve("checkpoints/12"));
        Files.delete(gone.resolve("checkpoint"));
        startsFromTheBeginning(gone, "cannot be read");
    }

    @Test
    void aCheckpointThatCannotBeReadIsNotGoneOnFrom() throws IOException {
        Path broken = broken(AttemptFolders.SPECIES, RANDOM);
        Path file = AttemptFolders.work(broken).resolve("checkpoints/12");
        byte[] bytes = Files.readAllBytes(file);
        Path torn = Files.write(root.resolve("torn-file"), Arrays.copyOf(bytes, bytes.length / 2));
        startsFromTheBeginning(AttemptFolders.resumed(broken, "torn", torn), "cannot be read");
        Arrays.fill(bytes, bytes.length - 2_000, bytes.length, (byte) 0);
        Path wrong = Files.write(root.resolve("wrong-file"), bytes);
        startsFromTheBeginning(AttemptFolders.resumed(broken, "wrong", wrong), "boosters cannot be read");
    }

    @Test
    void aCheckpointOfAnotherConfigurationIsNotGoneOnFrom() throws IOException {
        Path broken = broken(AttemptFolders.SPECIES, RANDOM);
        Path checkpoint = AttemptFolders.work(broken).resolve("checkpoints/12");
        Files.copy(checkpoint, root.resolve("kept"));
        Path other = AttemptFolders.train(root, "other", AttemptFolders.SPECIES, with(Map.of("xgboost_max_depth", 2)));
        startsFromTheBeginning(AttemptFolders.resumed(other, "foreign", root.resolve("kept")), "of another training");
    }
}
