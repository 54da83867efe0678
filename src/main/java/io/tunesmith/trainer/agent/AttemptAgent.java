package io.tunesmith.trainer.agent;

import io.tunesmith.contract.AttemptSpec;
import io.tunesmith.contract.Claim;
import io.tunesmith.contract.ExitCodes;
import io.tunesmith.contract.FailureCause;
import io.tunesmith.contract.InputFile;
import io.tunesmith.contract.Operation;
import io.tunesmith.contract.Wire;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.core.FailureException;
import io.tunesmith.core.Sha256;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Works on one attempt from claim to outcome and says the exit code. While it runs, standard output and error go to the folder's
 * {@code log.txt}. One at a time in a process.
 */
public final class AttemptAgent {
    private final Path folder;
    private final Map<Operation, OperationHandler> handlers;

    private AttemptAgent(Path folder, Map<Operation, OperationHandler> handlers) {
        this.folder = folder;
        this.handlers = handlers;
    }

    /**
     * Claims, works, reports. After a refused claim, or once fenced, nothing is written and the code is {@link ExitCodes#REFUSED}; else
     * {@code result.json} and {@code exit} are there, whatever happened.
     */
    public static int run(Path folder, Map<Operation, OperationHandler> handlers) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        try (PrintStream log = new PrintStream(new FileOutputStream(folder.resolve("log.txt").toFile(), true), true, StandardCharsets.UTF_8)) {
            System.setOut(log);
            System.setErr(log);
            return new AttemptAgent(folder, handlers).run();
        } catch (IOException | RuntimeException e) {
            err.println("cannot work on " + folder.getFileName() + ": " + e);
            return ExitCodes.FAILED;
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /** The attempt's key as its spec says, or the folder's name if the spec cannot be read. */
    public static String keyOf(Path folder) {
        try {
            return Wire.read(folder.resolve("spec.json"), AttemptSpec.class).attempt().value();
        } catch (IOException | RuntimeException e) {
            return String.valueOf(folder.getFileName());
        }
    }

    private int run() throws IOException {
        AttemptSpec spec = Wire.read(folder.resolve("spec.json"), AttemptSpec.class);
        Optional<Service> service = spec.callback().isEmpty() ? Optional.empty()
                : Optional.of(new Service(spec.callback().get().url(), Files.readString(folder.resolve("token")).strip()));
        return switch (Claiming.claim(spec, folder, service)) {
            case Claim.Answer.Refused refused -> {
                System.err.println("not claimed: " + refused.reason());
                yield ExitCodes.REFUSED;
            }
            case Claim.Answer.Granted granted -> work(spec, service, granted.incarnation());
        };
    }

    private int work(AttemptSpec spec, Optional<Service> service, int incarnation) {
        System.out.println(spec.operation().wire() + " " + spec.attempt() + ", incarnation " + incarnation + ", configuration " + spec.config());
        Vitals.resetPeak();
        EventChannel channel = new EventChannel(folder, spec.n(), incarnation, service);
        Attempt attempt = new Attempt(spec, folder, channel);
        try (Ending ending = new Ending(folder, channel, service, attempt)) {
            return ending.conclude(outcome(attempt));
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
            return new Ending.Conclusion(seq -> new WorkerEvent.Finished(seq, result(findings, attempt)), ExitCodes.OK);
        } catch (StoppedException.Fenced fenced) {
            System.err.println(fenced.getMessage());
            return new Ending.Conclusion(seq -> new WorkerEvent.Failed(seq, FailureCause.CANCELLED, fenced.getMessage()), ExitCodes.REFUSED);
        } catch (Throwable thrown) {
            thrown.printStackTrace();
            FailureReader.Reading reading = FailureReader.read(thrown);
            return new Ending.Conclusion(seq -> new WorkerEvent.Failed(seq, reading.cause(), reading.message(), reading.advice()), ExitCodes.FAILED);
        }
    }

    private static WorkerEvent.Result result(Findings findings, Attempt attempt) {
        return new WorkerEvent.Result(new java.util.TreeMap<>(findings.values()), new java.util.TreeMap<>(findings.facts()),
                new java.util.TreeMap<>(findings.artifacts()), findings.notes(), findings.pruned(), attempt.seconds(), 0, Vitals.peakBytes());
    }

    private void checkInputs(AttemptSpec spec) {
        for (Map.Entry<String, InputFile> input : spec.inputs().entrySet()) {
            Optional<String> expected = input.getValue().sha256();
            if (expected.isPresent() && !digest(folder.resolve(input.getValue().path())).equals(expected.get())) {
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
