package io.tunesmith.trainer.agent;

import io.tunesmith.contract.AttemptFiles;
import io.tunesmith.contract.AttemptSpec;
import io.tunesmith.contract.Callback;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** This process as the one that works on the attempt: its number, and whom it reports to. */
record Incarnation(AttemptFiles files, int number, Optional<Service> service) {
    /** A result that the service cannot read from a shared folder is worth a longer wait. */
    private static final Duration LAST_PATIENCE = Duration.ofMinutes(10);

    /** Where it writes. */
    Path work() {
        return files.work(number);
    }

    /** Present where the service does not see the folder. */
    Optional<Uploads> uploads(AttemptSpec spec) {
        return uploading(spec) ? service.map(one -> new Uploads(one, work(), number)) : Optional.empty();
    }

    /** How long the outcome may wait for the service. */
    Duration lastPatience(AttemptSpec spec) {
        return uploading(spec) ? LAST_PATIENCE : service.map(Service::patience).orElse(Duration.ZERO);
    }

    private static boolean uploading(AttemptSpec spec) {
        return spec.callback().map(Callback::upload).orElse(false);
    }
}
