package io.tunesmith.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.app.WorkerMain;
import io.tunesmith.contract.FailureCause;
import io.tunesmith.contract.Feature;
import io.tunesmith.contract.Operation;
import io.tunesmith.contract.RefitOptions;
import io.tunesmith.contract.TaskKind;
import io.tunesmith.contract.TrainOptions;
import io.tunesmith.contract.Wire;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.core.Metric;
import io.tunesmith.core.RandomSource;
import io.tunesmith.core.Sha256;
import io.tunesmith.model.TableReader;
import io.tunesmith.trainer.agent.AttemptAgent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The trainer in JVMs of its own: TERM and USR1, crashes, memory, warm service, prediction from the command line. */
class TrainerProcessTest {
    private static final String OPTIONS = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED";

    @TempDir
    private Path root;

    private static ProcessBuilder java(String heap, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx" + heap));
        command.addAll(List.of(OPTIONS.split(" ")));
        command.addAll(List.of("-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    /** A regression attempt whose score improves for thousands of slow rounds. */
    private Path slow(String name, int rows, long memory) {
        Path folder = root.resolve(name);
        StringBuilder csv = new StringBuilder("__row,__fold,a,b,c,y\n");
        RandomGenerator generator = new RandomSource(3).stream("slow");
        for (int row = 0; row < rows; row++) {
            double a = generator.nextDouble();
            double b = generator.nextDouble();
            csv.append(row).append(',').append(row % 2).append(',').append(a).append(',').append(b).append(',').append(generator.nextDouble()).append(',').append(Math.sin(9 * a) * b).append('\n');
        }
        AttemptFolders.write(folder.resolve("train.csv"), csv.toString());
        List<Feature> features = List.of(new Feature("a", Feature.Treatment.NUMERIC), new Feature("b", Feature.Treatment.NUMERIC), new Feature("c", Feature.Treatment.NUMERIC));
        AttemptFolders.spec(folder, name, Operation.TRAIN, Map.of("xgboost_learning_rate", 0.001, "xgboost_max_rounds", 10_000),
                Map.of("train", AttemptFolders.input(folder.resolve("train.csv"))), new TrainOptions(TaskKind.REGRESSION, "y", Metric.RMSE, features), Optional.empty(), memory);
        return folder;
    }

    private static void await(String what, BooleanSupplier happened) throws InterruptedException {
        long start = System.nanoTime();
        while (!happened.getAsBoolean()) {
            assertThat(System.nanoTime() - start).as("nanoseconds waited until " + what).isLessThan(30_000_000_000L);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static boolean said(Path folder, Class<? extends WorkerEvent> event) {
        Path file = folder.resolve("i1/metrics.jsonl");
        try {
            String text = Files.exists(file) ? Files.readString(file) : "";
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().map(line -> Wire.read(line, WorkerEvent.class)).anyMatch(event::isInstance);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process started(Path folder) throws IOException, InterruptedException {
        Process process = java("256m", TrainerMain.class, folder.toString()).start();
        await("something is measured", () -> said(folder, WorkerEvent.Measured.class));
        return process;
    }

    @Test
    void termWritesACheckpointAndEndsTheAttemptAsCancelled() throws Exception {
        Path folder = slow("term", 20_000, AttemptFolders.MEMORY);
        Process process = started(folder);
        process.destroy();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(AttemptFolders.failure(folder).cause()).isEqualTo(FailureCause.CANCELLED);
        List<WorkerEvent> events = AttemptFolders.events(folder);
        assertThat(events.getLast()).isInstanceOf(WorkerEvent.Failed.class);
        assertThat(Files.readString(AttemptFolders.work(folder).resolve("exit"))).isEqualTo("143\n");
        WorkerEvent.Checkpointed checkpoint = (WorkerEvent.Checkpointed) events.get(events.size() - 2);
        assertThat(checkpoint.sha256()).isEqualTo(Sha256.of(AttemptFolders.work(folder).resolve(checkpoint.path())).hex());
        goesOnAfter(checkpoint.step(), AttemptFolders.resumed(folder, "next", AttemptFolders.work(folder).resolve(checkpoint.path())));
    }

    private static void goesOnAfter(long step, Path resumed) throws Exception {
        Process process = java("256m", TrainerMain.class, resumed.toString()).start();
        await("the resumed one has measured", () -> said(resumed, WorkerEvent.Measured.class));
        process.destroy();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(AttemptFolders.events(resumed).stream().filter(WorkerEvent.Measured.class::isInstance).mapToLong(event -> ((WorkerEvent.Measured) event).step()).min().orElseThrow())
                .isGreaterThan(step);
    }

    @Test
    void usr1WritesACheckpointAndTheTrainingGoesOn() throws Exception {
        Path folder = slow("usr1", 20_000, AttemptFolders.MEMORY);
        Process process = java("256m", WorkerMain.class, folder.toString()).start();
        await("something is measured", () -> said(folder, WorkerEvent.Measured.class));
        assertThat(new ProcessBuilder("kill", "-USR1", Long.toString(process.pid())).start().waitFor()).isZero();
        await("a checkpoint is said", () -> said(folder, WorkerEvent.Checkpointed.class));
        assertThat(process.isAlive()).isTrue();
        process.destroyForcibly().waitFor();
    }

    @Test
    void termEndsWorkWithoutCheckpointsAtOnce() throws Exception {
        Path folder = slow("refit", 50_000, AttemptFolders.MEMORY);
        RefitOptions refit = new RefitOptions(TaskKind.REGRESSION, "y", Metric.RMSE, List.of(new Feature("a", Feature.Treatment.NUMERIC), new Feature("b", Feature.Treatment.NUMERIC)),
                List.of(new RefitOptions.Member(Map.of(), 9_000, 1)), false);
        AttemptFolders.spec(folder, "refit", Operation.REFIT, Map.of(), Map.of("train", AttemptFolders.input(folder.resolve("train.csv"))), refit, Optional.empty(), AttemptFolders.MEMORY);
        Process process = java("256m", TrainerMain.class, folder.toString()).start();
        await("it has started", () -> said(folder, WorkerEvent.Started.class));
        process.destroy();
        assertThat(process.waitFor(4, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(AttemptFolders.failure(folder).cause()).isEqualTo(FailureCause.CANCELLED);
    }

    @Test
    void termEndsAProcessThatWaitsForItsService() throws Exception {
        try (FakeService service = new FakeService()) {
            service.toEvents = report -> new FakeService.Answer(503, Map.of());
            Path folder = slow("waits", 1_000, AttemptFolders.MEMORY);
            AttemptFolders.write(folder.resolve("token"), "secret");
            AttemptFolders.change(folder, spec -> spec.set("callback", Wire.tree(service.callback("waits"))));
            Process process = java("256m", TrainerMain.class, folder.toString()).start();
            await("it has something to say", () -> Files.exists(folder.resolve("i3/metrics.jsonl")));
            process.destroy();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
            assertThat(AttemptFolders.failure(folder).cause()).isEqualTo(FailureCause.CANCELLED);
        }
    }

    private Process crashed(String point, Path folder) throws IOException, InterruptedException {
        ProcessBuilder builder = java("256m", TrainerMain.class, folder.toString());
        builder.command().add(1, "-Dtunesmith.crash-at=" + point);
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process;
    }

    @ParameterizedTest
    @CsvSource({"WORKER_CLAIMED,0,false", "WORKER_STARTED,1,false", "WORKER_MEASURED:2,3,false", "WORKER_DONE,8,true", "WORKER_REPORTED,8,true"})
    void aCrashLeavesWhatWasWrittenUntilThen(String point, int events, boolean result) throws Exception {
        try (FakeService service = new FakeService()) {
            Path folder = AttemptFolders.train(root, "crash", AttemptFolders.SPECIES, Map.of("xgboost_max_rounds", 20), Optional.of(service.callback("crash")), AttemptFolders.MEMORY);
            assertThat(crashed(point, folder).exitValue()).isEqualTo(137);
            Path work = folder.resolve("i3");
            assertThat(Files.exists(work.resolve("metrics.jsonl")) ? AttemptFolders.events(folder).size() : 0).isEqualTo(events);
            assertThat(Files.exists(work.resolve("result.json"))).isEqualTo(result);
            assertThat(service.outcomes).hasSize(point.equals("WORKER_REPORTED") ? 1 : 0);
            assertThat(work.resolve("exit")).doesNotExist();
        }
    }

    @Test
    void aCrashAfterACheckpointLeavesItWholeAndUntold() throws Exception {
        Path folder = slow("crash", 20_000, AttemptFolders.MEMORY);
        ProcessBuilder builder = java("256m", TrainerMain.class, folder.toString());
        builder.command().add(1, "-Dtunesmith.crash-at=WORKER_CHECKPOINTED");
        Process process = builder.start();
        await("something is measured", () -> said(folder, WorkerEvent.Measured.class));
        process.destroy();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(137);
        assertThat(folder.resolve("i1/checkpoints").toFile().list()).hasSize(1).noneMatch(name -> name.startsWith("."));
        assertThat(said(folder, WorkerEvent.Checkpointed.class)).isFalse();
    }

    @Test
    void aProcessThatTheEngineStartsAgainIsAnIncarnationOfItsOwn() throws Exception {
        Path folder = AttemptFolders.train(root, "again", AttemptFolders.SPECIES, Map.of("xgboost_max_rounds", 5));
        assertThat(AttemptAgent.run(folder, TrainerHandlers.all())).isZero();
        for (int expected : new int[] {0, 75}) {
            ProcessBuilder builder = java("256m", TrainerMain.class, folder.toString());
            builder.environment().put("TUNESMITH_RESTARTS", "2");
            Process process = builder.start();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(expected);
        }
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("spec.json", "train.csv", "test.csv", "claim.json", "claim-2.json", "i1", "i2");
        assertThat(AttemptFolders.result(folder).values()).containsKey("log_loss");
    }

    @Test
    void aHeapThatIsTooSmallIsAnOutcome() throws Exception {
        Path folder = slow("heap", 150_000, AttemptFolders.MEMORY);
        Process process = java("24m", TrainerMain.class, folder.toString()).start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(AttemptFolders.failure(folder).cause()).isEqualTo(FailureCause.MEMORY);
    }

    @Test
    void moreResidentMemoryThanAllowedIsAnOutcome() throws Exception {
        Path folder = slow("resident", 20_000, 60L << 20);
        Process process = java("256m", TrainerMain.class, folder.toString()).start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(AttemptFolders.failure(folder).cause()).isEqualTo(FailureCause.MEMORY);
        assertThat(AttemptFolders.failure(folder).message()).contains("allowed are 60 MiB");
    }

    @Test
    void aWarmProcessTakesOneAttemptAfterTheOther() throws Exception {
        Path one = AttemptFolders.train(root, "one", AttemptFolders.SPECIES, Map.of());
        Path two = AttemptFolders.train(root, "two", AttemptFolders.SPECIES, Map.of("learner", "lgbm"));
        Process process = java("256m", TrainerMain.class, "--warm").start();
        try (BufferedReader out = process.inputReader(); Writer in = new OutputStreamWriter(process.getOutputStream())) {
            assertThat(out.readLine()).isEqualTo("ready");
            in.write(one + "\n" + two + "\n");
            in.flush();
            assertThat(out.readLine()).isEqualTo("done one 0");
            assertThat(out.readLine()).isEqualTo("done two 1");
        }
        assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        WorkerEvent.Measured first = (WorkerEvent.Measured) AttemptFolders.events(one).get(1);
        assertThat(first.seconds()).as("seconds from the claim to the first round").isLessThan(0.4);
        assertThat(AttemptFolders.failure(two).message()).contains("there is no learner \"lgbm\"");
    }

    /** ONNX Runtime overflows a usual stack where the class path on the command line is as long as here. */
    @Test
    void aModelIsExportedInAProcessWithALongCommandLine() throws Exception {
        Path folder = root.resolve("export");
        AttemptFolders.split(folder, "species", 5);
        RefitOptions refit = new RefitOptions(TaskKind.MULTICLASS, "species", Metric.LOG_LOSS, AttemptFolders.SPECIES_FEATURES, List.of(new RefitOptions.Member(Map.of(), 20, 1)), true);
        AttemptFolders.spec(folder, "export", Operation.REFIT, Map.of(), Map.of("train", AttemptFolders.input(folder.resolve("train.csv"))), refit, Optional.empty(), AttemptFolders.MEMORY);
        Process process = java("256m", TrainerMain.class, folder.toString()).start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(AttemptFolders.work(folder).resolve("model/model.onnx")).exists();
    }

    @Test
    void predictionsFromTheCommandLineNeedNoService() throws Exception {
        Path folder = root.resolve("refit");
        AttemptFolders.split(folder, "species", 5);
        RefitOptions refit = new RefitOptions(TaskKind.MULTICLASS, "species", Metric.LOG_LOSS, AttemptFolders.SPECIES_FEATURES, List.of(new RefitOptions.Member(Map.of(), 20, 1)), false);
        AttemptFolders.spec(folder, "refit", Operation.REFIT, Map.of(), Map.of("train", AttemptFolders.input(folder.resolve("train.csv"))), refit, Optional.empty(), AttemptFolders.MEMORY);
        assertThat(AttemptAgent.run(folder, TrainerHandlers.all())).isZero();
        String model = AttemptFolders.work(folder).resolve("model").toString();
        AttemptFolders.write(root.resolve("new.csv"), "bill_length_mm;island\n39,1;Torgersen\n50;Atlantis\n");
        assertThat(predict(0, "--model", model, "--data", root.resolve("new.csv").toString(), "--out", root.resolve("out.csv").toString()))
                .contains("\"rows\":2").contains("no column \\\"sex\\\"").contains("Atlantis");
        assertThat(TableReader.csv(root.resolve("out.csv"), Optional.empty()).rows()).isEqualTo(2);
        assertThat(predict(2, "--model", model)).contains("\"code\":\"invalid_request\"");
        assertThat(predict(3, "--model", model, "--data", "nowhere.csv", "--out", "x")).contains("\"code\":\"not_found\"");
        AttemptFolders.write(root.resolve("foreign.csv"), "u,v\n1,2\n");
        assertThat(predict(8, "--model", model, "--data", root.resolve("foreign.csv").toString(), "--out", "x")).contains("none of the columns").contains("\"allowed\"");
        Files.writeString(AttemptFolders.work(folder).resolve("model/card.md"), "changed");
        assertThat(predict(7, "--model", model, "--data", root.resolve("new.csv").toString(), "--out", "x")).contains("\"code\":\"refused\"");
    }

    private String predict(int code, String... arguments) throws IOException, InterruptedException {
        Process process = java("256m", PredictMain.class, arguments).start();
        String out = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(out).isEqualTo(code);
        assertThat(out.lines()).hasSize(1);
        return out;
    }
}
