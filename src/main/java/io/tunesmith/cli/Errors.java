package io.tunesmith.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tunesmith.api.rest.ErrorView;
import io.tunesmith.api.rest.WireJson;
import io.tunesmith.core.Failure;
import java.util.Map;

/** Says what went wrong: for people on standard error, with {@code --json} as one object on standard output. */
final class Errors {
    private Errors() {}

    /** Prints the failure and returns the exit code that belongs to it. */
    static int print(Failure failure, boolean json) {
        ErrorView error = ErrorView.of(failure);
        if (json) {
            System.out.println(WireJson.write(Map.of("error", error)));
        } else {
            System.err.println(Terminal.STDERR.red("error") + error.field().map(field -> " (" + field + ")").orElse("") + ": " + Terminal.safe(error.message()));
            error.allowed().ifPresent(allowed -> System.err.println("  allowed: " + Terminal.safe(allowed)));
            error.hint().ifPresent(hint -> System.err.println("  hint: " + Terminal.safe(hint)));
        }
        return ExitCode.of(failure.code());
    }

    /** The failure that another process told. */
    static Failure read(ErrorView error) {
        return new Failure.BadRequest(error.failureCode(), error.field(), error.message(), error.allowed(), error.hint());
    }

    static Failure read(JsonNode error) {
        return read(WireJson.LENIENT.convertValue(error, ErrorView.class));
    }
}
