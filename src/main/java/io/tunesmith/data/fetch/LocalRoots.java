package io.tunesmith.data.fetch;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.data.DataFetcher.Fetched;
import io.tunesmith.data.DataFetcher.Origin;
import io.tunesmith.data.DataReference;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Copies files below the folders that the operator allowed. The real path is found and checked first; then it is walked again from the folder down, each
 * step opened in the one before and no link followed, so that a step which is swapped for a link in between is refused, not followed. Thread-safe.
 */
final class LocalRoots {
    private final List<Path> roots;
    private final Caps caps;
    private final Inbox inbox;
    private final Runnable betweenCheckAndOpen;

    LocalRoots(List<Path> roots, Caps caps, Inbox inbox) {
        this(roots, caps, inbox, () -> {});
    }

    /** @param betweenCheckAndOpen run where an attacker would swap the file; for tests */
    LocalRoots(List<Path> roots, Caps caps, Inbox inbox, Runnable betweenCheckAndOpen) {
        this.roots = List.copyOf(roots);
        this.caps = caps;
        this.inbox = inbox;
        this.betweenCheckAndOpen = betweenCheckAndOpen;
    }

    Fetched get(DataReference.Local reference) {
        Path path = Path.of(reference.path());
        if (roots.isEmpty()) {
            throw refused(reference, "no folder of this machine may be read");
        }
        List<Path> inside = roots.stream().map(Path::toAbsolutePath).filter(root -> root.resolve(path).normalize().startsWith(root.normalize())).toList();
        if (inside.isEmpty()) {
            throw refused(reference, "it is in no folder that may be read");
        }
        return inside.stream().map(root -> below(root, root.resolve(path), reference)).flatMap(Optional::stream).findFirst().orElseThrow(() -> Refusals.absent(reference.shown()));
    }

    private Optional<Fetched> below(Path root, Path path, DataReference.Local reference) {
        try {
            Path realRoot = root.toRealPath();
            Path real = path.toRealPath();
            if (!real.startsWith(realRoot) || real.equals(realRoot)) {
                throw refused(reference, "it leads out of the folder that may be read");
            }
            betweenCheckAndOpen.run();
            Path file = inbox.take(target -> walk(realRoot, realRoot.relativize(real), target));
            return Optional.of(new Fetched(file, reference.name(), new Origin(reference.shown(), real.toString(), Optional.empty())));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw Refusals.unreadable(reference.shown(), "it is no regular file that the service may read, or was changed just now");
        }
    }

    private void walk(Path root, Path relative, Path target) throws IOException {
        try (DirectoryStream<Path> opened = Files.newDirectoryStream(root)) {
            if (!(opened instanceof SecureDirectoryStream<Path> folder)) {
                throw new IOException("folders cannot be opened safely here");
            }
            step(folder, relative, target);
        }
    }

    private void step(SecureDirectoryStream<Path> folder, Path relative, Path target) throws IOException {
        if (relative.getNameCount() == 1) {
            copy(folder, relative, target);
            return;
        }
        try (SecureDirectoryStream<Path> next = folder.newDirectoryStream(relative.getName(0), LinkOption.NOFOLLOW_LINKS)) {
            step(next, relative.subpath(1, relative.getNameCount()), target);
        }
    }

    private void copy(SecureDirectoryStream<Path> folder, Path name, Path target) throws IOException {
        if (!folder.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS).readAttributes().isRegularFile()) {
            throw new IOException("no regular file");
        }
        try (SeekableByteChannel channel = folder.newByteChannel(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            inbox.copy(Channels.newInputStream(channel), target, caps.bytes(), _ -> {});
        }
    }

    private static FailureException refused(DataReference.Local reference, String why) {
        return Failure.BadRequest.of(FailureCode.REF_NOT_ALLOWED, "data", "\"" + reference.path() + "\" is not read: " + why).allowed("files below a folder of serve --allow-root")
                .hint("upload the file, or have the operator allow its folder").asException();
    }
}
