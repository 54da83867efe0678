package io.tunesmith.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.data.DataFetcher.Fetched;
import io.tunesmith.data.DataReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LocalRootsTest {
    @TempDir
    Path folder;
    private Path root;
    private Path secret;
    private Path inbox;

    @BeforeEach
    void make() throws IOException {
        root = Files.createDirectories(folder.resolve("root"));
        inbox = Files.createDirectories(folder.resolve("inbox"));
        Files.createDirectories(root.resolve("sub"));
        Files.createDirectories(folder.resolve("rooted"));
        secret = Files.writeString(folder.resolve("secret.csv"), "secret");
        Files.writeString(folder.resolve("rooted/a.csv"), "secret");
        Files.writeString(root.resolve("sub/a.csv"), "open");
    }

    private Fetched get(String path, Runnable between) {
        return new LocalRoots(List.of(root), Caps.USUAL, new Inbox(inbox), between).get((DataReference.Local) DataReference.of(path));
    }

    private void refused(String path, FailureCode code, Runnable between) throws IOException {
        assertThatThrownBy(() -> get(path, between)).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.failure().code()).isEqualTo(code));
        try (var left = Files.list(inbox)) {
            assertThat(left).isEmpty();
        }
    }

    private void refused(String path, FailureCode code) throws IOException {
        refused(path, code, () -> {});
    }

    @Test
    void aFileBelowARootIsCopied() throws IOException {
        for (String path : List.of("sub/a.csv", root.resolve("sub/a.csv").toString(), "file://" + root.resolve("sub/a.csv"))) {
            Fetched fetched = get(path, () -> {});
            Files.writeString(root.resolve("sub/a.csv"), "changed");
            assertThat(fetched.file()).hasContent("open").hasParent(inbox);
            assertThat(fetched.origin().resolved()).isEqualTo(root.toRealPath().resolve("sub/a.csv").toString());
            Files.writeString(root.resolve("sub/a.csv"), "open");
        }
    }

    @Test
    void noRootNoFile() {
        assertThatThrownBy(() -> new LocalRoots(List.of(), Caps.USUAL, new Inbox(inbox)).get((DataReference.Local) DataReference.of(secret.toString()))).hasMessageContaining("no folder");
    }

    @Test
    void whatIsElsewhereIsRefusedWhetherItIsThereOrNot() throws IOException {
        refused(secret.toString(), FailureCode.REF_NOT_ALLOWED);
        refused("/no/such/file.csv", FailureCode.REF_NOT_ALLOWED);
        refused("/etc/passwd", FailureCode.REF_NOT_ALLOWED);
        refused(folder.resolve("rooted/a.csv").toString(), FailureCode.REF_NOT_ALLOWED);
        refused("sub/b.csv", FailureCode.NOT_FOUND);
    }

    @Test
    void linksThatLeadOutAreRefusedAndLinksInsideAreNot() throws IOException {
        Files.createSymbolicLink(root.resolve("out.csv"), secret);
        Files.createSymbolicLink(root.resolve("outside"), folder);
        Files.createSymbolicLink(root.resolve("in.csv"), Path.of("sub/a.csv"));

        refused("out.csv", FailureCode.REF_NOT_ALLOWED);
        refused("outside/secret.csv", FailureCode.REF_NOT_ALLOWED);
        refused("outside/root/../secret.csv".replace("root/../", ""), FailureCode.REF_NOT_ALLOWED);
        assertThat(get("in.csv", () -> {}).file()).hasContent("open");
    }

    @Test
    void whatIsNoRegularFileIsRefused() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", root.resolve("pipe.csv").toString()).start().waitFor()).isZero();

        refused("pipe.csv", FailureCode.DATA_UNREADABLE);
        refused("sub", FailureCode.DATA_UNREADABLE);
    }

    @Test
    void aFileSwappedForALinkAfterTheCheckIsNotFollowed() throws IOException {
        refused("sub/a.csv", FailureCode.DATA_UNREADABLE, () -> swap(root.resolve("sub/a.csv"), secret));
    }

    @Test
    void aFolderSwappedForALinkAfterTheCheckIsNotFollowed() throws IOException {
        Files.createDirectories(folder.resolve("other"));
        Files.writeString(folder.resolve("other/a.csv"), "secret");

        refused("sub/a.csv", FailureCode.DATA_UNREADABLE, () -> swap(root.resolve("sub"), folder.resolve("other")));
    }

    private void swap(Path path, Path target) {
        try {
            Files.move(path, folder.resolve("moved"));
            Files.createSymbolicLink(path, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
