package io.tunesmith.run;

import io.tunesmith.contract.Wire;
import io.tunesmith.contract.WorkerEvent.Artifact;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a process left.
 *
 * @param attempts the folder of the run's attempts
 * @param folder the folder in it in which the process wrote
 */
record Done(Path attempts, String folder, WorkerEvent.Result result) {

    /** The artifact's path relative to the run's attempts: what may be stored. Always inside the attempt's folder, whatever the process says. */
    String relative(String artifact) {
        String path = folder + "/" + found(artifact).path();
        if (!attempts.resolve(path).normalize().startsWith(attempts.resolve(folder).normalize())) {
            throw new Failure.Exhausted(FailureCode.TRAINING_FAILED, "the process " + folder + " names a file outside its folder").asException();
        }
        return path;
    }

    Path path(String artifact) {
        return attempts.resolve(relative(artifact));
    }

    String sha256(String artifact) {
        return found(artifact).sha256();
    }

    <T> T read(String artifact, Class<T> type) {
        try {
            return Wire.read(path(artifact), type);
        } catch (IOException e) {
            throw new Failure.Exhausted(FailureCode.TRAINING_FAILED, "the file " + relative(artifact) + " that a process left cannot be read").asException();
        }
    }

    double fact(String name) {
        return result.facts().getOrDefault(name, 0.0);
    }

    private Artifact found(String artifact) {
        return Optional.ofNullable(result.artifacts().get(artifact))
                .orElseThrow(() -> new Failure.Exhausted(FailureCode.TRAINING_FAILED, "the process " + folder + " ended without its " + artifact).asException());
    }
}
