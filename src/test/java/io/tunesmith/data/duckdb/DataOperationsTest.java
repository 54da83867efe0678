package io.tunesmith.data.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.AttemptSpec;
import io.tunesmith.contract.InputFile;
import io.tunesmith.contract.Operation;
import io.tunesmith.contract.ProfileOptions;
import io.tunesmith.contract.Resources;
import io.tunesmith.contract.SplitOptions;
import io.tunesmith.contract.Wire;
import io.tunesmith.contract.WorkerEvent.Result;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.Sha256;
import io.tunesmith.data.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataOperationsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void placeData() throws IOException {
        Files.copy(Tables.PENGUINS, folder.resolve("data.csv"));
    }

    private AttemptSpec spec(Operation operation, Object options, Map<String, InputFile> inputs) {
        return new AttemptSpec(new AttemptKey("r1-data-1"), 1, "tabular", 1, operation, Map.of(), 0, inputs, Wire.tree(options), 1,
                new Resources(0, 1_000_000_000, 60, 1), Optional.empty(), Optional.empty());
    }

    private static Map<String, InputFile> data() {
        return Map.of("data", new InputFile("data.csv", Optional.empty()));
    }

    @Test
    void profileIsWrittenAndNamedByItsDigest() throws IOException {
        Result result = DataOperations.profile(folder, folder, spec(Operation.PROFILE, new ProfileOptions("csv"), data()));
        assertThat(result.facts()).containsEntry("rows", 344.0).containsEntry("columns", 8.0);
        Path file = folder.resolve(result.artifacts().get("profile").path());
        assertThat(Sha256.of(file).hex()).isEqualTo(result.artifacts().get("profile").sha256());
        assertThat(Wire.read(file, Profile.class).columnNames()).contains("species");
        assertThat(Wire.read(Wire.write(result), Result.class)).isEqualTo(result);
    }

    @Test
    void splitIsWrittenWithItsCounts() {
        Result result = DataOperations.split(folder, folder, spec(Operation.SPLIT, new SplitOptions("csv", "species", true, 0.2, 5, "k"), data()));
        assertThat(result.facts()).containsEntry("rows_train", 275.0).containsEntry("rows_test", 69.0).containsEntry("rows_dropped", 0.0).containsEntry("smallest_class_rows", 68.0);
        assertThat(result.artifacts()).containsOnlyKeys("train", "test");
        assertThat(result.notes()).anyMatch(note -> note.contains("Adelie 122 + 30"));
    }

    @Test
    void aSpecWithoutDataOrWithAnotherFormatIsRefused() {
        assertThat(Tables.refusal(() -> DataOperations.profile(folder, folder, spec(Operation.PROFILE, new ProfileOptions("csv"), Map.of()))).code()).isEqualTo(FailureCode.INVALID_REQUEST);
        assertThat(Tables.refusal(() -> DataOperations.profile(folder, folder, spec(Operation.PROFILE, new ProfileOptions("xlsx"), data()))).field()).contains("format");
    }
}
