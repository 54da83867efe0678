package io.tunesmith.run;

import io.tunesmith.contract.AttemptFiles;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.RunId;
import io.tunesmith.dispatch.LogChunk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Reads the logs that a run's processes wrote, by byte offset; the text is theirs and untrusted. */
record RunLogs(Folders folders) {
    private static final int CHUNK = 64 * 1024;

    /** One trial's log (its last attempt), or all logs of the run one after the other, each under its name. */
    LogChunk read(RunId run, OptionalInt trial, long fromByte) {
        return trial.isPresent() ? one(logOf(run, trial.getAsInt()), fromByte) : all(run, fromByte);
    }

    private Path logOf(RunId run, int trial) {
        return logs(run).stream().filter(log -> attemptOf(log).contains("-t" + trial + "-a")).reduce((_, last) -> last)
                .orElseThrow(() -> Failure.BadRequest.of(FailureCode.NOT_FOUND, "trial", "there is no log of trial " + trial).hint("tunesmith show lists the trials").asException());
    }

    private List<Path> logs(RunId run) {
        try (Stream<Path> folders = Files.list(folders().attempts(run))) {
            return folders.map(folder -> new AttemptFiles(folder).lastWork().resolve("log.txt")).filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String attemptOf(Path log) {
        return log.getParent().getParent().getFileName().toString();
    }

    private LogChunk all(RunId run, long fromByte) {
        List<String> parts = new ArrayList<>();
        for (Path log : logs(run)) {
            String text = one(log, 0).text();
            if (!text.isBlank()) {
                parts.add("== " + attemptOf(log) + "\n" + text);
            }
        }
        byte[] bytes = String.join("\n", parts).getBytes(StandardCharsets.UTF_8);
        int from = (int) Math.min(Math.max(0, fromByte), bytes.length);
        return new LogChunk(new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8), bytes.length);
    }

    private static LogChunk one(Path log, long fromByte) {
        try (FileChannel channel = FileChannel.open(log)) {
            long from = Math.min(Math.max(0, fromByte), channel.size());
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(CHUNK, channel.size() - from));
            channel.read(bytes, from);
            return new LogChunk(StandardCharsets.UTF_8.decode(bytes.flip()).toString(), from + bytes.limit());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
