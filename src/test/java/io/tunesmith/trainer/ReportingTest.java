package io.tunesmith.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.contract.Callback;
import io.tunesmith.contract.Operation;
import io.tunesmith.contract.RefitOptions;
import io.tunesmith.contract.Report;
import io.tunesmith.contract.TaskKind;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.core.Metric;
import io.tunesmith.trainer.agent.AttemptAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the agent speaks to services that move, that are full, or that do not see its folder. */
class ReportingTest {
    private static final Map<String, Object> SHORT = Map.of("xgboost_max_rounds", 10);

    @TempDir
    private Path root;

    private Path train(Callback callback) {
        return AttemptFolders.train(root, "moving", AttemptFolders.SPECIES, SHORT, Optional.of(callback), AttemptFolders.MEMORY);
    }

    private static int run(Path folder) {
        return AttemptAgent.run(folder, TrainerHandlers.all());
    }

    private static Callback uploading(FakeService service) {
        return new Callback(service.callback("moving").url(), true);
    }

    @Test
    void allThatIsWrittenLiesInTheIncarnationsFolder() throws IOException {
        try (FakeService service = new FakeService()) {
            Path folder = train(service.callback("moving"));
            assertThat(run(folder)).isZero();
            assertThat(folder.toFile().list()).containsExactlyInAnyOrder("spec.json", "token", "train.csv", "test.csv", "claim.json", "i3");
            assertThat(folder.resolve("i3").toFile().list()).containsExactlyInAnyOrder("log.txt", "metrics.jsonl", "result.json", "exit", "oof.bin");
        }
    }

    @Test
    void aServiceThatDoesNotAnswerIsLookedForWhereTheCallbackFileSays() throws IOException {
        try (FakeService old = new FakeService(); FakeService fresh = new FakeService()) {
            Path folder = train(old.callback("moving"));
            old.toEvents = report -> {
                AttemptFolders.write(folder.resolve("callback"), fresh.callback("moving").url() + "\n");
                return new FakeService.Answer(503, Map.of());
            };
            assertThat(run(folder)).isZero();
            assertThat(old.claims).isEqualTo(1);
            assertThat(old.events).isEmpty();
            assertThat(fresh.claims).isZero();
            assertThat(fresh.events).hasSize(AttemptFolders.events(folder).size() - 1);
            assertThat(fresh.outcomes).hasSize(1);
        }
    }

    @Test
    void aServiceThatIsGoneIsLookedForWhereTheCallbackFileSaysEvenForTheClaim() throws IOException {
        try (FakeService fresh = new FakeService()) {
            Path folder = train(new Callback("http://127.0.0.1:1/api/v1/attempts/moving"));
            AttemptFolders.write(folder.resolve("callback"), fresh.callback("moving").url());
            assertThat(run(folder)).isZero();
            assertThat(fresh.claims).isEqualTo(1);
            assertThat(fresh.outcomes).hasSize(1);
        }
    }

    @Test
    void aServiceThatDoesNotLeadSaysWhoDoes() throws IOException {
        try (FakeService follower = new FakeService(); FakeService leader = new FakeService()) {
            follower.toClaim = new FakeService.Answer(503, Map.of("code", "not_leader"), Map.of("Tunesmith-Leader", leader.base()));
            Path folder = train(follower.callback("moving"));
            assertThat(run(folder)).isZero();
            assertThat(leader.calls).startsWith("claim", "Started").endsWith("result");
            assertThat(leader.tokens).containsOnly("Bearer secret-of-moving");
            assertThat(follower.events).isEmpty();
        }
    }

    @Test
    void aServiceThatIsFullIsSentNoMoreMeasuredValuesAndTheResultAllTheSame() throws IOException {
        try (FakeService service = new FakeService()) {
            service.toEvents = report -> report.events().stream().anyMatch(event -> event instanceof WorkerEvent.Measured measured && measured.step() > 2)
                    ? new FakeService.Answer(413, Map.of()) : new FakeService.Answer(200, Report.Answer.GO_ON);
            Path folder = train(service.callback("moving"));
            assertThat(AttemptAgent.run(folder, TrainerHandlers.all(), Duration.ZERO)).isZero();
            assertThat(service.events.stream().filter(WorkerEvent.Measured.class::isInstance)).hasSize(2);
            assertThat(service.events.stream().filter(WorkerEvent.Checkpointed.class::isInstance)).hasSize(9);
            assertThat(AttemptFolders.events(folder).stream().filter(WorkerEvent.Measured.class::isInstance)).hasSize(5);
            assertThat(service.outcomes).hasSize(1);
            assertThat(Files.readString(AttemptFolders.work(folder).resolve("log.txt"))).containsOnlyOnce("takes no more measured values");
        }
    }

    @Test
    void filesAreHandedInBeforeTheyAreNamed() throws IOException {
        try (FakeService service = new FakeService()) {
            Path folder = train(uploading(service));
            assertThat(AttemptAgent.run(folder, TrainerHandlers.all(), Duration.ZERO)).isZero();
            assertThat(service.calls).containsSubsequence("claim", "Started", "Measured", "3/checkpoints/1", "Checkpointed", "3/checkpoints/2", "Checkpointed", "3/oof.bin", "3/log.txt", "result");
            assertThat(service.calls).endsWith("3/oof.bin", "3/log.txt", "result");
            assertThat(service.files.get("3/oof.bin")).isEqualTo(Files.readAllBytes(AttemptFolders.work(folder).resolve("oof.bin")));
            assertThat(service.files.get("3/checkpoints/9")).isEqualTo(Files.readAllBytes(AttemptFolders.work(folder).resolve("checkpoints/9")));
            assertThat(new String(service.files.get("3/log.txt"))).startsWith("train moving, incarnation 3");
            assertThat(service.tokens).containsOnly("Bearer secret-of-moving");
        }
    }

    @Test
    void everyFileOfAFolderIsHandedIn() throws IOException {
        try (FakeService service = new FakeService()) {
            Path folder = root.resolve("moving");
            AttemptFolders.split(folder, "species", 5);
            RefitOptions refit = new RefitOptions(TaskKind.MULTICLASS, "species", Metric.LOG_LOSS, AttemptFolders.SPECIES_FEATURES, List.of(new RefitOptions.Member(Map.of(), 5, 1)), false);
            AttemptFolders.spec(folder, "moving", Operation.REFIT, Map.of(), Map.of("train", AttemptFolders.input(folder.resolve("train.csv"))), refit, Optional.of(uploading(service)), AttemptFolders.MEMORY);
            assertThat(run(folder)).isZero();
            assertThat(service.files.keySet()).containsExactlyInAnyOrder("3/model/manifest.json", "3/model/model.json", "3/model/preprocess.json", "3/model/card.md", "3/model/member-0.ubj", "3/log.txt");
        }
    }

    @Test
    void aCheckpointThatCannotBeHandedInIsNotNamed() throws IOException {
        try (FakeService service = new FakeService()) {
            service.toFiles = path -> path.startsWith("3/checkpoints") ? new FakeService.Answer(413, Map.of()) : new FakeService.Answer(200, Map.of());
            Path folder = train(uploading(service));
            assertThat(AttemptAgent.run(folder, TrainerHandlers.all(), Duration.ZERO)).isZero();
            assertThat(service.events).noneMatch(WorkerEvent.Checkpointed.class::isInstance);
            assertThat(service.outcomes).hasSize(1);
        }
    }

    @Test
    void aProcessWhoseFilesAreRefusedIsFenced() throws IOException {
        try (FakeService service = new FakeService()) {
            service.toFiles = path -> new FakeService.Answer(409, Map.of());
            Path folder = train(uploading(service));
            assertThat(run(folder)).isEqualTo(75);
            assertThat(AttemptFolders.work(folder).resolve("result.json")).doesNotExist();
            assertThat(service.outcomes).isEmpty();
        }
    }
}
