package io.tunesmith.data.fetch;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.data.DataFetcher.Fetched;
import io.tunesmith.data.DataFetcher.Origin;
import io.tunesmith.data.DataReference;
import java.io.IOException;
import java.io.InterruptedIOException;
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
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Copies files below the folders that the operator allowed. The real path is found and checked first; then it is walked again from the folder down, each
 * step opened in the one before and no link followed, so that a step which is swapped for a link in between is refused, not followed. One that is swapped
 * for a pipe may be opened, which nothing can interrupt: files are opened and read in threads of their own, a fixed number of them, and what lets nothing
 * come is left there. Thread-safe.
 */
final class LocalRoots {
    private final List<Path> roots;
    private final Caps caps;
    private final Inbox inbox;
    private final Consumer<Moment> meanwhile;
    private final ExecutorService readers;

    LocalRoots(List<Path> roots, Caps caps, Inbox inbox) {
        this(roots, caps, inbox, _ -> {});
    }

    /** @param meanwhile run where an attacker would swap the file; for tests */
    LocalRoots(List<Path> roots, Caps caps, Inbox inbox, Consumer<Moment> meanwhile) {
        this.roots = List.copyOf(roots);
        this.caps = caps;
        this.inbox = inbox;
        this.meanwhile = meanwhile;
        this.readers = new ThreadPoolExecutor(0, caps.atOnce(), 1, TimeUnit.SECONDS, new SynchronousQueue<>(), Thread.ofPlatform().daemon().name("local-data").factory());
    }

    /** When others could change what was found out. */
    enum Moment {
        /** The real path is known and allowed. */
        ALLOWED,
        /** The file is known to be a regular one. */
        REGULAR
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
            meanwhile.accept(Moment.ALLOWED);
            AtomicLong come = new AtomicLong();
            Path file = read(() -> walk(realRoot, realRoot.relativize(real), come::set), come, reference.shown());
            return Optional.of(new Fetched(file, reference.name(), new Origin(reference.shown(), real.toString(), Optional.empty())));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw Refusals.unreadable(reference.shown(), "it is no regular file that the service may read, or was changed just now");
        }
    }

    /** Waits as long as something comes. */
    private Path read(Callable<Path> work, AtomicLong come, String shown) throws IOException {
        FutureTask<Path> reading = new Reading(work);
        try {
            readers.execute(reading);
            return awaited(reading, come).orElseThrow(() -> Refusals.tooSlow(shown));
        } catch (RejectedExecutionException e) {
            throw Refusals.tooMany("");
        } catch (ExecutionException e) {
            throw cause(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        } finally {
            reading.cancel(true);
        }
    }

    private Optional<Path> awaited(FutureTask<Path> reading, AtomicLong come) throws InterruptedException, ExecutionException {
        long end = System.nanoTime() + caps.time().toNanos();
        long before;
        do {
            before = come.get();
            try {
                return Optional.of(reading.get(caps.patience().toNanos(), TimeUnit.NANOSECONDS));
            } catch (TimeoutException e) {
                continue;
            }
        } while (come.get() > before && System.nanoTime() < end);
        return reading.cancel(true) ? Optional.empty() : Optional.of(reading.get());
    }

    /** A copy that is made after nobody waits for it any more is removed. */
    private static final class Reading extends FutureTask<Path> {
        Reading(Callable<Path> work) {
            super(work);
        }

        @Override
        protected void set(Path file) {
            super.set(file);
            if (isCancelled()) {
                file.toFile().delete();
            }
        }
    }

    private static IOException cause(ExecutionException e) {
        return switch (e.getCause()) {
            case IOException broken -> broken;
            case RuntimeException refused -> throw refused;
            case Throwable other -> throw new IllegalStateException(other);
        };
    }

    private Path walk(Path root, Path relative, LongConsumer come) throws IOException {
        try (DirectoryStream<Path> opened = Files.newDirectoryStream(root)) {
            if (!(opened instanceof SecureDirectoryStream<Path> folder)) {
                throw new IOException("folders cannot be opened safely here");
            }
            return step(folder, relative, come);
        }
    }

    private Path step(SecureDirectoryStream<Path> folder, Path relative, LongConsumer come) throws IOException {
        if (relative.getNameCount() == 1) {
            return copy(folder, relative, come);
        }
        try (SecureDirectoryStream<Path> next = folder.newDirectoryStream(relative.getName(0), LinkOption.NOFOLLOW_LINKS)) {
            return step(next, relative.subpath(1, relative.getNameCount()), come);
        }
    }

    private Path copy(SecureDirectoryStream<Path> folder, Path name, LongConsumer come) throws IOException {
        if (!folder.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS).readAttributes().isRegularFile()) {
            throw new IOException("no regular file");
        }
        meanwhile.accept(Moment.REGULAR);
        try (SeekableByteChannel channel = folder.newByteChannel(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            return inbox.take(target -> inbox.copy(Channels.newInputStream(channel), target, caps.bytes(), come));
        }
    }

    private static FailureException refused(DataReference.Local reference, String why) {
        return Failure.BadRequest.of(FailureCode.REF_NOT_ALLOWED, "data", "\"" + reference.path() + "\" is not read: " + why).allowed("files below a folder of serve --allow-root")
                .hint("upload the file, or have the operator allow its folder").asException();
    }
}
