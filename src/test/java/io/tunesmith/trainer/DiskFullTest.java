package io.tunesmith.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tunesmith.contract.FailureCause;
import io.tunesmith.contract.Operation;
import io.tunesmith.contract.Outcome;
import io.tunesmith.contract.Wire;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.trainer.agent.AttemptAgent;
import io.tunesmith.trainer.agent.Findings;
import io.tunesmith.trainer.agent.OperationHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attempts on a disk of 256 KiB; left out where one may not mount. */
class DiskFullTest {
    @TempDir
    private Path root;
    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(root.resolve("disk"));
        assumeThat(command("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.toString())).isZero();
    }

    @AfterEach
    void unmount() throws Exception {
        command("umount", "-l", disk.toString());
    }

    private static int command(String... words) throws Exception {
        try {
            Process process = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (IOException e) {
            return -1;
        }
    }

    private static void fill(Path folder) {
        try (OutputStream out = Files.newOutputStream(folder.resolve("filler"))) {
            while (true) {
                out.write(new byte[512]);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    /** The outcome as the service hears of it. */
    private Outcome outcome(OperationHandler handler) throws IOException {
        try (FakeService service = new FakeService()) {
            Path folder = AttemptFolders.train(disk, "full", AttemptFolders.SPECIES, Map.of(), Optional.of(service.callback("full")), AttemptFolders.MEMORY);
            assertThat(AttemptAgent.run(folder, Map.of(Operation.TRAIN, handler))).isEqualTo(1);
            assertThat(service.outcomes).hasSize(1);
            return service.outcomes.getFirst();
        }
    }

    private static void isDiskFull(Outcome outcome) {
        WorkerEvent.Failed failed = (WorkerEvent.Failed) outcome.event();
        assertThat(failed.cause()).isEqualTo(FailureCause.DISK_FULL);
        assertThat(failed.message()).isEqualTo("no space left on the device");
    }

    @Test
    void anEventThatDoesNotFitFailsTheAttemptAndLeavesNoHalfLine() throws IOException {
        isDiskFull(outcome(attempt -> {
            fill(attempt.work());
            for (int step = 1; step < 1_000; step++) {
                attempt.measured(step, Map.of("log_loss", 0.5));
            }
            throw new AssertionError("not reached");
        }));
        Path metrics = disk.resolve("full/i3/metrics.jsonl");
        assertThat(Files.readString(metrics)).satisfies(text -> assertThat(text.isEmpty() || text.endsWith("}\n")).isTrue());
        Files.readAllLines(metrics).forEach(line -> Wire.read(line, WorkerEvent.class));
    }

    @Test
    void aCheckpointThatDoesNotFitFailsTheAttemptAndLeavesTheOneBefore() throws IOException {
        isDiskFull(outcome(attempt -> {
            attempt.checkpoint(1, out -> out.write(new byte[20_000]));
            attempt.checkpoint(2, out -> out.write(new byte[300_000]));
            throw new AssertionError("not reached");
        }));
        assertThat(disk.resolve("full/i3/checkpoints").toFile().list()).containsExactly("1");
        assertThat(disk.resolve("full/i3/checkpoints/1")).hasSize(20_000);
    }

    @Test
    void aResultThatDoesNotFitIsAFailureAndNeverTorn() throws IOException {
        Outcome said = outcome(attempt -> Findings.of(Map.of(), Map.of(), Collections.nCopies(3_000, "A note that takes about a hundred bytes, so that there are many of them and the disk has no room for all.")));
        isDiskFull(said);
        assertThat(Wire.read(disk.resolve("full/i3/result.json"), Outcome.class)).isEqualTo(said);
        assertThat(disk.resolve("full/i3/exit")).hasContent("1\n");
    }

    @Test
    void anArtifactThatDoesNotFitFailsTheAttempt() throws IOException {
        isDiskFull(outcome(attempt -> {
            fill(attempt.work());
            Wire.writeBytes(attempt.work().resolve("oof.bin"), new byte[100_000]);
            throw new AssertionError("not reached");
        }));
        assertThat(disk.resolve("full/i3").toFile().list()).doesNotContain("oof.bin", ".oof.bin.part");
    }

    @Test
    void aDiskThatIsFullBeforeTheStartFailsTheAttempt() throws IOException {
        try (FakeService service = new FakeService()) {
            Path folder = AttemptFolders.train(disk, "full", AttemptFolders.SPECIES, Map.of(), Optional.of(service.callback("full")), AttemptFolders.MEMORY);
            fill(disk);
            assertThat(AttemptAgent.run(folder, TrainerHandlers.all())).isEqualTo(1);
            isDiskFull(service.outcomes.getFirst());
            assertThat(folder.resolve("i3").toFile().list()).doesNotContain("result.json", ".result.json.part");
        }
    }
}
