package io.tunesmith.dispatch;

import com.fasterxml.jackson.databind.node.NullNode;
import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.AttemptSpec;
import io.tunesmith.contract.Callback;
import io.tunesmith.contract.Operation;
import io.tunesmith.contract.Resources;
import io.tunesmith.contract.Wire;
import io.tunesmith.contract.WorkerEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What processes are told and say, for tests. */
public final class Workers {
    public static final Callback CALLBACK = new Callback("http://127.0.0.1:1/attempts");

    private Workers() {}

    public static AttemptSpec spec(AttemptKey key, Map<String, Object> config, double wallSeconds, Optional<Callback> callback) {
        return new AttemptSpec(key, 1, "tabular", 1, Operation.TRAIN, config, 7, Map.of(), NullNode.getInstance(), 1, new Resources(0, 256 << 20, wallSeconds, 1), Optional.empty(), callback);
    }

    public static WorkerEvent.Result result(double value, boolean pruned) {
        return new WorkerEvent.Result(new TreeMap<>(Map.of("accuracy", value)), new TreeMap<>(), new TreeMap<>(), List.of(), pruned, 1, 0, 1 << 20);
    }

    public static WorkerEvent measured(long seq, double value) {
        return new WorkerEvent.Measured(seq, seq, new TreeMap<>(Map.of("accuracy", value)), seq, 0, 1 << 20);
    }

    /** Writes a message of the contract as a process would, its folder made first. */
    public static void leave(Path file, Object message) {
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Wire.writeFile(file, message);
    }
}
