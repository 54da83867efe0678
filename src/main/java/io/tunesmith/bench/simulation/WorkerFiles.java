package io.tunesmith.bench.simulation;

import io.tunesmith.contract.AttemptFiles;
import io.tunesmith.contract.Claim;
import io.tunesmith.contract.Outcome;
import io.tunesmith.contract.Wire;
import io.tunesmith.contract.WorkerEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** What a process writes into its attempt's folder. @param shared whether the service sees it: else nothing is written */
record WorkerFiles(AttemptFiles folder, boolean shared) {
    private static final int MOST_RESTARTS = 20;

    /** Claims by file. @return its incarnation; empty if another process has claimed */
    OptionalInt claim(Claim claim) {
        boolean newer = IntStream.range(claim.restarts() + 1, MOST_RESTARTS).anyMatch(restarts -> Files.exists(folder.claim(restarts)));
        if (newer) {
            return OptionalInt.empty();
        }
        try {
            Files.writeString(folder.claim(claim.restarts()), Wire.write(claim), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            return OptionalInt.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return OptionalInt.of((int) IntStream.rangeClosed(0, claim.restarts()).filter(restarts -> Files.exists(folder.claim(restarts))).count());
    }

    /** The service has granted it. */
    void claimed(Claim claim) {
        write(folder.claim(claim.restarts()), Wire.write(claim));
    }

    void append(int incarnation, WorkerEvent event) {
        write(work(incarnation).resolve("metrics.jsonl"), Wire.write(event) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    void result(int incarnation, Outcome outcome) {
        write(work(incarnation).resolve("result.json"), Wire.write(outcome));
    }

    void exit(int incarnation, int code) {
        write(work(incarnation).resolve("exit"), Integer.toString(code));
    }

    private Path work(int incarnation) {
        return folder.work(incarnation);
    }

    private void write(Path file, String text, StandardOpenOption... options) {
        if (!shared) {
            return;
        }
        try {
            if (!Files.isDirectory(file.getParent())) {
                Files.createDirectories(file.getParent());
            }
            Files.writeString(file, text, options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
