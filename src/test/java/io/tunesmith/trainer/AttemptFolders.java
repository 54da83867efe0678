package io.tunesmith.trainer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tunesmith.contract.AttemptFiles;
import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.AttemptSpec;
import io.tunesmith.contract.Callback;
import io.tunesmith.contract.Feature.Treatment;
import io.tunesmith.contract.Feature;
import io.tunesmith.contract.InputFile;
import io.tunesmith.contract.Operation;
import io.tunesmith.contract.Outcome;
import io.tunesmith.contract.Resources;
import io.tunesmith.contract.Resume;
import io.tunesmith.contract.TaskKind;
import io.tunesmith.contract.TrainOptions;
import io.tunesmith.contract.Wire;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.core.Metric;
import io.tunesmith.core.Sha256;
import io.tunesmith.model.Table;
import io.tunesmith.model.TableReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Attempt folders over eval/examples/penguins.csv, as the service would lay them out. */
final class AttemptFolders {
    /** Attempts run in the tests' own process, which has grown large after many others: what it uses counts as theirs. */
    static final long MEMORY = 6L << 30;
    static final Path PENGUINS = Path.of("eval/examples/penguins.csv");
    static final List<Feature> SPECIES_FEATURES = List.of(
            new Feature("island", Treatment.CATEGORICAL), new Feature("bill_length_mm", Treatment.NUMERIC), new Feature("bill_depth_mm", Treatment.NUMERIC),
            new Feature("flipper_length_mm", Treatment.NUMERIC), new Feature("body_mass_g", Treatment.NUMERIC), new Feature("sex", Treatment.CATEGORICAL));
    static final List<Feature> MASS_FEATURES = List.of(
            new Feature("species", Treatment.CATEGORICAL), new Feature("island", Treatment.CATEGORICAL), new Feature("bill_length_mm", Treatment.NUMERIC),
            new Feature("flipper_length_mm", Treatment.NUMERIC), new Feature("sex", Treatment.CATEGORICAL));
    static final TrainOptions SPECIES = new TrainOptions(TaskKind.MULTICLASS, "species", Metric.LOG_LOSS, SPECIES_FEATURES);
    static final TrainOptions SEX = new TrainOptions(TaskKind.BINARY, "sex", Metric.ROC_AUC, SPECIES_FEATURES.subList(0, 5));
    static final TrainOptions MASS = new TrainOptions(TaskKind.REGRESSION, "body_mass_g", Metric.RMSE, MASS_FEATURES);

    private AttemptFolders() {}

    /** The rows with this target, every fifth as the test part, the rest in folds by row number; written into the folder. */
    static void split(Path folder, String target, int folds) {
        Table table = TableReader.csv(PENGUINS, Optional.empty());
        String[] targets = table.required(target);
        StringBuilder train = new StringBuilder("__row,__fold," + String.join(",", table.names()) + "\n");
        StringBuilder test = new StringBuilder("__row," + String.join(",", table.names()) + "\n");
        for (int row = 0; row < table.rows(); row++) {
            int at = row;
            String cells = table.columns().stream().map(column -> column[at]).collect(Collectors.joining(","));
            if (targets[row].equals("NA")) {
                continue;
            }
            if (row % 5 == 4) {
                test.append(row).append(',').append(cells).append('\n');
            } else {
                train.append(row).append(',').append(row / 5 % folds).append(',').append(cells).append('\n');
            }
        }
        write(folder.resolve("train.csv"), train.toString());
        write(folder.resolve("test.csv"), test.toString());
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static InputFile input(Path file) {
        try {
            return InputFile.of(file.getFileName().toString(), Sha256.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A TRAIN attempt in a fresh folder beside others of the root. */
    static Path train(Path root, String name, TrainOptions options, Map<String, Object> config) {
        return train(root, name, options, config, Optional.empty(), MEMORY);
    }

    static Path train(Path root, String name, TrainOptions options, Map<String, Object> config, Optional<Callback> callback, long memory) {
        Path folder = root.resolve(name);
        split(folder, options.target(), 5);
        spec(folder, name, Operation.TRAIN, config, Map.of("train", input(folder.resolve("train.csv"))), options, callback, memory);
        return folder;
    }

    static void spec(Path folder, String name, Operation operation, Map<String, Object> config, Map<String, InputFile> inputs, Object options,
            Optional<Callback> callback, long memory) {
        callback.ifPresent(ignored -> write(folder.resolve("token"), "secret-of-" + name));
        Wire.writeFile(folder.resolve("spec.json"), new AttemptSpec(new AttemptKey(name), 1, "tabular", 1, operation, config, 7, inputs, Wire.tree(options), 1,
                new Resources(0, memory, 60, 1), Optional.empty(), callback));
    }

    /** Changes the spec's JSON in place. */
    static void change(Path folder, Consumer<ObjectNode> change) {
        try {
            ObjectNode spec = (ObjectNode) Wire.MAPPER.readTree(folder.resolve("spec.json").toFile());
            change.accept(spec);
            Wire.writeFile(folder.resolve("spec.json"), spec);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the latest incarnation wrote. */
    static Path work(Path folder) {
        AttemptFiles files = new AttemptFiles(folder);
        return files.work(files.latest().orElseThrow(() -> new AssertionError("nothing was claimed in " + folder)));
    }

    /** The same attempt in a folder of its own, going on from a checkpoint of the first. */
    static Path resumed(Path folder, String name, Path checkpoint) {
        try {
            Path next = folder.resolveSibling(name);
            AttemptSpec spec = Wire.read(folder.resolve("spec.json"), AttemptSpec.class);
            for (InputFile input : spec.inputs().values()) {
                write(next.resolve(input.path()), Files.readString(folder.resolve(input.path())));
            }
            Files.copy(checkpoint, next.resolve("checkpoint"));
            Wire.writeFile(next.resolve("spec.json"), new AttemptSpec(new AttemptKey(name), 1, spec.recipe(), 1, spec.operation(), spec.config(), spec.seed(), spec.inputs(), spec.options(),
                    spec.fidelity(), spec.resources(), Optional.of(new Resume("checkpoint", Sha256.of(checkpoint).hex())), Optional.empty()));
            return next;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static WorkerEvent.Result result(Path folder) throws IOException {
        Outcome outcome = Wire.read(work(folder).resolve("result.json"), Outcome.class);
        if (outcome.event() instanceof WorkerEvent.Finished finished) {
            return finished.result();
        }
        throw new AssertionError(outcome.event() + "\n" + Files.readString(work(folder).resolve("log.txt")));
    }

    static WorkerEvent.Failed failure(Path folder) throws IOException {
        return (WorkerEvent.Failed) Wire.read(work(folder).resolve("result.json"), Outcome.class).event();
    }

    static List<WorkerEvent> events(Path folder) throws IOException {
        return Files.readAllLines(work(folder).resolve("metrics.jsonl")).stream().map(line -> Wire.read(line, WorkerEvent.class)).toList();
    }
}
