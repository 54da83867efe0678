package io.tunesmith.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tunesmith.contract.WorkerEvent.Artifact;
import io.tunesmith.contract.WorkerEvent.Result;
import io.tunesmith.core.FailureException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DoneTest {
    @Test
    void anArtifactLiesInItsAttemptsFolder() {
        assertThat(done("model").path("it")).isEqualTo(Path.of("/runs/attempts/a1/model"));
    }

    @Test
    void aPathThatLeavesTheFolderIsRefused() {
        assertThatThrownBy(() -> done("../a2/model").path("it")).isInstanceOf(FailureException.class).hasMessageContaining("outside its folder");
        assertThatThrownBy(() -> done("x").path("absent")).isInstanceOf(FailureException.class).hasMessageContaining("absent");
    }

    private static Done done(String path) {
        return new Done(Path.of("/runs/attempts"), "a1", new Result(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(Map.of("it", new Artifact(path, "00"))), List.of(), false, 1, 0, 1));
    }
}
