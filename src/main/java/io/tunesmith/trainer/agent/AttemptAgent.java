package io.tunesmith.trainer.agent;

import io.tunesmith.contract.AttemptFiles;
import io.tunesmith.contract.AttemptSpec;
import io.tunesmith.contract.Claim;
import io.tunesmith.contract.ExitCodes;
import io.tunesmith.contract.FailureCause;
import io.tunesmith.contract.InputFile;
import io.tunesmith.contract.Operation;
import io.tunesmith.contract.Wire;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.core.CrashPoint;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.Sha256;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Works on one attempt from claim to outcome and says the exit code. From the granted claim on, standard output and error go to
 * {@code log.txt} in the incarnation's folder ({@link AttemptFiles#work}), where everything else goes too; before it nothing is written.
 * One at a time in a process.
 */
public final class AttemptAgent {
    static final String LOG = "log.txt";

    private static volatile Optional<Checkpoints> current = Optional.empty();
    private final AttemptFiles files;
    private final Map<Operation, OperationHandler> handlers;
    private final Duration checkpointEvery;

    private AttemptAgent(AttemptFiles files, Map<Operation, OperationHandler> handlers, Duration checkpointEvery) {
        this.files = files;
        this.handlers = handlers;
        this.checkpointEvery = checkpointEvery;
    }

    /**
     * Claims, works, reports. After a refused claim nothing is written and the code is {@link ExitCodes#REFUSED}, and so it is once fenced;
     * else {@code result.json} and {@code exit} are in the incarnation's folder, whatever happened.
     */
    public static int run(Path folder, Map<Operation, OperationHandler> handlers) {
        return run(folder, handlers, Checkpoints.every());
    }

    /** @param checkpointEvery between two checkpoints of work that can write them */
    public static int run(Path folder, Map<Operation, OperationHandler> handlers, Duration checkpointEvery) {
        try {
            return new AttemptAgent(new AttemptFiles(folder), handlers, checkpointEvery).run();
        } catch (IOException | RuntimeException e) {
            System.err.println("cannot work on " + folder.getFileName() + ": " + e);
            return ExitCodes.FAILED;
        } finally {
            current = Optional.empty();
        }
    }

    /** Asks the attempt that this process works on for a checkpoint, after which it goes on; without an attempt it does nothing. From any thread. */
    public static void wantCheckpoint() {
        current.ifPresent(Checkpoints::want);
    }

    /** The attempt's key as its spec says, or the folder's name if the spec cannot be read. */
    public static String keyOf(Path folder) {
        try {
            return Wire.read(new AttemptFiles(folder).spec(), AttemptSpec.class).attempt().value();
        } catch (IOException | RuntimeException e) {
            return String.valueOf(folder.getFileName());
        }
    }

    private int run() throws IOException {
        AttemptSpec spec = Wire.read(files.spec(), AttemptSpec.class);
        Optional<Service> service = spec.callback().isEmpty() ? Optional.empty()
                : Optional.of(new Service(spec.callback().get().url(), files.callback(), Files.readString(files.token()).strip()));
        return switch (new Claiming(files, service).claim(spec)) {
            case Claim.Answer.Refused refused -> {
                System.err.println("not claimed: " + refused.reason());
                yield ExitCodes.REFUSED;
            }
            case Claim.Answer.Granted granted -> logged(spec, new Incarnation(files, granted.incarnation(), service));
        };
    }

    /** A folder or log that cannot be made is the attempt's failure, to be said like any other. */
    private int logged(AttemptSpec spec, Incarnation incarnation) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        Optional<IOException> obstacle = Optional.empty();
        try {
            Files.createDirectories(incarnation.work());
            PrintStream log = new PrintStream(new FileOutputStream(incarnation.work().resolve(LOG).toFile(), true), true, StandardCharsets.UTF_8);
            System.setOut(log);
            System.setErr(log);
        } catch (IOException e) {
            obstacle = Optional.of(e);
        }
        CrashPoint.WORKER_CLAIMED.reached();
        try {
            return work(spec, incarnation, obstacle);
        } finally {
            if (obstacle.isEmpty()) {
                System.out.close();
            }
            System.setOut(out);
            System.setErr(err);
        }
    }

    private int work(AttemptSpec spec, Incarnation incarnation, Optional<IOException> obstacle) {
        System.out.println(spec.operation().wire() + " " + spec.attempt() + ", incarnation " + incarnation.number() + ", configuration " + spec.config());
        Vitals.resetPeak();
        EventChannel channel = new EventChannel(incarnation.work(), spec.n(), incarnation.number(), incarnation.service());
        Attempt attempt = new Attempt(spec, incarnation, channel, new Checkpoints(incarnation.work(), checkpointEvery));
        current = Optional.of(attempt.checkpoints());
        try (Ending ending = new Ending(incarnation, channel, attempt)) {
            return ending.conclude(obstacle.map(AttemptAgent::failed).orElseGet(() -> outcome(attempt)));
        }
    }

    private Ending.Conclusion outcome(Attempt attempt) {
        try {
            checkInputs(attempt.spec());
            OperationHandler handler = Optional.ofNullable(handlers.get(attempt.spec().operation()))
                    .orElseThrow(() -> new IllegalArgumentException("this process does not do " + attempt.spec().operation().wire()));
            Findings findings = handler.run(attempt);
            findings.values().forEach((name, value) -> Attempt.finite(name, value, 0));
            findings.facts().forEach((name, value) -> Attempt.finite(name, value, 0));
            return new Ending.Conclusion(seq -> new WorkerEvent.Finished(seq, result(findings, attempt)), ExitCodes.OK, findings.artifacts().values());
        } catch (StoppedException.Fenced fenced) {
            System.err.println(fenced.getMessage());
            return Ending.Conclusion.failed(FailureCause.CANCELLED, fenced.getMessage(), ExitCodes.REFUSED);
        } catch (StoppedException.Terminated terminated) {
            return Ending.Conclusion.failed(FailureCause.CANCELLED, terminated.getMessage(), ExitCodes.TERMINATED);
        } catch (Throwable thrown) {
            return failed(thrown);
        }
    }

    private static Ending.Conclusion failed(Throwable thrown) {
        thrown.printStackTrace();
        FailureReader.Reading reading = FailureReader.read(thrown);
        return new Ending.Conclusion(seq -> new WorkerEvent.Failed(seq, reading.cause(), reading.message(), reading.advice()), ExitCodes.FAILED, List.of());
    }

    private static WorkerEvent.Result result(Findings findings, Attempt attempt) {
        return new WorkerEvent.Result(new TreeMap<>(findings.values()), new TreeMap<>(findings.facts()),
                new TreeMap<>(findings.artifacts()), findings.notes(), findings.pruned(), attempt.seconds(), 0, Vitals.peakBytes());
    }

    private void checkInputs(AttemptSpec spec) {
        for (Map.Entry<String, InputFile> input : spec.inputs().entrySet()) {
            Optional<String> expected = input.getValue().sha256();
            if (expected.isPresent() && !digest(files.folder().resolve(input.getValue().path())).equals(expected.get())) {
                throw new StoppedException.CorruptInput(input.getKey());
            }
        }
    }

    private static String digest(Path file) {
        try {
            return Sha256.of(file).hex();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (FailureException e) {
            return "";
        }
    }
}
