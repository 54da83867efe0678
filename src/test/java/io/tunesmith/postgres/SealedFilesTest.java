package io.tunesmith.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tunesmith.core.FailureException;
import io.tunesmith.core.RunId;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedFilesTest {
    private static final RunId RUN = new RunId("run_" + "0".repeat(26));
    private static final RunId OTHER = new RunId("run_" + "1".repeat(26));

    @TempDir
    Path folder;

    @Test
    void whatIsSealedOpensAgainAndThePlainFileIsGone() throws Exception {
        for (int size : new int[] {0, 1, 1 << 20, (1 << 20) + 1, 3 * (1 << 20)}) {
            Path data = Files.createDirectory(folder.resolve("d" + size));
            SealedFiles sealed = new SealedFiles(new DataFolder(data));
            byte[] secret = new byte[size];
            new Random(size).nextBytes(secret);
            Path plain = Files.write(folder.resolve("plain"), secret);
            sealed.seal(RUN, plain);
            assertThat(plain).doesNotExist();
            sealed.open(RUN, data.resolve("opened"));
            assertThat(data.resolve("opened")).hasBinaryContent(secret);
        }
    }

    @Test
    void theFirstSealStays() throws Exception {
        SealedFiles sealed = new SealedFiles(new DataFolder(folder));
        sealed.seal(RUN, Files.writeString(folder.resolve("a"), "first"));
        sealed.seal(RUN, Files.writeString(folder.resolve("b"), "second"));
        sealed.open(RUN, folder.resolve("opened"));
        assertThat(folder.resolve("opened")).hasContent("first");
        assertThat(folder.resolve("b")).doesNotExist();
    }

    /** A service that is killed while a run is tested leaves the decrypted part behind, perhaps half of it. */
    @Test
    void whatAKilledServiceLeftOpenIsOpenedAnew() throws Exception {
        SealedFiles sealed = new SealedFiles(new DataFolder(folder));
        sealed.seal(RUN, Files.writeString(folder.resolve("a"), "the whole truth"));
        Files.writeString(folder.resolve("opened"), "the who");
        Files.createLink(folder.resolve("read elsewhere"), folder.resolve("opened"));
        sealed.open(RUN, folder.resolve("opened"));
        assertThat(folder.resolve("opened")).hasContent("the whole truth");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("opened")))).isEqualTo("rw-------");
        assertThat(folder.resolve("read elsewhere")).as("what another still reads stays as it is").hasContent("the who");
    }

    @Test
    void theBytesAtRestTellNothingAndTheKeyIsPrivate() throws Exception {
        SealedFiles sealed = new SealedFiles(new DataFolder(folder));
        sealed.seal(RUN, Files.writeString(folder.resolve("a"), "the truth of the test"));
        assertThat(Files.readAllBytes(folder.resolve("sealed/" + RUN + ".sealed"))).asString().doesNotContain("truth");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("sealed.key")))).isEqualTo("rw-------");
    }

    @Test
    void aFileThatWasTouchedOrBelongsToAnotherRunDoesNotOpen() throws Exception {
        SealedFiles sealed = new SealedFiles(new DataFolder(folder));
        sealed.seal(RUN, Files.writeString(folder.resolve("a"), "the truth of the test"));
        Path file = folder.resolve("sealed/" + RUN + ".sealed");
        Files.copy(file, folder.resolve("sealed/" + OTHER + ".sealed"));
        assertThatThrownBy(() -> sealed.open(OTHER, folder.resolve("x"))).isInstanceOf(UncheckedIOException.class);
        assertThat(folder.resolve("x")).doesNotExist();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 20] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> sealed.open(RUN, folder.resolve("y"))).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> new SealedFiles(new DataFolder(folder.resolve("elsewhere"))).open(RUN, folder.resolve("z"))).isInstanceOf(FailureException.class);
    }
}
