package io.tunesmith.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.data.DataFetcher.Fetched;
import io.tunesmith.data.DataReference;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LocalRootsTest {
    private static final DataReference.Local A = (DataReference.Local) DataReference.of("sub/a.csv");
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
        return roots(Caps.USUAL, LocalRoots.Moment.ALLOWED, between).get((DataReference.Local) DataReference.of(path));
    }

    private LocalRoots roots(Caps caps, LocalRoots.Moment when, Runnable then) {
        return new LocalRoots(List.of(root), caps, new Inbox(inbox), moment -> {
            if (moment == when) {
                then.run();
            }
        });
    }

    private void refused(String path, FailureCode code, Runnable between) throws IOException {
        refused(() -> get(path, between), code);
    }

    private void refused(ThrowingCallable get, FailureCode code) throws IOException {
        assertThatThrownBy(get).isInstanceOfSatisfying(FailureException.class, e -> assertThat(e.failure().code()).isEqualTo(code));
        inboxComesToHold(0);
    }

    /** A reader that is left removes what it has copied a moment later; how long the test may last is its limit. */
    private void inboxComesToHold(int files) throws IOException {
        while (true) {
            try (var left = Files.list(inbox)) {
                if (left.count() == files) {
                    return;
                }
            }
            Thread.onSpinWait();
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

    /** Opening a pipe lasts until somebody writes to it, and nothing interrupts it. */
    @Test
    void aFileSwappedForAPipeIsLeftAndReadersAreBounded() throws Exception {
        AtomicReference<Optional<Path>> swapped = new AtomicReference<>(Optional.of(root.resolve("first")));
        LocalRoots roots = roots(new Caps(1000, Duration.ofMinutes(1), Duration.ofMillis(300), 1, 2, 2), LocalRoots.Moment.REGULAR, () -> swapped.get().ifPresent(this::swapForPipe));

        refused(() -> roots.get(A), FailureCode.DATA_UNREADABLE);
        putBack();
        swapped.set(Optional.of(root.resolve("second")));
        refused(() -> roots.get(A), FailureCode.DATA_UNREADABLE);
        putBack();
        swapped.set(Optional.empty());
        refused(() -> roots.get(A), FailureCode.RATE_LIMITED);

        letGo("first");
        letGo("second");
        assertThat(patiently(roots).file()).as("readers that are let go are there again").hasContent("open");
        inboxComesToHold(1);
    }

    @Test
    void aPipeThatSaysNothingOrForEverALittleIsLeft() throws Exception {
        for (boolean drips : new boolean[] {false, true}) {
            AtomicBoolean opened = new AtomicBoolean();
            LocalRoots roots = roots(new Caps(1 << 20, Duration.ofSeconds(3), Duration.ofSeconds(2), 1, 2, 2), LocalRoots.Moment.REGULAR, () -> {
                swapForPipe(root.resolve("pipe" + drips));
                Thread.ofPlatform().daemon().start(() -> hold(root.resolve("sub/a.csv"), opened, drips));
            });

            refused(() -> roots.get(A), FailureCode.DATA_UNREADABLE);
            assertThat(opened).isTrue();
            putBack();
        }
    }

    /** Keeps it open for writing until nobody reads any more. */
    private static void hold(Path pipe, AtomicBoolean opened, boolean drips) {
        try (OutputStream out = Files.newOutputStream(pipe, StandardOpenOption.WRITE)) {
            opened.set(true);
            for (int i = 0; i < 200; i++) {
                Thread.sleep(50);
                if (drips) {
                    out.write('x');
                }
            }
        } catch (IOException | InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The file becomes a pipe, which has another name too. */
    private void swapForPipe(Path name) {
        try {
            Files.delete(root.resolve("sub/a.csv"));
            assertThat(new ProcessBuilder("mkfifo", name.toString()).start().waitFor()).isZero();
            Files.createLink(root.resolve("sub/a.csv"), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void putBack() throws IOException {
        Files.delete(root.resolve("sub/a.csv"));
        Files.writeString(root.resolve("sub/a.csv"), "open");
    }

    /** Who reads it may be gone before a byte is written. */
    private void letGo(String pipe) throws IOException {
        try (OutputStream out = Files.newOutputStream(root.resolve(pipe), StandardOpenOption.WRITE)) {
            out.write('x');
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("pipe");
        }
    }

    private Fetched patiently(LocalRoots roots) throws InterruptedException {
        while (true) {
            try {
                return roots.get(A);
            } catch (FailureException e) {
                assertThat(e.failure().code()).isEqualTo(FailureCode.RATE_LIMITED);
                Thread.sleep(20);
            }
        }
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
