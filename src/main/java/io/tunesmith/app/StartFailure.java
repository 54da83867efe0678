package io.tunesmith.app;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.flywaydb.core.api.exception.FlywayValidateException;

/** Why the service did not start, as a sentence for whoever started it. */
final class StartFailure {
    private StartFailure() {}

    static Failure of(Throwable error, Path dataDir) {
        if (causes(error).anyMatch(FlywayValidateException.class::isInstance)) {
            return Failure.BadRequest.of(FailureCode.DATA_UNREADABLE, "data-dir", "the data in " + dataDir + " were written by another version of Tunesmith, and this one cannot take them over")
                    .hint("use the version that made them, or a newer one, or another --data-dir");
        }
        String root = causes(error).reduce((_, last) -> last).map(cause -> String.valueOf(cause.getMessage()).lines().findFirst().orElse("")).orElse("");
        return new Failure.Exhausted(FailureCode.ENVIRONMENT, "the service cannot start: " + root);
    }

    private static Stream<Throwable> causes(Throwable error) {
        return Stream.iterate(error, cause -> cause != null, Throwable::getCause).limit(20);
    }
}
