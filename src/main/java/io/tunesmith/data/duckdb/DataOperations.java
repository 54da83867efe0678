package io.tunesmith.data.duckdb;

import io.tunesmith.contract.AttemptSpec;
import io.tunesmith.contract.InputFile;
import io.tunesmith.contract.ProfileOptions;
import io.tunesmith.contract.SplitOptions;
import io.tunesmith.contract.Wire;
import io.tunesmith.contract.WorkerEvent.Artifact;
import io.tunesmith.contract.WorkerEvent.Result;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.Sha256;
import io.tunesmith.data.DataFormat;
import io.tunesmith.data.Profile;
import io.tunesmith.data.duckdb.LockedDatabase.Allowance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * PROFILE and SPLIT as the attempt agent calls them: input {@code data} in, artifacts (in the folder {@code work}) and facts out. Time and memory in the result are zero:
 * the agent measures them. Failures are {@link io.tunesmith.core.FailureException} with a BadRequest for the user.
 */
public final class DataOperations {
    private static final double DATABASE_SHARE = 0.6;

    private DataOperations() {}

    /** Writes artifact {@code profile}, a {@link Profile} as JSON; facts rows, columns, duplicate_rows; the findings as notes. */
    public static Result profile(Path inputs, Path work, AttemptSpec spec) {
        ProfileOptions options = Wire.read(spec.options(), ProfileOptions.class);
        Allowance allowance = new Allowance(spec.resources().threads(), (long) (spec.resources().memoryBytes() * DATABASE_SHARE));
        Profile profile = DuckDbProfiler.profile(input(inputs, spec), format(options.format()), allowance);
        Wire.writeFile(work.resolve("profile.json"), profile);
        Map<String, Double> facts = Map.of("rows", (double) profile.rows(), "columns", (double) profile.columns().size(), "duplicate_rows", (double) profile.duplicateRows());
        return result(facts, Map.of("profile", artifact(work, "profile.json")), profile.findings());
    }

    /** Writes artifacts {@code train} and {@code test}; facts rows_train, rows_test, rows_dropped, classes, smallest_class_rows. */
    public static Result split(Path inputs, Path work, AttemptSpec spec) {
        SplitOutcome outcome = Splitter.split(input(inputs, spec), Wire.read(spec.options(), SplitOptions.class), work);
        Map<String, Double> facts = Map.of("rows_train", (double) outcome.rowsTrain(), "rows_test", (double) outcome.rowsTest(), "rows_dropped", (double) outcome.rowsDropped(),
                "classes", (double) outcome.classes().size(), "smallest_class_rows", (double) Splitter.smallest(outcome));
        return result(facts, Map.of("train", artifact(work, "train.csv"), "test", artifact(work, "test.csv")), outcome.notes());
    }

    static DataFormat format(String wire) {
        return Arrays.stream(DataFormat.values()).filter(format -> format.wire().equals(wire)).findFirst()
                .orElseThrow(() -> Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "format", "\"" + wire + "\" is not a format").allowed("csv, parquet").asException());
    }

    private static Path input(Path folder, AttemptSpec spec) {
        InputFile input = spec.inputs().get("data");
        if (input == null) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "inputs", "the spec has no input \"data\"").asException();
        }
        return folder.resolve(input.path());
    }

    private static Artifact artifact(Path folder, String name) {
        try {
            return new Artifact(name, Sha256.of(folder.resolve(name)).hex());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Result result(Map<String, Double> facts, Map<String, Artifact> artifacts, List<String> notes) {
        return new Result(new TreeMap<>(), new TreeMap<>(facts), new TreeMap<>(artifacts), notes, false, 0, 0, 0);
    }
}
