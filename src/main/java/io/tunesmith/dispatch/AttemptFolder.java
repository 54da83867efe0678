package io.tunesmith.dispatch;

import io.tunesmith.contract.Outcome;
import io.tunesmith.contract.Wire;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.core.FailureException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What one incarnation wrote into its folder. Its words are untrusted: what cannot be read as what it should be counts as not there; symbolic links
 * are not followed. Immutable.
 */
record AttemptFolder(Path path) {
    private static final int LOG_TAIL = 16 * 1024;
    private static final int CHUNK = 1 << 20;
    static final int MOST_EVENTS = 100_000;

    /** Events of whole lines, and the byte after the last of them. */
    record Lines(List<WorkerEvent> events, long nextByte) {}

    /** The end that the process wrote down itself. */
    Optional<Outcome> outcome() {
        return message("result.json", Outcome.class);
    }

    /** The first artifact of an outcome that is not here: its process could not hand it in, or names what it must not. */
    Optional<String> missing(Outcome outcome) {
        return outcome.event() instanceof WorkerEvent.Finished finished
                ? finished.result().artifacts().values().stream().map(WorkerEvent.Artifact::path).filter(artifact -> !holds(artifact)).findFirst() : Optional.empty();
    }

    private boolean holds(String artifact) {
        try {
            Path file = path.resolve(artifact).normalize();
            return file.startsWith(path) && !file.equals(path) && Files.exists(file, LinkOption.NOFOLLOW_LINKS) && file.toRealPath().startsWith(path.toRealPath());
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }

    private <T> Optional<T> message(String name, Class<T> type) {
        Path file = path.resolve(name);
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Optional.of(Wire.read(file, type)) : Optional.empty();
        } catch (IOException | FailureException e) {
            return Optional.empty();
        }
    }

    /** All events, at most {@value #MOST_EVENTS} of them. */
    List<WorkerEvent> events() {
        List<WorkerEvent> events = new ArrayList<>();
        Lines lines = eventsFrom(0);
        for (long from = 0; lines.nextByte() > from && events.size() < MOST_EVENTS; lines = eventsFrom(from)) {
            events.addAll(lines.events());
            from = lines.nextByte();
        }
        return List.copyOf(events.subList(0, Math.min(MOST_EVENTS, events.size())));
    }

    /** The next events from a byte offset, at most about a megabyte of them; a line that is still being written is left for later. */
    Lines eventsFrom(long offset) {
        String text = read("metrics.jsonl", offset, CHUNK);
        int whole = text.lastIndexOf('\n') + 1;
        String lines = text.substring(0, whole);
        List<WorkerEvent> events = lines.lines().filter(line -> !line.isBlank()).flatMap(line -> event(line).stream()).toList();
        return new Lines(events, offset + lines.getBytes(StandardCharsets.ISO_8859_1).length);
    }

    private static Optional<WorkerEvent> event(String bytes) {
        try {
            return Optional.of(Wire.read(new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8), WorkerEvent.class));
        } catch (FailureException e) {
            return Optional.empty();
        }
    }

    OptionalInt exitCode() {
        try {
            return OptionalInt.of(Integer.parseInt(read("exit", 0, 16).strip()));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    /** The end of the log, for a reason to tell. */
    String logTail() {
        Path log = path.resolve("log.txt");
        try {
            return Files.isRegularFile(log, LinkOption.NOFOLLOW_LINKS) ? read("log.txt", Math.max(0, Files.size(log) - LOG_TAIL), LOG_TAIL) : "";
        } catch (IOException e) {
            return "";
        }
    }

    /** Bytes as characters, one each, so that lengths are lengths in the file. */
    private String read(String name, long offset, int most) {
        try (FileChannel file = FileChannel.open(path.resolve(name), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, Math.min(most, file.size() - offset)));
            while (bytes.hasRemaining() && file.read(bytes, offset + bytes.position()) >= 0) {
                continue;
            }
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
