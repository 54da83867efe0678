package io.tunesmith.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Where things are in an attempt's folder. What the process is told lies in the folder itself; what an incarnation writes lies in a folder of its own,
 * {@code i<incarnation>}, so that a process which lost its attempt can only write where nobody reads.
 */
public record AttemptFiles(Path folder) {
    private static final String WORK = "i";

    /** What the process is told. */
    public Path spec() {
        return folder.resolve("spec.json");
    }

    /** Mode 0600: opens this attempt's calls. */
    public Path token() {
        return folder.resolve("token");
    }

    /** Where to report now, if that is no longer where the spec says: one line, the callback's URL. Read again whenever the service does not answer. */
    public Path callback() {
        return folder.resolve("callback");
    }

    /** The claim of the process that the engine started after {@code restarts} restarts; made with O_EXCL where there is no callback. */
    public Path claim(int restarts) {
        return folder.resolve(restarts == 0 ? "claim.json" : "claim-" + restarts + ".json");
    }

    /** Where incarnation {@code incarnation} writes: log.txt, metrics.jsonl, result.json, exit, artifacts, checkpoints. */
    public Path work(int incarnation) {
        return folder.resolve(WORK + incarnation);
    }

    /** Where the highest incarnation that has written writes; the first one's folder if none has. */
    public Path lastWork() {
        return work(latest().orElse(1));
    }

    /** The highest incarnation that has written; empty if none has. */
    public OptionalInt latest() {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return OptionalInt.empty();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)).map(entry -> entry.getFileName().toString())
                    .filter(name -> name.matches(WORK + "[1-9]\\d{0,5}")).mapToInt(name -> Integer.parseInt(name.substring(WORK.length()))).max();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
