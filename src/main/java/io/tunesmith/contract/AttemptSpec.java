package io.tunesmith.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * All that a process is told, as {@code spec.json} in its folder.
 *
 * @param attempt the attempt key
 * @param n the attempt's number from 1, the first half of the fencing token
 * @param recipe a recipe's name, for example {@code tabular}
 * @param recipeVersion a recipe refuses versions that it does not know
 * @param config the hyperparameters: name → number, string or boolean; empty where the operation has none
 * @param seed the only source of randomness in the process
 * @param inputs role → file, for example {@code train}
 * @param options what the operation needs besides, as that operation's record in this package ({@link TrainOptions}, …)
 * @param fidelity share of the full training, in (0, 1]; 1 is full
 * @param callback absent: the process reports by files alone
 */
public record AttemptSpec(
        AttemptKey attempt,
        int n,
        String recipe,
        int recipeVersion,
        Operation operation,
        Map<String, Object> config,
        long seed,
        Map<String, InputFile> inputs,
        JsonNode options,
        double fidelity,
        Resources resources,
        Optional<Resume> resume,
        Optional<Callback> callback) {

    public AttemptSpec {
        if (n < 1 || recipeVersion < 1 || !(fidelity > 0 && fidelity <= 1)) {
            throw new IllegalArgumentException("attempt " + n + ", recipe version " + recipeVersion + ", fidelity " + fidelity + " out of range");
        }
        config = config == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(config));
        inputs = inputs == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        options = options == null ? NullNode.getInstance() : options;
    }

    /** The same with at most so much time, but no less than a second. */
    public AttemptSpec within(double seconds) {
        double wall = Math.max(1, Math.min(resources.wallSeconds(), seconds));
        Resources less = new Resources(resources.gpus(), resources.memoryBytes(), wall, resources.threads());
        return new AttemptSpec(attempt, n, recipe, recipeVersion, operation, config, seed, inputs, options, fidelity, less, resume, callback);
    }
}
