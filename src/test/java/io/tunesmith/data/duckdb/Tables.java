package io.tunesmith.data.duckdb;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Small tables for tests. */
final class Tables {
    static final Path PENGUINS = Path.of("eval/examples/penguins.csv");

    private Tables() {}

    static Path csv(Path folder, String text) throws IOException {
        return Files.write(folder.resolve("data.csv"), text.getBytes(StandardCharsets.UTF_8));
    }

    static Path csv(Path folder, String header, int rows, IntFunction<String> line) throws IOException {
        return csv(folder, header + "\n" + IntStream.range(0, rows).mapToObj(line).collect(Collectors.joining("\n")) + "\n");
    }

    static Failure.BadRequest refusal(ThrowingCallable call) {
        Throwable thrown = Assertions.catchThrowable(call);
        Assertions.assertThat(thrown).isInstanceOf(FailureException.class);
        return (Failure.BadRequest) ((FailureException) thrown).failure();
    }
}
