package io.tunesmith.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tunesmith.contract.TaskKind;
import io.tunesmith.core.FailureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutOfFoldTest {
    @TempDir
    private Path folder;

    @Test
    void classesAndNumbersReadBackAsWritten() throws IOException {
        Truth labels = new Truth.Labels(new Classes(List.of("a", "ü"), 0), new int[] {1, 0});
        check(new OutOfFold(TaskKind.BINARY, new int[] {3, 9}, new int[] {0, 1}, labels, new Predictions(new double[] {.1, .9, 1.0 / 3, 2.0 / 3}, 2, 2)));
        check(new OutOfFold(TaskKind.REGRESSION, new int[] {3}, new int[] {0}, new Truth.Numbers(new double[] {-1e300}), new Predictions(new double[] {4.5}, 1, 1)));
    }

    private void check(OutOfFold written) throws IOException {
        Path file = folder.resolve("oof.bin");
        written.write(file);
        OutOfFold read = OutOfFold.read(file);
        assertThat(read).usingRecursiveComparison().isEqualTo(written);
    }

    @Test
    void aTornOrForeignFileIsMalformed() throws IOException {
        Path file = folder.resolve("oof.bin");
        new OutOfFold(TaskKind.REGRESSION, new int[] {3, 4}, new int[] {0, 0}, new Truth.Numbers(new double[] {1, 2}), new Predictions(new double[] {4, 5}, 2, 1)).write(file);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 3));
        assertThatThrownBy(() -> OutOfFold.read(file)).isInstanceOf(FailureException.class);
        Files.writeString(file, "something else entirely");
        assertThatThrownBy(() -> OutOfFold.read(file)).isInstanceOf(FailureException.class);
    }
}
