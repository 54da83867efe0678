package io.tunesmith.dispatch;

import io.tunesmith.contract.AttemptFiles;
import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.AttemptSpec;
import io.tunesmith.contract.Wire;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The files of attempts that run where the service's folders are not seen: inputs go out, what an incarnation writes comes in. Everything that is sent is
 * untrusted: paths stay below the attempt's folder, links are not followed, a fenced incarnation writes nothing. Thread-safe: files are renamed whole; one
 * lock a stripe orders appends to logs.
 */
public final class Uploads {
    /** The largest file. */
    public static final long MOST_BYTES = 2L << 30;
    public static final int MOST_LOG_BYTES_A_CALL = 64 << 10;
    public static final long MOST_LOG_BYTES = 16L << 20;
    private static final int STRIPES = 64;
    private static final int LONGEST_PATH = 500;
    private final AttemptStore store;
    private final Function<AttemptKey, Optional<Path>> folders;
    private final long mostBytes;
    private final ReentrantLock[] locks = Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(ReentrantLock[]::new);

    /** @param folders where the folders of attempts are that run elsewhere and are not forgotten */
    public Uploads(AttemptStore store, Function<AttemptKey, Optional<Path>> folders) {
        this(store, folders, MOST_BYTES);
    }

    Uploads(AttemptStore store, Function<AttemptKey, Optional<Path>> folders, long mostBytes) {
        this.store = store;
        this.folders = folders;
        this.mostBytes = mostBytes;
    }

    /**
     * A file, or a folder, that the attempt's spec names or that lies in a folder which it names.
     *
     * @param path as in the spec, for example {@code inputs/train.csv}
     */
    public Path input(AttemptKey key, String token, String path) {
        Path folder = folder(key, known(key, token));
        Path file = below(folder, path);
        if (!named(spec(folder), folder, file) || linked(folder, file) || !Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw Failure.BadRequest.of(FailureCode.NOT_FOUND, "path", "the attempt " + key + " has no input \"" + path + "\"").asException();
        }
        return file;
    }

    private static boolean named(AttemptSpec spec, Path folder, Path file) {
        Stream<String> inputs = Stream.concat(spec.inputs().values().stream().map(input -> input.path()), spec.resume().stream().map(resume -> resume.checkpoint()));
        return inputs.map(path -> folder.resolve(path).normalize()).anyMatch(named -> !named.equals(folder) && file.startsWith(named));
    }

    private static AttemptSpec spec(Path folder) {
        try {
            return Wire.read(new AttemptFiles(folder).spec(), AttemptSpec.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Takes in a file of an incarnation, whole or not at all. The same again is fine.
     *
     * @param sha256 64 hex characters that the content must have
     */
    public void put(AttemptKey key, String token, int incarnation, String path, String sha256, InputStream content) {
        Attempt attempt = known(key, token);
        working(attempt, incarnation);
        Path work = new AttemptFiles(folder(key, attempt)).work(incarnation);
        Path file = below(work, path);
        Path part = work.resolve("." + Sha256.of(path.getBytes(java.nio.charset.StandardCharsets.UTF_8)).hex().substring(0, 16) + "-" + Thread.currentThread().threadId() + ".part");
        try {
            makeFolders(work, file.getParent());
            String arrived = receive(content, part);
            if (!arrived.equals(String.valueOf(sha256).toLowerCase(java.util.Locale.ROOT))) {
                throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "Tunesmith-Sha256", "the content of " + path + " has the SHA-256 " + arrived + ", not the one announced").hint("send it again").asException();
            }
            working(known(key, token), incarnation);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(part);
        }
    }

    /** Streams to the file and syncs it; memory does not grow with it. @return the SHA-256 */
    private String receive(InputStream content, Path part) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[1 << 16];
        long size = 0;
        try (FileChannel out = FileChannel.open(part, Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                size += read;
                if (size > mostBytes) {
                    throw Failure.BadRequest.of(FailureCode.TOO_LARGE, "body", "the file is too large").allowed("at most " + mostBytes + " bytes").asException();
                }
                digest.update(buffer, 0, read);
                writeAll(out, ByteBuffer.wrap(buffer, 0, read));
            }
            out.force(true);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    /**
     * Goes on with the incarnation's log, also after the attempt's end; nothing is written unless {@code from} is its size.
     *
     * @return its size now: where to go on from
     */
    public long append(AttemptKey key, String token, int incarnation, long from, byte[] bytes) {
        Attempt attempt = known(key, token);
        if (incarnation < 1 || attempt.incarnation() != incarnation) {
            throw fenced(key);
        }
        if (bytes.length > MOST_LOG_BYTES_A_CALL) {
            throw Failure.BadRequest.of(FailureCode.TOO_LARGE, "body", "the piece of the log is too large").allowed("at most " + MOST_LOG_BYTES_A_CALL + " bytes").asException();
        }
        Path work = new AttemptFiles(folder(key, attempt)).work(incarnation);
        ReentrantLock lock = locks[Math.floorMod(key.hashCode(), STRIPES)];
        lock.lock();
        try {
            makeFolders(work, work);
            return append(work.resolve("log.txt"), from, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.unlock();
        }
    }

    private static long append(Path log, long from, byte[] bytes) throws IOException {
        try (FileChannel out = FileChannel.open(log, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
            if (from != out.size()) {
                return out.size();
            }
            if (from + bytes.length > MOST_LOG_BYTES) {
                throw Failure.BadRequest.of(FailureCode.TOO_LARGE, "body", "the log is full").allowed("at most " + MOST_LOG_BYTES + " bytes").asException();
            }
            out.position(from);
            writeAll(out, ByteBuffer.wrap(bytes));
            return out.size();
        }
    }

    private Attempt known(AttemptKey key, String token) {
        return store.find(key).filter(attempt -> Tokens.matches(token, attempt.tokenHash()))
                .orElseThrow(() -> Failure.BadRequest.of(FailureCode.INVALID_API_KEY, "Authorization", "this token does not open the attempt " + key).asException());
    }

    private Path folder(AttemptKey key, Attempt attempt) {
        return folders.apply(key).map(folder -> folder.toAbsolutePath().normalize()).orElseThrow(() -> attempt.end().isPresent() ? fenced(key)
                : Failure.BadRequest.of(FailureCode.NOT_FOUND, "key", "the attempt " + key + " does not run elsewhere").asException());
    }

    private static void working(Attempt attempt, int incarnation) {
        if (incarnation < 1 || attempt.incarnation() != incarnation || attempt.end().isPresent()) {
            throw fenced(attempt.key());
        }
    }

    private static FailureException fenced(AttemptKey key) {
        return Failure.BadRequest.of(FailureCode.REFUSED, "incarnation", "the attempt " + key + " is no longer this process's").asException();
    }

    private static Path below(Path folder, String path) {
        try {
            Path file = folder.resolve(path).normalize();
            boolean plain = !path.isEmpty() && path.length() <= LONGEST_PATH && !path.contains("\\") && Stream.of(path.split("/", -1)).noneMatch(name -> name.isEmpty() || name.startsWith(".."));
            if (plain && file.startsWith(folder) && !file.equals(folder) && folder.relativize(file).toString().equals(path)) {
                return file;
            }
        } catch (InvalidPathException e) {
            // Refused like any other path that is none.
        }
        throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "path", "\"" + path + "\" is not a path below the attempt's folder").asException();
    }

    /** Whether a link is anywhere on the way from the folder to the file. */
    private static boolean linked(Path folder, Path file) {
        return Stream.iterate(file, step -> !step.equals(folder), Path::getParent).anyMatch(Files::isSymbolicLink);
    }

    private static void makeFolders(Path work, Path wanted) throws IOException {
        Files.createDirectories(wanted);
        if (Files.isSymbolicLink(work) || linked(work, wanted)) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "path", "a link is on the way").asException();
        }
    }

    private static void delete(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            System.getLogger(Uploads.class.getName()).log(System.Logger.Level.DEBUG, "{0} stays: {1}", part, e.getMessage());
        }
    }
}
