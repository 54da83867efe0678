package io.tunesmith.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A short one of {@code tunesmith bench faults}. */
class FaultsBenchIT {
    @TempDir
    private Path scratch;

    @ParameterizedTest
    @ValueSource(strings = {"local", "agents"})
    void aMinuteOfKillsLosesNothing(String backend) {
        int code = new CommandLine(new FaultsBench()).execute("--minutes", "1", "--trials", "50", "--backend", backend, "--seed", "1", "--scratch", scratch.toString());
        assertThat(code).isZero();
    }
}
