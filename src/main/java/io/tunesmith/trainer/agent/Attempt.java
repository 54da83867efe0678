package io.tunesmith.trainer.agent;

import io.tunesmith.contract.AttemptFiles;
import io.tunesmith.contract.AttemptSpec;
import io.tunesmith.contract.InputFile;
import io.tunesmith.contract.Resume;
import io.tunesmith.contract.Wire;
import io.tunesmith.contract.WorkerEvent.Artifact;
import io.tunesmith.contract.WorkerEvent;
import io.tunesmith.core.CrashPoint;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A claimed attempt, as its handler sees it: what to do, where, and how to say how it goes. For the handler's thread only. */
public final class Attempt {
    private final AttemptSpec spec;
    private final AttemptFiles files;
    private final Path work;
    private final EventChannel channel;
    private final Checkpoints checkpoints;
    private final Optional<Uploads> uploads;
    private final Optional<Service> service;
    private final long start;
    private volatile long overMemory;

    Attempt(AttemptSpec spec, Incarnation incarnation, EventChannel channel, Checkpoints checkpoints) {
        this.spec = spec;
        this.files = incarnation.files();
        this.work = incarnation.work();
        this.channel = channel;
        this.checkpoints = checkpoints;
        this.uploads = incarnation.uploads(spec);
        this.service = incarnation.service();
        this.start = System.nanoTime();
    }

    public AttemptSpec spec() {
        return spec;
    }

    /** Where all that the work writes goes: the incarnation's own folder. Paths of artifacts are relative to it. */
    public Path work() {
        return work;
    }

    /** Where the inputs' paths of the spec begin; nothing is written there. */
    public Path inputs() {
        return files.folder();
    }

    /** Wall-clock seconds since the claim. */
    public double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    /** The spec's options as this record. */
    public <T> T options(Class<T> type) {
        return Wire.read(spec.options(), type);
    }

    /** The input file or folder of this role; its absence is a fault of whoever wrote the spec. */
    public Path input(String role) {
        InputFile input = spec.inputs().get(role);
        if (input == null) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, role, "the spec has no input \"" + role + "\"").asException();
        }
        return files.folder().resolve(input.path());
    }

    /** Says that inputs are read and the work itself begins. */
    public void started() {
        checkMemory();
        channel.say(seq -> new WorkerEvent.Started(seq, seconds()));
        CrashPoint.WORKER_STARTED.reached();
    }

    /**
     * Says what was measured at a step, and waits for the answer, so that the same answers give the same run.
     *
     * @return whether the process must stop now and report these values as pruned
     */
    public boolean measured(long step, Map<String, Double> values) {
        values.forEach((name, value) -> finite(name, value, step));
        checkMemory();
        boolean stop = channel.say(seq -> new WorkerEvent.Measured(seq, step, new TreeMap<>(values), seconds(), 0, Vitals.peakBytes())).stop();
        CrashPoint.WORKER_MEASURED.reached();
        return stop;
    }

    /** Whether a checkpoint should be written now; asked after each step by work that can write one, for then TERM waits for it. */
    public boolean checkpointDue() {
        return checkpoints.due();
    }

    /**
     * Writes a checkpoint of the work after this step and says so. If the process is to end, that is the end.
     *
     * @param content all that {@link #resumable} must give back to go on exactly here
     */
    public void checkpoint(long step, Wire.Content content) {
        Checkpoints.Saved saved = checkpoints.write(step, content);
        CrashPoint.WORKER_CHECKPOINTED.reached();
        if (uploads.isEmpty() || uploads.get().file(saved.path(), service.orElseThrow().patience())) {
            channel.say(seq -> new WorkerEvent.Checkpointed(seq, step, saved.path(), saved.sha256()));
        }
        checkpoints.tidy();
        if (checkpoints.ending()) {
            throw new StoppedException.Terminated();
        }
    }

    /** The checkpoint to go on from, if there is one and it is what its digest says; if it is not, the log says so. */
    public Optional<Path> resumable() {
        return spec.resume().flatMap(this::whole);
    }

    private Optional<Path> whole(Resume resume) {
        Path file = files.folder().resolve(resume.checkpoint());
        try {
            if (Sha256.of(file).hex().equals(resume.sha256())) {
                return Optional.of(file);
            }
            System.err.println("checkpoint " + resume.checkpoint() + " is not what its digest says; starting from the beginning");
        } catch (IOException e) {
            System.err.println("checkpoint " + resume.checkpoint() + " cannot be read; starting from the beginning: " + e);
        }
        return Optional.empty();
    }

    /** Fails the attempt as not finite unless the value is a finite number. */
    public static void finite(String name, double value, long step) {
        if (!Double.isFinite(value)) {
            throw new StoppedException.NotFinite(name, value, step);
        }
    }

    /** Fails the attempt as out of memory if the process was seen above its limit. */
    public void checkMemory() {
        if (overMemory > 0) {
            throw new StoppedException.OverMemory(overMemory, spec.resources().memoryBytes());
        }
    }

    void overMemory(long bytes) {
        overMemory = bytes;
    }

    Checkpoints checkpoints() {
        return checkpoints;
    }

    /** A file or model folder below {@link #work} as an artifact. */
    public Artifact artifact(String path) {
        try {
            Path file = work.resolve(path);
            return new Artifact(path, Sha256.of(Files.isDirectory(file) ? file.resolve("manifest.json") : file).hex());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
