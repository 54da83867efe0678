package io.tunesmith.agent;

import io.tunesmith.contract.AttemptFiles;
import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.Wire;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.Sha256;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Brings what one attempt's process writes to the service: the log while it runs, and at its end what the process may not have said itself. For one thread. */
final class HandIn {
    private static final List<String> LEFT = List.of("metrics.jsonl", "result.json", "exit");
    private static final int PIECE = 64 << 10;
    private static final int MOST_PIECES = 16;
    private final Link link;
    private final AttemptFiles files;
    private final String calls;
    private final String token;
    private int incarnation;
    private long sent;
    private boolean logClosed;

    HandIn(Link link, AttemptKey key, Path folder, String token) {
        this.link = link;
        this.files = new AttemptFiles(folder);
        this.calls = "/api/v1/attempts/" + key + "/";
        this.token = token;
    }

    /** Where a step stands. */
    enum Step { DONE, AGAIN, NOT_WANTED }

    /** Where the process wrote last; a process that knows no incarnations writes into the attempt's folder and is the first. */
    private Path work() {
        OptionalInt latest = files.latest();
        if (latest.orElse(1) != incarnation) {
            incarnation = latest.orElse(1);
            sent = 0;
            logClosed = false;
        }
        return latest.isPresent() ? files.work(latest.getAsInt()) : files.folder();
    }

    /** Sends what the log has grown by, in pieces. */
    Step log() {
        Path log = work().resolve("log.txt");
        try {
            for (int piece = 0; piece < MOST_PIECES && !logClosed; piece++) {
                byte[] bytes = read(log);
                if (bytes.length == 0) {
                    return Step.DONE;
                }
                switch (link.sendBytes("POST", calls + "log?incarnation=" + incarnation + "&from=" + sent, token, BodyPublishers.ofByteArray(bytes), Optional.empty())) {
                    case Link.Reply.Answered answered -> sent = Wire.read(answered.body(), com.fasterxml.jackson.databind.JsonNode.class).path("size").asLong();
                    case Link.Reply.Later _ -> {
                        return Step.AGAIN;
                    }
                    case Link.Reply.Refused _ -> logClosed = true;
                }
            }
            return logClosed ? Step.DONE : Step.AGAIN;
        } catch (IOException | FailureException e) {
            return Step.DONE;
        }
    }

    private byte[] read(Path log) throws IOException {
        if (!Files.isRegularFile(log, LinkOption.NOFOLLOW_LINKS)) {
            return new byte[0];
        }
        try (FileChannel file = FileChannel.open(log, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.clamp(file.size() - sent, 0, PIECE));
            while (bytes.hasRemaining() && file.read(bytes, sent + bytes.position()) >= 0) {
                continue;
            }
            return java.util.Arrays.copyOf(bytes.array(), bytes.position());
        }
    }

    /** Once the process has ended: the rest of the log, then its files. Not wanted once the service has the attempt's end. */
    Step leftovers() {
        Step log = log();
        if (log == Step.AGAIN) {
            return log;
        }
        Path work = work();
        for (String name : LEFT) {
            Path file = work.resolve(name);
            Step step = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? put(file, name) : Step.DONE;
            if (step != Step.DONE) {
                return step;
            }
        }
        return Step.DONE;
    }

    private Step put(Path file, String name) {
        try {
            return switch (link.sendBytes("PUT", calls + "files/" + incarnation + "/" + name, token, BodyPublishers.ofFile(file), Optional.of(Sha256.of(file).hex()))) {
                case Link.Reply.Answered _ -> Step.DONE;
                case Link.Reply.Later _ -> Step.AGAIN;
                case Link.Reply.Refused refused -> refused.status() == 400 || refused.status() == 413 ? Step.DONE : Step.NOT_WANTED;
            };
        } catch (IOException e) {
            return Step.DONE;
        }
    }
}
