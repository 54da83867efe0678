package io.tunesmith.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.contract.FailureCause;
import io.tunesmith.contract.Feature;
import io.tunesmith.contract.Operation;
import io.tunesmith.contract.Report;
import io.tunesmith.contract.TaskKind;
import io.tunesmith.contract.TrainOptions;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.core.Metric;
import io.tunesmith.trainer.agent.AttemptAgent;
import io.tunesmith.trainer.agent.Findings;
import io.tunesmith.trainer.agent.OperationHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttemptAgentTest {

    @TempDir
    private Path root;

    private static int run(Path folder) {
        return AttemptAgent.run(folder, TrainerHandlers.all());
    }

    private Path train(FakeService service) {
        return AttemptFolders.train(root, "a-train", AttemptFolders.SPECIES, Map.of(), Optional.of(service.callback("a-train")), AttemptFolders.MEMORY);
    }

    private FailureCause causeOf(OperationHandler handler) throws IOException {
        Path folder = AttemptFolders.train(root, "failing", AttemptFolders.SPECIES, Map.of());
        assertThat(AttemptAgent.run(folder, Map.of(Operation.TRAIN, handler))).isEqualTo(1);
        assertThat(Files.readString(AttemptFolders.work(folder).resolve("exit"))).isEqualTo("1\n");
        WorkerEvent.Failed failed = AttemptFolders.failure(folder);
        assertThat(failed.message()).doesNotContain("\n").hasSizeLessThan(600);
        Files.delete(folder.resolve("claim.json"));
        Files.delete(AttemptFolders.work(folder).resolve("metrics.jsonl"));
        return failed.cause();
    }

    @Test
    void allIsSaidToTheServiceOnceAndInOrderAndToTheFileAsWell() throws IOException {
        try (FakeService service = new FakeService()) {
            Path folder = train(service);
            assertThat(run(folder)).isZero();
            assertThat(service.claims).isEqualTo(1);
            assertThat(service.tokens).containsOnly("Bearer secret-of-a-train");
            assertThat(service.outcomes).hasSize(1);
            assertThat(service.outcomes.getFirst().incarnation()).isEqualTo(3);
            List<WorkerEvent> file = AttemptFolders.events(folder);
            assertThat(file).startsWith(service.events.toArray(WorkerEvent[]::new));
            assertThat(file).hasSize(service.events.size() + 1);
            assertThat(file.getLast()).isEqualTo(service.outcomes.getFirst().event());
            for (int i = 0; i < file.size(); i++) {
                assertThat(file.get(i).seq()).isEqualTo(i + 1L);
            }
        }
    }

    @Test
    void aRefusedClaimWritesNothing() throws IOException {
        try (FakeService service = new FakeService()) {
            service.toClaim = new FakeService.Answer(409, Map.of("reason", "claimed by another"));
            Path folder = train(service);
            assertThat(run(folder)).isEqualTo(75);
            assertThat(folder.toFile().list()).containsExactlyInAnyOrder("spec.json", "token", "train.csv", "test.csv");
        }
    }

    @Test
    void theFolderIsClaimedOnceWithoutAService() throws IOException {
        Path folder = AttemptFolders.train(root, "twice", AttemptFolders.SPECIES, Map.of());
        assertThat(run(folder)).isZero();
        String result = Files.readString(AttemptFolders.work(folder).resolve("result.json"));
        assertThat(run(folder)).isEqualTo(75);
        assertThat(Files.readString(AttemptFolders.work(folder).resolve("result.json"))).isEqualTo(result);
    }

    @Test
    void stopEndsTheTrialAsPrunedWithTheValuesLastReported() throws IOException {
        try (FakeService service = new FakeService()) {
            service.toEvents = report -> new FakeService.Answer(200, new Report.Answer(
                    report.events().stream().anyMatch(event -> event instanceof WorkerEvent.Measured measured && measured.step() == 5), "worse than the median"));
            Path folder = train(service);
            assertThat(run(folder)).isZero();
            WorkerEvent.Result result = AttemptFolders.result(folder);
            assertThat(result.pruned()).isTrue();
            WorkerEvent.Measured last = (WorkerEvent.Measured) service.events.getLast();
            assertThat(last.step()).isEqualTo(5);
            assertThat(result.values().get("log_loss")).isEqualTo(last.values().get("log_loss"));
        }
    }

    @Test
    void aFencedProcessWritesNoResult() throws IOException {
        try (FakeService service = new FakeService()) {
            service.toEvents = report -> report.events().getFirst().seq() > 2 ? new FakeService.Answer(409, Map.of()) : new FakeService.Answer(200, Report.Answer.GO_ON);
            Path folder = train(service);
            assertThat(run(folder)).isEqualTo(75);
            assertThat(AttemptFolders.work(folder).resolve("result.json")).doesNotExist();
            assertThat(service.outcomes).isEmpty();
        }
    }

    @Test
    void aServiceThatFailsForAWhileMissesNothing() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        try (FakeService service = new FakeService()) {
            service.toEvents = report -> calls.incrementAndGet() % 2 == 1 && calls.get() < 6 ? new FakeService.Answer(503, Map.of()) : new FakeService.Answer(200, Report.Answer.GO_ON);
            Path folder = train(service);
            assertThat(run(folder)).isZero();
            assertThat(service.events.stream().map(WorkerEvent::seq)).doesNotHaveDuplicates().isSorted().startsWith(1L, 2L, 3L);
            assertThat(service.events).hasSize(AttemptFolders.events(folder).size() - 1);
        }
    }

    @Test
    void whatGoesWrongIsSaidByItsCause() throws IOException {
        assertThat(causeOf(attempt -> {
            throw new OutOfMemoryError("Java heap space");
        })).isEqualTo(FailureCause.MEMORY);
        assertThat(causeOf(attempt -> {
            throw new IOException("write failed", new IOException("No space left on device"));
        })).isEqualTo(FailureCause.DISK_FULL);
        assertThat(causeOf(attempt -> {
            attempt.measured(1, Map.of("rmse", Double.NaN));
            throw new AssertionError("not reached");
        })).isEqualTo(FailureCause.NOT_FINITE);
        assertThat(causeOf(attempt -> {
            throw new IllegalStateException("a\nb");
        })).isEqualTo(FailureCause.ERROR);
        assertThat(causeOf(attempt -> {
            throw new IllegalStateException("XGBoost: std::bad_alloc");
        })).isEqualTo(FailureCause.MEMORY);
    }

    @Test
    void anInputThatIsNotWhatItsDigestSaysIsCorrupt() throws IOException {
        Path folder = AttemptFolders.train(root, "corrupt", AttemptFolders.SPECIES, Map.of());
        Files.writeString(folder.resolve("train.csv"), "__row,__fold,species\n0,0,Adelie\n");
        assertThat(run(folder)).isEqualTo(1);
        assertThat(AttemptFolders.failure(folder).cause()).isEqualTo(FailureCause.CORRUPT_INPUT);
    }

    @Test
    void dataThatCannotBeUsedIsSaidInWordsForTheUser() throws IOException {
        TrainOptions missing = new TrainOptions(TaskKind.MULTICLASS, "kind", Metric.LOG_LOSS, AttemptFolders.SPECIES_FEATURES);
        Path folder = AttemptFolders.train(root, "target", AttemptFolders.SPECIES, Map.of());
        AttemptFolders.spec(folder, "target", Operation.TRAIN, Map.of(), Map.of("train", AttemptFolders.input(folder.resolve("train.csv"))), missing, Optional.empty(), AttemptFolders.MEMORY);
        assertThat(run(folder)).isEqualTo(1);
        assertThat(AttemptFolders.failure(folder).cause()).isEqualTo(FailureCause.DATA);
        assertThat(AttemptFolders.failure(folder).message()).isEqualTo("the data has no column \"kind\"");
        assertThat(AttemptFolders.failure(folder).advice().orElseThrow().allowed().orElseThrow()).startsWith("__row, __fold, species");
    }

    @Test
    void aClassThatATrainingPartLacksDoesNoHarm() throws IOException {
        for (String learner : List.of("xgboost", "lightgbm", "linear")) {
            Path folder = root.resolve("rare-" + learner);
            StringBuilder csv = new StringBuilder("__row,__fold,x,y\n");
            for (int row = 0; row < 90; row++) {
                csv.append(row).append(',').append(row % 3).append(',').append(row * 7 % 90).append(',').append(row == 1 ? "rare" : row * 7 % 90 < 45 ? "low" : "high").append('\n');
            }
            AttemptFolders.write(folder.resolve("train.csv"), csv.toString());
            TrainOptions options = new TrainOptions(TaskKind.MULTICLASS, "y", Metric.ROC_AUC, List.of(new Feature("x", Feature.Treatment.NUMERIC)));
            AttemptFolders.spec(folder, "rare-" + learner, Operation.TRAIN, Map.of("learner", learner, "class_balance", "balanced"),
                    Map.of("train", AttemptFolders.input(folder.resolve("train.csv"))), options, Optional.empty(), AttemptFolders.MEMORY);
            assertThat(run(folder)).as(learner).isZero();
            assertThat(AttemptFolders.result(folder).values().get("roc_auc")).as(learner).isGreaterThan(0.6);
        }
    }

    @Test
    void aProcessThatHasNothingToSayBeatsEveryFiveSeconds() throws IOException {
        try (FakeService service = new FakeService()) {
            Path folder = train(service);
            int code = AttemptAgent.run(folder, Map.of(Operation.TRAIN, attempt -> {
                new CountDownLatch(1).await(6_200, TimeUnit.MILLISECONDS);
                return Findings.of(Map.of(), Map.of(), List.of());
            }));
            assertThat(code).isZero();
            assertThat(service.events).hasSize(1).first().isInstanceOf(WorkerEvent.Heartbeat.class);
        }
    }
}
